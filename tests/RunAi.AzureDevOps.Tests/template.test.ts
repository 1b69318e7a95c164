import assert from 'node:assert/strict';
import { after, before, describe, it } from 'node:test';
import { parse } from 'yaml';
import { Agent } from './agent';
import { Emulator, waitUntil } from './emulator';
import { newShellFolder, readText, task } from './places';
import { expandTemplate } from './template';

/** The template for those who install no extension, run as Bash@3 runs its steps, with the scripts and the module of the extension. */
describe('The template', () => {
  let emulator: Emulator;
  let agent: Agent;
  before(async () => {
    emulator = await Emulator.start(process.env.RUNAI_TEST_MODULE!);
    agent = new Agent(emulator, newShellFolder());
  });
  after(() => emulator.stop());

  const steps = (name: string, inputs: Record<string, string>) => expandTemplate({
    name, folder: task, module: `${task}/module/RunAi.psd1`, controlPlane: emulator.uri, clientId: emulator.clientId, clientSecret: emulator.clientSecret,
    inputs: { project: 'demo', image: 'busybox', gpuDevices: '0', stepName: name, ...inputs },
  });

  it('runs a step, sets its outputs and writes its summary', async () => {
    const [run] = steps('templated', { command: 'true' });
    const step = agent.startBash(run.bash, run.env);
    await step.ended;

    assert.equal(step.result, 'Succeeded', step.output);
    assert.equal(step.outputs.state, 'Succeeded');
    assert.match(step.summary, /templated succeeded/);
  });

  it('fails when the step fails', async () => {
    const [run] = steps('templatefails', { command: 'false' });
    const step = agent.startBash(run.bash, run.env);
    await step.ended;

    assert.equal(step.exitCode, 1, step.output);
    assert.equal(step.errors[0].properties.code, 'UserCode');
  });

  it('suspends the workload when the job is cancelled, and cleans up only then', async () => {
    const [run, cleanup] = steps('templatestop', { command: 'sleep\n600' });
    const step = agent.startBash(run.bash, run.env);
    await waitUntil('it runs', async () => (await emulator.effects('runai-templatestop-', undefined, 'Running')).length > 0);
    step.cancel();
    await step.ended;
    await waitUntil('its suspension', async () => (await emulator.effects('runai-templatestop-', 'stopped')).length > 0);

    assert.equal(cleanup.condition, 'canceled()');
    const last = agent.startBash(cleanup.bash, cleanup.env);
    await last.ended;
    assert.equal(last.exitCode, 0, last.output);
    assert.deepEqual(agent.files().filter(file => file.endsWith('runai.json') && file.includes('templatestop')), []);
  });

  it('is used rightly by the sample', () => {
    const sample = parse(readText('samples/azure-pipelines/template.yml'));
    const use = sample.steps.find((step: { template?: string }) => step.template);
    assert.equal(expandTemplate(use.parameters).length, 2);
    assert.match(use.template, /^src\/RunAi\.AzureDevOps\/templates\/runai-step\.yml@runai$/);
    const known = JSON.parse(readText('src/RunAi.AzureDevOps/task/task.json')).inputs.map((input: { name: string }) => input.name);
    assert.deepEqual(Object.keys(use.parameters.inputs).filter(name => !known.includes(name)), []);
  });
});
