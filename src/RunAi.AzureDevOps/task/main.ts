import { mkdtempSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import * as path from 'node:path';
import './secret-variables';
import * as tl from 'azure-pipelines-task-lib/task';
import { runScript } from './child';
import { readRequest } from './request';
import { findShell } from './shell';

/** Runs the step: PowerShell does the work and says how it goes; this process says how the task ended. */
async function main(): Promise<void> {
  const { inputs, secrets } = readRequest();
  for (const secret of Object.values(secrets)) {
    tl.setSecret(secret);
  }

  const shell = findShell();
  const folder = mkdtempSync(path.join(tl.getVariable('Agent.TempDirectory') || tmpdir(), 'runai-'));
  const file = path.join(folder, 'inputs.json');
  writeFileSync(file, JSON.stringify(inputs), { mode: 0o600 });
  tl.setTaskVariable('RunAiFolder', folder);

  const work = tl.getVariable('System.DefaultWorkingDirectory') || process.cwd();
  const end = await runScript(shell, path.join(__dirname, 'run.ps1'), ['-InputFile', file, '-Folder', folder], secrets, work);
  if (end.cancelled) {
    tl.setResult(tl.TaskResult.Cancelled, 'The job was cancelled.');
  } else if (end.code !== 0) {
    // The script has shown why already.
    tl.setResult(tl.TaskResult.Failed, '');
  }
}

main().catch(error => tl.setResult(tl.TaskResult.Failed, (error as Error).message));
