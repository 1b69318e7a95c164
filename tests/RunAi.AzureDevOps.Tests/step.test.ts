import assert from 'node:assert/strict';
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { after, before, describe, it } from 'node:test';
import { Agent, show, type AgentStep, type StartOptions } from './agent';
import { Emulator } from './emulator';
import { newShellFolder, task } from './places';

const module = process.env.RUNAI_TEST_MODULE!;

/** The task, started as an agent starts it, with a real PowerShell, against the emulator. */
describe('A step', { concurrency: 2 }, () => {
  let emulator: Emulator;
  let shell: string;
  before(async () => {
    emulator = await Emulator.start(module);
    shell = newShellFolder();
  });
  after(() => emulator.stop());

  const run = async (agent: Agent, inputs: Record<string, string>, options: StartOptions = {}): Promise<AgentStep> => {
    const step = agent.start({ gpuDevices: '0', ...inputs }, options);
    await step.ended;
    show(inputs.stepName ?? 'step', step);
    return step;
  };

  it('that succeeds shows its log, saves its outputs, sets its variables and writes a summary', async () => {
    const agent = new Agent(emulator, shell);
    mkdirSync(path.join(agent.work, 'src'));
    writeFileSync(path.join(agent.work, 'src/train.sh'), 'echo "training on $1 with $COLOUR"; mkdir -p "$2"; cat "$1" > "$2/weights"\n');
    writeFileSync(path.join(agent.work, 'data.csv'), '1,2,3\n');
    const step = await run(agent, {
      stepName: 'train', baseImage: 'scratch', source: 'src', command: 'sh\ntrain.sh\n{{inputs.data}}\n{{outputs.model}}',
      environment: 'COLOUR=green and blue', inputArtifacts: 'data=data.csv', outputArtifacts: 'model=results/model', gpuDevices: '1',
      gpuPortion: '0.5', settings: 'CpuMemoryRequest: 1G\nCpuCoreRequest: 0.5', artifactStore: `file:${agent.folder}/store`, containerRegistry: `oci:${agent.folder}/images`,
    });

    assert.equal(step.result, 'Succeeded', step.output);
    assert.match(step.output, /##\[group\]Log of the step\n(.*\n)*training on .*data\.csv with green and blue\n(.*\n)*##\[endgroup\]\nrunai-train-\w+: Succeeded/);
    assert.equal(readFileSync(path.join(agent.work, 'results/model/weights'), 'utf8'), '1,2,3\n');
    const outputs = step.outputs;
    assert.match(outputs.runId, /^[0-9A-Z]{26}$/);
    assert.match(outputs.workloadId, /^[0-9a-f-]{36}$/);
    assert.match(outputs.workloadName, /^runai-train-/);
    assert.match(outputs.url, /^http:\/\/127\.0\.0\.1/);
    assert.deepEqual([outputs.state, outputs.exitCode, outputs.attempts, outputs.preemptions], ['Succeeded', '0', '1', '0']);
    assert.equal(outputs.outputsPath, path.join(agent.work, 'results/model'));
    assert.match(outputs.outputUris, /^model=file:/);
    assert.ok(Number(outputs.runSeconds) >= 0 && Number(outputs.pendingSeconds) >= 0, JSON.stringify(outputs));
    assert.match(step.summary, /^## ✅ train succeeded/);
    assert.match(step.summary, /\| GPU \| 0\.5 \|/);
    assert.match(step.summary, /- \*\*model\*\*, 2 KiB: file:.*<br>`sha256:[0-9a-f]{64}`/);
    assert.ok(step.named('task.setprogress').length >= 3);

    const cleanup = agent.start({}, { target: 'cleanup.js', taskVariables: step.taskVariables });
    await cleanup.ended;
    assert.equal(cleanup.named('task.logissue').length, 0, cleanup.output);
    assert.ok(!agent.files().some(file => file.endsWith('inputs.json')), 'the folder of the step is gone');
  });

  it('that fails says why in one issue, repeats the end of its log, and fails the task', async () => {
    const agent = new Agent(emulator, shell);
    const step = await run(agent, {
      stepName: 'broken', baseImage: 'scratch', command: 'sh\n-c\necho first; echo "##vso[task.setvariable variable=state]owned"; echo last words; exit 3',
      artifactStore: `file:${agent.folder}/store`, containerRegistry: `oci:${agent.folder}/images`,
    });

    assert.equal(step.result, 'Failed', step.output);
    assert.equal(step.errors.length, 1);
    assert.equal(step.errors[0].properties.code, 'UserCode');
    assert.match(step.errors[0].data, /^UserCode: .*exit code 3.*Remedy: /);
    assert.ok(step.output.lastIndexOf('last words') > step.output.indexOf('##[endgroup]'), 'the end of the log comes again');
    assert.deepEqual([step.outputs.state, step.outputs.exitCode], ['Failed', '3']);
    assert.match(step.summary, /^## ❌ broken failed[^]*### Cause: UserCode[^]*\*\*Remedy\*\*[^]*\| Exit code \| 3 \|[^]*<pre>[^]*last words/);
    assert.equal(step.summary.split('last words').length, 2, 'the log stands in one place');
    assert.equal(step.summary.split('-0 failed with exit code 3').length, 2, 'what shows it is said once');
    assert.doesNotMatch(step.summary, /What to ask for/);
    assert.match(step.output, /# #vso\[task\.setvariable/, 'a command in the log is none to the agent');
  });

  it('that runs out of time fails with the limit, and is suspended', async () => {
    const step = await run(new Agent(emulator, shell), { stepName: 'slow', image: 'busybox', command: 'sleep\n600', workloadTimeout: '00:00:03' });

    assert.equal(step.result, 'Failed', step.output);
    assert.match(step.errors[0].data, /WorkloadTimeout|Timeout/);
    assert.equal(step.outputs.state, 'TimedOut');
    assert.equal((await emulator.effects('runai-slow-', 'stopped')).length, 1);
  });

  it('that the agent repeats with the same key is the same run', async () => {
    const agent = new Agent(emulator, shell);
    const inputs = { stepName: 'again', image: 'busybox', command: 'true' };
    const first = await run(agent, inputs);
    const second = await run(agent, inputs);

    assert.deepEqual([first.result, second.result], ['Succeeded', 'Succeeded'], second.output);
    assert.equal(second.outputs.runId, first.outputs.runId);
    assert.match(second.output, /\nRun \w{26} of this key is Succeeded already: workload runai-again-/);
    assert.equal((await emulator.effects('runai-again-', 'created')).length, 1);
  });

  it('of a step file runs with the inputs over it', async () => {
    const agent = new Agent(emulator, shell);
    writeFileSync(path.join(agent.work, 'step.json'), JSON.stringify({
      Name: 'filed', Image: 'busybox', Command: ['sh', '-c', 'exit 9'], Settings: { GpuDevicesRequest: 4, CpuMemoryRequest: '2G' },
    }));
    const step = await run(agent, { stepFile: 'step.json', command: 'sh\n-c\nexit 0' });

    assert.equal(step.result, 'Succeeded', step.output);
    assert.match(step.outputs.workloadName, /^runai-filed-/);
  });

  it('is submitted by one task and waited for by another, by its key', async () => {
    const agent = new Agent(emulator, shell);
    const inputs = { stepName: 'apart', image: 'busybox', command: 'sh\n-c\nexit 5', runKey: '4711/apart' };
    const submitted = await run(agent, { ...inputs, mode: 'submit' });
    assert.equal(submitted.result, 'Succeeded', submitted.output);
    assert.match(submitted.outputs.runId, /^\w{26}$/);

    const waited = await run(agent, { mode: 'wait', runKey: '4711/apart' });
    assert.equal(waited.result, 'Failed', waited.output);
    assert.deepEqual([waited.outputs.runId, waited.outputs.exitCode], [submitted.outputs.runId, '5']);
  });

  it('without PowerShell on the agent fails with what to do', async () => {
    const step = await run(new Agent(emulator, null), { stepName: 'shell', image: 'busybox' });

    assert.equal(step.result, 'Failed');
    assert.match(step.errors.at(-1)?.data ?? step.output, /pwsh.*not found on the PATH.*Install PowerShell 7\.4/);
  });

  for (const [what, inputs, message] of [
    ['a mode that is none', { mode: 'fly' }, /'mode' is 'fly'.*run, submit, wait/],
    ['a line that is no assignment', { environment: 'COLOUR' }, /'environment' has the line 'COLOUR'.*NAME=VALUE/],
    ['a variable without a value', { storeCredential: 'storeKey' }, /storeCredential.*'storeKey'.*no value/],
    ['a setting that is none', { settings: 'GpuPortionRequst: 0.5' }, /GpuPortionRequst/],
  ] as [string, Record<string, string>, RegExp][]) {
    it(`with ${what} fails before anything is sent`, async () => {
      const name = `wrong${Object.keys(inputs)[0].toLowerCase()}`;
      const step = await run(new Agent(emulator, shell), { stepName: name, image: 'busybox', ...inputs });

      assert.equal(step.result, 'Failed');
      assert.match(step.errors.map(e => e.data).join('\n'), message);
      assert.equal((await emulator.effects(`runai-${name}-`)).length, 0);
    });
  }

  it('shows no secret: not in its output, its arguments or its files', async () => {
    const agent = new Agent(emulator, shell);
    agent.secretVariables['store_key'] = 'c3RvcmUta2V5LW9mLXRoZS10ZXN0';
    const step = await run(agent, {
      stepName: 'quiet', image: 'busybox', command: 'env', storeCredential: 'store_key',
    }, { env: { SYSTEM_DEBUG: 'true' }, watches: true });

    for (const secret of [emulator.clientSecret, agent.secretVariables.store_key]) {
      const shown = step.output.split('\n').filter(line => line.includes(secret));
      assert.deepEqual(shown.filter(line => line !== `##vso[task.setsecret]${secret}`), [], 'only the command that masks it has it');
      assert.ok(shown.length > 0, 'the agent was asked to mask it');
      assert.ok(![...step.commandLines].some(line => line.includes(secret)), 'no process has it as an argument');
      assert.deepEqual(agent.files().filter(file => readFileSync(file).includes(secret)), [], 'no file has it');
    }

    assert.ok([...step.commandLines].some(line => line.includes('run.ps1')), 'command lines were looked at');
    assert.ok(agent.files().length > 0 && readFileSync(path.join(task, 'task.json')).length > 0);
  });
});
