import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, it } from 'node:test';
import { newFolder } from './places';

/** What the stand-in for the child process was given. */
interface Call { script: string; args: string[]; secrets: Record<string, string>; inputs: Record<string, string> }

const parts = path.resolve(process.cwd(), 'build/parts');
const secret = 'a-secret-of-the-test';
const base = { connection: 'c1', project: 'vision' };

/** Runs a part of the task with the task library's mock runner: no PowerShell is started. */
function runMocked(part: string, inputs: Record<string, string>, options: { end?: object; env?: Record<string, string>; auth?: object; shell?: string } = {}) {
  const folder = newFolder('mock');
  for (const sub of ['temp', 'work']) {
    mkdirSync(path.join(folder, sub));
  }

  const calls = path.join(folder, 'calls.json');
  const script = path.join(folder, 'run.js');
  writeFileSync(script, `
    // As in the task itself, before the task library, of which the mock runner loads a part.
    require(${JSON.stringify(path.join(parts, 'secret-variables.js'))});
    const { TaskMockRunner } = require(${JSON.stringify(require.resolve('azure-pipelines-task-lib/mock-run', { paths: [process.cwd()] }))});
    const fs = require('fs');
    const runner = new TaskMockRunner(${JSON.stringify(path.join(parts, part))});
    for (const [name, value] of Object.entries(${JSON.stringify(inputs)})) runner.setInput(name, value);
    runner.setAnswers({ which: { pwsh: ${JSON.stringify(options.shell ?? '/bin/pwsh')} } });
    runner.registerMock('node:child_process', { execFileSync: () => 'PowerShell 7.6.9', spawn: () => { throw new Error('nothing is started'); } });
    runner.registerMock('./child', { runScript: async (shell, script, args, secrets) => {
      const file = args[args.indexOf('-InputFile') + 1];
      fs.writeFileSync(${JSON.stringify(calls)}, JSON.stringify({ script, args, secrets, inputs: JSON.parse(fs.readFileSync(file, 'utf8')) }));
      return ${JSON.stringify(options.end ?? { code: 0, cancelled: false })};
    } });
    runner.run();
  `);
  const ended = spawnSync(process.execPath, [script], {
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH, HOME: folder, NODE_PATH: path.resolve(process.cwd(), 'node_modules'),
      AGENT_TEMPDIRECTORY: path.join(folder, 'temp'), SYSTEM_DEFAULTWORKINGDIRECTORY: path.join(folder, 'work'),
      ENDPOINT_URL_c1: 'https://org.run.ai/',
      ENDPOINT_AUTH_c1: JSON.stringify(options.auth ?? { scheme: 'UsernamePassword', parameters: { username: 'me', password: secret } }),
      ...options.env,
    },
  });
  return {
    output: ended.stdout + ended.stderr,
    temp: path.join(folder, 'temp'),
    call: existsSync(calls) ? JSON.parse(readFileSync(calls, 'utf8')) as Call : null,
  };
}

describe('The task', () => {
  it('gives PowerShell its inputs in a file and its secrets in the environment', () => {
    const { call, output } = runMocked('main.js', { ...base, stepName: 'train', command: 'sh\n-c\nexit 0', gpuPortion: '0.5', runKey: 'k/1' });

    assert.deepEqual(call?.inputs, {
      controlPlane: 'https://org.run.ai', project: 'vision', stepName: 'train', command: 'sh\n-c\nexit 0', gpuPortion: '0.5', runKey: 'k/1', cluster: '',
    }, output);
    assert.deepEqual(call.secrets, { RUNAI_CLIENT_ID: 'me', RUNAI_CLIENT_SECRET: secret });
    assert.ok(!JSON.stringify([call.args, call.inputs]).includes(secret));
    assert.ok(!output.split('\n').some(line => line.includes(secret) && !line.startsWith('##vso[task.setsecret]')), output);
    assert.match(output, /##vso\[task\.settaskvariable variable=RunAiFolder;/);
    assert.doesNotMatch(output, /task\.complete/);
  });

  it('takes the cluster of the service connection, and that of the input before it', () => {
    const env = { ENDPOINT_DATA_c1_CLUSTERNAME: 'a100' };
    assert.equal(runMocked('main.js', base, { env }).call?.inputs.cluster, 'a100');
    assert.equal(runMocked('main.js', { ...base, cluster: 'h100' }, { env }).call?.inputs.cluster, 'h100');
  });

  it('reads the credential of the store from the variable that is named', () => {
    const { call, output } = runMocked('main.js', { ...base, storeCredential: 'store.key' }, { env: { SECRET_STORE_KEY: 'the-key', VSTS_SECRET_VARIABLES: '["store.key"]' } });

    assert.equal(call?.inputs.storeCredential, 'STORE_KEY');
    assert.equal(call.secrets.STORE_KEY, 'the-key');
    assert.ok(!output.split('\n').some(line => line.includes('the-key') && !line.startsWith('##vso[task.setsecret]')), output);
  });

  it('does not take the folder of the sources for a step file', () => {
    const work = path.join(newFolder('sources'));
    assert.equal(runMocked('main.js', { ...base, stepFile: work }, { env: { BUILD_SOURCESDIRECTORY: work, SYSTEM_DEFAULTWORKINGDIRECTORY: work } }).call?.inputs.stepFile, undefined);
    assert.equal(runMocked('main.js', { ...base, stepFile: 'train.psd1' }).call?.inputs.stepFile, 'train.psd1');
  });

  for (const [end, result] of [
    [{ code: 1, cancelled: false }, 'Failed'], [{ code: 0, cancelled: true }, 'Cancelled'], [{ code: 1, cancelled: true }, 'Cancelled'],
  ] as [object, string][]) {
    it(`is ${result} for ${JSON.stringify(end)}`, () => {
      assert.match(runMocked('main.js', base, { end }).output, new RegExp(`##vso\\[task\\.complete result=${result};`));
    });
  }

  for (const [what, inputs, options, message] of [
    ['no service connection', { project: 'vision' }, {}, /connection/],
    ['no project', { connection: 'c1' }, {}, /project/],
    ['a connection without a secret', base, { auth: { scheme: 'UsernamePassword', parameters: { username: 'me' } } }, /no client id or no client secret/],
    ['no PowerShell', base, { shell: '' }, /pwsh.*not found.*Install PowerShell/],
  ] as [string, Record<string, string>, object, RegExp][]) {
    it(`with ${what} fails and starts nothing`, () => {
      const { output, call } = runMocked('main.js', inputs, options);
      assert.match(output, /##vso\[task\.complete result=Failed;\]/);
      assert.match(output, message);
      assert.equal(call, null);
    });
  }

  it('leaves nothing at the job\'s end, and starts nothing for a step that ended', () => {
    const folder = path.join(newFolder('ended'), 'runai-1');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'ended'), '');
    const { call, output } = runMocked('cleanup.js', base, { env: { VSTS_TASKVARIABLE_RUNAIFOLDER: folder } });

    assert.equal(call, null, output);
    assert.ok(!existsSync(folder));
  });

  it('looks for what is left at the end of a job that was cancelled', () => {
    const folder = path.join(newFolder('cancelled'), 'runai-1');
    mkdirSync(folder);
    writeFileSync(path.join(folder, 'inputs.json'), '{"project":"vision"}');
    const { call } = runMocked('cleanup.js', base, { env: { VSTS_TASKVARIABLE_RUNAIFOLDER: folder } });

    assert.match(call!.script, /cleanup\.ps1$/);
    assert.equal(call!.secrets.RUNAI_CLIENT_SECRET, secret);
    assert.ok(!existsSync(folder));
  });

  it('does nothing at the end of a job whose step did not begin', () => {
    const { call, output, temp } = runMocked('cleanup.js', base);
    assert.equal(call, null);
    assert.doesNotMatch(output, /logissue|task\.issue/);
    assert.deepEqual(readdirSync(temp).filter(file => file.startsWith('runai-')), []);
  });
});
