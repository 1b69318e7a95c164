import { execFileSync } from 'node:child_process';
import * as tl from 'azure-pipelines-task-lib/task';

/** The oldest PowerShell that the module works in. */
const oldest = { major: 7, minor: 4 };

const advice = 'Install PowerShell 7.4 or later on the agent (https://aka.ms/powershell), or run the job on an agent that has it; Microsoft-hosted agents do.';

/** Finds pwsh on the PATH. Throws when there is none, or an older one than the module works in. */
export function findShell(): string {
  const shell = tl.which('pwsh', false);
  if (!shell) {
    throw new Error(`PowerShell (pwsh) was not found on the PATH of this agent. ${advice}`);
  }

  const version = /(\d+)\.(\d+)/.exec(readVersion(shell));
  const [major, minor] = version ? [Number(version[1]), Number(version[2])] : [0, 0];
  if (!version || major < oldest.major || (major === oldest.major && minor < oldest.minor)) {
    throw new Error(`The PowerShell of this agent, ${shell}, is ${version?.[0] ?? 'of an unknown version'}. ${advice}`);
  }

  return shell;
}

function readVersion(shell: string): string {
  try {
    return execFileSync(shell, ['--version'], { encoding: 'utf8', timeout: 60_000 });
  } catch (error) {
    throw new Error(`The PowerShell of this agent, ${shell}, cannot be started: ${(error as Error).message}. ${advice}`);
  }
}
