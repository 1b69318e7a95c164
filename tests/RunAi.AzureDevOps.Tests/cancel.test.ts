import assert from 'node:assert/strict';
import { execFileSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import * as path from 'node:path';
import { after, afterEach, before, describe, it } from 'node:test';
import { Agent, show, type AgentStep } from './agent';
import { Emulator, waitUntil } from './emulator';
import { newShellFolder } from './places';

const module = process.env.RUNAI_TEST_MODULE!;

/** A job that is cancelled: SIGINT to the task, as the agent of Linux and macOS sends it, and then the task's script for the job's end. */
describe('A cancel', { skip: process.platform === 'win32' && 'signals are not those of Windows' }, () => {
  let emulator: Emulator;
  let shell: string;
  before(async () => {
    emulator = await Emulator.start(module);
    shell = newShellFolder();
  });
  after(() => emulator.stop());

  // A task that a failed test leaves running would keep the test run from its end.
  const tasks: AgentStep[] = [];
  afterEach(() => tasks.splice(0).filter(task => task.process.exitCode === null && task.process.signalCode === null).forEach(task => {
    for (const id of [task.process.pid!, ...descendants(task.process.pid!)]) {
      process.kill(id, 'SIGKILL');
    }
  }));

  const start = (agent: Agent, inputs: Record<string, string>) => {
    const task = agent.start({ image: 'busybox', command: 'sleep\n600', gpuDevices: '0', ...inputs });
    tasks.push(task);
    return task;
  };
  const cleanUp = async (agent: Agent, inputs: Record<string, string>, step: AgentStep) => {
    const cleanup = agent.start(inputs, { target: 'cleanup.js', taskVariables: step.taskVariables });
    await cleanup.ended;
    assert.deepEqual(agent.files().filter(file => /inputs\.json|runai\.json$/.test(file)), [], 'the folder of the step is gone');
    return cleanup;
  };
  const reach = (step: AgentStep, what: string, condition: () => Promise<unknown>) => waitUntil(what, async () => {
    assert.equal(step.exitCode, null, `The task ended before ${what}: ${step.output}`);
    return await condition() as boolean;
  });
  const cancel = async (step: AgentStep) => {
    const began = Date.now();
    step.cancel();
    await step.ended;
    const seconds = (Date.now() - began) / 1000;
    assert.equal(step.result, 'Cancelled', step.output);
    assert.ok(seconds < 7.5, `it took ${seconds} s, and an agent waits 7.5 s`);
    return seconds;
  };
  const isSuspended = (name: string) => waitUntil(`the suspension of ${name}`, async () => (await emulator.effects(name, 'stopped')).length > 0);

  it('while the step runs suspends its workload in the time the agent gives', async t => {
    const agent = new Agent(emulator, shell);
    const step = start(agent, { stepName: 'running' });
    await reach(step, 'it runs', async () => (await emulator.effects('runai-running-', undefined, 'Running')).length > 0);
    assert.deepEqual(agent.files().filter(file => file.endsWith('runai.json')), [], 'the connection is in memory alone');
    t.diagnostic(`${await cancel(step)} s until the task had ended`);

    await isSuspended('runai-running-');
    assert.match(step.output, /Stopped: workload 'runai-running-\w+' is being suspended.*Resume it with/);
    assert.match(step.output, /\nCancelled: run \w{26} is Stopped\. It was stopped by Ctrl\+C/);
    assert.match(step.summary, /^## ⏹️ running stopped[^]*It was stopped by Ctrl\\\+C/);
    assert.match(step.summary, /`Resume-RunAiWorkload runai-running-\w+` goes on with it/);
    assert.doesNotMatch(step.summary, /What to ask for|^- ?$/m);
    const cleanup = await cleanUp(agent, { stepName: 'running' }, step);
    assert.match(cleanup.output, /Run \w{26} is Stopped: there is nothing to stop\./);
    assert.equal((await emulator.effects('runai-running-', 'stopped')).length, 1);
    show('cancel', step);
  });

  it('while the step waits for room suspends its workload', async () => {
    const agent = new Agent(emulator, shell);
    const step = start(agent, { stepName: 'pending', gpuDevices: '64' });
    await reach(step, 'it waits', async () => (await emulator.effects('runai-pending-', undefined, 'Pending')).length > 0);
    await cancel(step);

    await isSuspended('runai-pending-');
  });

  it('while the answer to the submission is out suspends the workload that was made', async () => {
    await emulator.addFault({ method: 'POST', path: '/api/v1/workloads/trainings', kind: 'latency', milliseconds: 60000, when: 'after' });
    try {
      const step = start(new Agent(emulator, shell), { stepName: 'submitting' });
      await reach(step, 'the workload is there', async () => (await emulator.effects('runai-submitting-', 'created')).length > 0);
      await cancel(step);

      await isSuspended('runai-submitting-');
    } finally {
      await emulator.clearFaults();
    }
  });

  it('while the image is pushed leaves nothing, and says so', async () => {
    // A registry that takes the connection and says nothing.
    let connected = false;
    const registry = createServer(() => connected = true).listen(0, '127.0.0.1');
    await once(registry, 'listening');
    try {
      const agent = new Agent(emulator, shell);
      mkdirSync(path.join(agent.work, 'src'));
      writeFileSync(path.join(agent.work, 'src/a.sh'), 'true\n');
      const step = start(agent, {
        stepName: 'pushing', image: '', baseImage: 'scratch', source: 'src', command: 'sh\na.sh', artifactStore: `file:${agent.folder}/store`,
        containerRegistry: `127.0.0.1:${(registry.address() as AddressInfo).port}/steps`,
      });
      await reach(step, 'it pushes', async () => connected);
      await cancel(step);

      assert.match(step.output, /Step 'pushing' was ended by Ctrl\+C before it was submitted: nothing of it is left on the cluster/);
      assert.equal((await emulator.effects('runai-pushing-')).length, 0);
    } finally {
      registry.close();
    }
  });

  it('while the request has no effect yet leaves nothing, and says so', async t => {
    await emulator.addFault({ method: 'POST', path: '/api/v1/workloads/trainings', kind: 'latency', milliseconds: 60000 });
    try {
      const step = start(new Agent(emulator, shell), { stepName: 'requesting' });
      await reach(step, 'it asks', async () => await emulator.faultHits() > 0);
      t.diagnostic(`${await cancel(step)} s until the task had ended`);

      assert.match(step.output, /Stopped while workload 'runai-requesting-\w+' was being submitted.*nothing is left/);
      assert.equal((await emulator.effects('runai-requesting-')).length, 0);
    } finally {
      await emulator.clearFaults();
    }
  });

  it('while it connects leaves nothing', async () => {
    await emulator.addFault({ method: 'POST', path: '/api/v?/token', kind: 'latency', milliseconds: 60000 });
    try {
      const step = start(new Agent(emulator, shell), { stepName: 'connecting' });
      await reach(step, 'it connects', async () => await emulator.faultHits() > 0);
      await cancel(step);

      assert.equal((await emulator.effects('runai-connecting-')).length, 0);
    } finally {
      await emulator.clearFaults();
    }
  });

  it('of a task that is killed is made good by the script for the job\'s end', async () => {
    const agent = new Agent(emulator, shell);
    const inputs = { stepName: 'killed' };
    const step = start(agent, inputs);
    await reach(step, 'it runs', async () => (await emulator.effects('runai-killed-', undefined, 'Running')).length > 0 && step.outputs.runId);
    // PowerShell with it, as the agent ends a whole tree of processes.
    for (const id of [step.process.pid!, ...descendants(step.process.pid!)]) {
      process.kill(id, 'SIGKILL');
    }

    await step.ended;
    assert.equal((await emulator.effects('runai-killed-', 'stopped')).length, 0);

    const cleanup = await cleanUp(agent, inputs, step);
    await isSuspended('runai-killed-');
    assert.match(cleanup.output, /workload runai-killed-\w+ is suspended/);
  });

  it('with onCancel leave leaves the workload, and says so', async () => {
    const agent = new Agent(emulator, shell);
    const inputs = { stepName: 'left', onCancel: 'leave' };
    const step = start(agent, inputs);
    await reach(step, 'it runs', async () => (await emulator.effects('runai-left-', undefined, 'Running')).length > 0 && /is Running/.test(step.output));
    await cancel(step);
    await cleanUp(agent, inputs, step);

    assert.equal((await emulator.effects('runai-left-', 'stopped')).length, 0);
    assert.match(step.output, /Ended by Ctrl\+C; workload 'runai-left-\w+' goes on/);
  });

  it('with onCancel delete deletes the workload', async () => {
    const agent = new Agent(emulator, shell);
    const inputs = { stepName: 'removed', onCancel: 'delete' };
    const step = start(agent, inputs);
    await reach(step, 'it runs', async () => (await emulator.effects('runai-removed-', undefined, 'Running')).length > 0);
    await cancel(step);

    await waitUntil('its deletion', async () => (await emulator.effects('runai-removed-', 'deleted')).length > 0);
    assert.match(step.output, /Stopped: workload 'runai-removed-\w+' is being deleted/);
    const cleanup = await cleanUp(agent, inputs, step);
    assert.match(cleanup.output, /Run \w{26} is Deleted: there is nothing to stop\./);
  });

  it('of a task that waits for what another submitted suspends the workload', async () => {
    const agent = new Agent(emulator, shell);
    const submitted = start(agent, { stepName: 'awaited', mode: 'submit', runKey: '4711/awaited' });
    await submitted.ended;
    const step = start(agent, { mode: 'wait', runKey: '4711/awaited' });
    await reach(step, 'it waits', async () => /is Running/.test(step.output));
    await cancel(step);

    await isSuspended('runai-awaited-');
    assert.match(step.output, /Stopped: workload 'runai-awaited-\w+' is being suspended/);
  });

  it('of a task that waits with onCancel leave leaves the workload', async () => {
    const agent = new Agent(emulator, shell);
    const submitted = start(agent, { stepName: 'kept', mode: 'submit', runKey: '4711/kept' });
    await submitted.ended;
    const inputs = { mode: 'wait', runKey: '4711/kept', onCancel: 'leave' };
    const step = start(agent, inputs);
    await reach(step, 'it waits', async () => /is Running/.test(step.output));
    await cancel(step);
    await agent.start(inputs, { target: 'cleanup.js', taskVariables: step.taskVariables }).ended;

    assert.match(step.output, /The wait was stopped by Ctrl\+C; the run goes on/);
    assert.equal((await emulator.effects('runai-kept-', 'stopped')).length, 0);
  });

  it('is one that the repeated task goes on from', async () => {
    const agent = new Agent(emulator, shell);
    const step = start(agent, { stepName: 'resumed' });
    await reach(step, 'it runs', async () => (await emulator.effects('runai-resumed-', undefined, 'Running')).length > 0);
    await cancel(step);
    await isSuspended('runai-resumed-');
    const isResumed = async () => (await emulator.effects('runai-resumed-', 'resumed')).length > 0;
    const again = start(agent, { stepName: 'resumed' });
    await Promise.race([again.ended, waitUntil('it goes on', isResumed)]);
    if (await isResumed()) {
      await cancel(again);
    } else {
      assert.match(again.errors[0].data, /suspended.*Resume-RunAiWorkload/);
    }

    assert.equal((await emulator.effects('runai-resumed-', 'created')).length, 1);
  });
});

/** The processes that a process started, and theirs. */
function descendants(parent: number): number[] {
  const list = execFileSync('ps', ['-eo', 'pid=,ppid='], { encoding: 'utf8' });
  const pairs = [...list.matchAll(/(\d+)\s+(\d+)/g)].map(([, id, of]) => [Number(id), Number(of)]);
  const below = (id: number): number[] => pairs.filter(([, of]) => of === id).flatMap(([child]) => [child, ...below(child)]);
  return below(parent);
}
