import { existsSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import './secret-variables';
import * as tl from 'azure-pipelines-task-lib/task';
import { runScript } from './child';
import { readRequest } from './request';
import { findShell } from './shell';

/** After the job: stops what a step that was cancelled or killed left running, and removes the step's folder. Never fails the job. */
async function main(): Promise<void> {
  const folder = tl.getTaskVariable('RunAiFolder');
  if (!folder || !existsSync(folder)) {
    return;
  }

  try {
    if (!existsSync(path.join(folder, 'ended'))) {
      const { secrets } = readRequest();
      const args = ['-InputFile', path.join(folder, 'inputs.json'), '-Folder', folder];
      await runScript(findShell(), path.join(__dirname, 'cleanup.ps1'), args, secrets, path.dirname(folder));
    }
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

main().catch(error => tl.warning(`What the step left could not be cleaned up: ${(error as Error).message}`));
