import { spawn } from 'node:child_process';

/** How a child process ended. */
export interface ChildEnd {
  /** Its exit code, 1 when a signal ended it. */
  code: number;
  /** True when this process was asked to end meanwhile, or the child did not end in time after it. */
  cancelled: boolean;
}

/** The agent ends the task 7.5 s after SIGINT. The module takes 5 s at most to have the workload suspended, and PowerShell some to end. */
const patience = 6_500;

/** Starts a PowerShell script, with its output as this process's, and waits for its end. A request to end is passed on as SIGINT. */
export function runScript(shell: string, script: string, args: string[], secrets: Record<string, string>, folder: string): Promise<ChildEnd> {
  const words = ['-NoLogo', '-NoProfile', '-NonInteractive', '-File', script, ...args];
  return new Promise((resolve, reject) => {
    let cancelled = false;
    let timer: NodeJS.Timeout | undefined;
    const child = spawn(shell, words, { cwd: folder, env: { ...process.env, ...secrets }, stdio: ['ignore', 'inherit', 'inherit'] });
    const cancel = () => {
      if (cancelled) {
        return;
      }

      cancelled = true;
      // PowerShell runs its finally blocks on SIGINT only. On Windows the console has sent it Ctrl+C already, and a signal would kill it.
      if (process.platform !== 'win32') {
        child.kill('SIGINT');
      }

      timer = setTimeout(() => child.kill('SIGKILL'), patience);
    };
    process.on('SIGINT', cancel);
    process.on('SIGTERM', cancel);
    const end = () => {
      clearTimeout(timer);
      process.off('SIGINT', cancel);
      process.off('SIGTERM', cancel);
    };
    child.on('error', error => {
      end();
      reject(error);
    });
    child.on('close', code => {
      end();
      resolve({ code: code ?? 1, cancelled });
    });
  });
}
