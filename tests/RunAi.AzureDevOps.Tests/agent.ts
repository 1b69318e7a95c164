import { spawn, type ChildProcess } from 'node:child_process';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import type { Emulator } from './emulator';
import { filesBelow, newFolder, task } from './places';

/** A command of a task to its agent. */
export interface AgentCommand {
  name: string;
  properties: Record<string, string>;
  data: string;
}

const manifest = JSON.parse(readFileSync(path.join(task, 'task.json'), 'utf8'));
const unescape = (text: string) => text.replaceAll('%3B', ';').replaceAll('%5D', ']').replaceAll('%0D', '\r').replaceAll('%0A', '\n').replaceAll('%AZP25', '%');

/** How a task is started. */
export interface StartOptions {
  /** The script of the task; index.js by default. */
  target?: string;
  taskVariables?: Record<string, string>;
  env?: Record<string, string>;
  /** Notes the command lines of all processes meanwhile. */
  watches?: boolean;
}

/** What an agent gives a task's process, and what it makes of the process's output. One job on one agent. */
export class Agent {
  readonly folder = newFolder('agent');
  readonly temp = path.join(this.folder, 'temp');
  readonly work = path.join(this.folder, 'work');
  readonly variables: Record<string, string> = {
    System_TeamProjectId: 'a4f8e1f0-1111-4222-8333-944455556666', Build_BuildId: '4711', System_StageName: 'train', System_StageAttempt: '1',
    System_PhaseName: 'gpu', System_JobName: 'gpu', System_JobAttempt: '1', System_JobId: 'c2f0', System_Culture: 'en-US',
  };

  readonly secretVariables: Record<string, string> = {};

  constructor(private readonly emulator: Emulator, private readonly shellFolder: string | null) {
    for (const folder of [this.temp, this.work, path.join(this.folder, 'home')]) {
      mkdirSync(folder);
    }
  }

  /** The environment of a process of the job, without what is the task's own. */
  environment(): Record<string, string> {
    const searched = (process.env.PATH ?? '').split(path.delimiter).filter(folder => !existsSync(path.join(folder, 'pwsh')));
    return {
      PATH: [...(this.shellFolder ? [this.shellFolder] : []), ...searched].join(path.delimiter),
      HOME: path.join(this.folder, 'home'),
      DOTNET_NOLOGO: '1',
      ...(process.env.DOTNET_ROOT ? { DOTNET_ROOT: process.env.DOTNET_ROOT } : {}),
      TF_BUILD: 'True',
      AGENT_TEMPDIRECTORY: this.temp,
      SYSTEM_DEFAULTWORKINGDIRECTORY: this.work,
      BUILD_SOURCESDIRECTORY: this.work,
      ...Object.fromEntries(Object.entries(this.variables).map(([name, value]) => [name.toUpperCase(), value])),
    };
  }

  /** Starts the task, or with another target its script for the job's end. */
  start(inputs: Record<string, string>, options: StartOptions = {}): AgentStep {
    const id = 'f3c1';
    const env: Record<string, string> = {
      ...this.environment(),
      [`ENDPOINT_URL_${id}`]: this.emulator.uri + '/',
      [`ENDPOINT_AUTH_${id}`]: JSON.stringify({ parameters: { username: this.emulator.clientId, password: this.emulator.clientSecret }, scheme: 'UsernamePassword' }),
      [`ENDPOINT_AUTH_SCHEME_${id}`]: 'UsernamePassword',
      [`ENDPOINT_AUTH_PARAMETER_${id}_USERNAME`]: this.emulator.clientId,
      [`ENDPOINT_AUTH_PARAMETER_${id}_PASSWORD`]: this.emulator.clientSecret,
      VSTS_SECRET_VARIABLES: JSON.stringify(Object.keys(this.secretVariables)),
      ...options.env,
    };
    for (const [name, value] of Object.entries(this.secretVariables)) {
      env[`SECRET_${name.toUpperCase()}`] = value;
    }

    for (const [name, value] of Object.entries(options.taskVariables ?? {})) {
      env[`VSTS_TASKVARIABLE_${name.toUpperCase()}`] = value;
    }

    const given: Record<string, string> = { connection: id, project: 'demo', ...inputs };
    for (const input of manifest.inputs) {
      const fallback = input.type === 'filePath' ? this.work : this.expand(input.defaultValue ?? '');
      const value = given[input.name] ?? fallback;
      if (value) {
        env[`INPUT_${input.name.toUpperCase()}`] = value;
      }
    }

    return new AgentStep(process.execPath, [path.join(task, options.target ?? 'index.js')], env, this.work, options.watches);
  }

  /** Runs a step of bash, as the task Bash@3 does: it passes on a signal. */
  startBash(script: string, env: Record<string, string>): AgentStep {
    return new AgentStep('bash', ['-c', script], { ...this.environment(), ...env }, this.work);
  }

  /** Puts in the variables that an agent knows; others stay as they are written. */
  expand(text: string): string {
    return text.replace(/\$\(([\w.]+)\)/g, (written, name: string) => this.variables[name.replaceAll('.', '_')] ?? written);
  }

  /** Every file that the job left, but for the key file of the task library. */
  files(): string[] {
    return filesBelow(this.folder).filter(file => !file.endsWith('.taskkey'));
  }
}

/** A process of a job: its output, and the commands in it. */
export class AgentStep {
  readonly process: ChildProcess;
  readonly ended: Promise<void>;
  readonly started = Date.now();
  output = '';
  seconds = 0;
  exitCode: number | null = null;
  /** The command lines of all processes that were seen meanwhile. */
  readonly commandLines = new Set<string>();

  constructor(program: string, args: string[], env: Record<string, string>, folder: string, watches = false) {
    this.process = spawn(program, args, { cwd: folder, env, stdio: ['ignore', 'pipe', 'pipe'] });
    this.process.stdout!.setEncoding('utf8').on('data', text => (this.output += text));
    this.process.stderr!.setEncoding('utf8').on('data', text => (this.output += text));
    const watch = watches ? setInterval(() => this.readCommandLines(), 100) : undefined;
    this.ended = new Promise(resolve => this.process.on('close', code => {
      clearInterval(watch);
      this.exitCode = code;
      this.seconds = (Date.now() - this.started) / 1000;
      resolve();
    }));
  }

  /** Every command in the output, in order. */
  get commands(): AgentCommand[] {
    return [...this.output.matchAll(/^##vso\[([\w.]+)\s*([^\]]*)\](.*)$/gm)].map(([, name, properties, data]) => ({
      name,
      properties: Object.fromEntries(properties.split(';').filter(Boolean).map(pair => {
        const at = pair.indexOf('=');
        return [pair.slice(0, at).trim(), unescape(pair.slice(at + 1))];
      })),
      data: unescape(data),
    }));
  }

  /** The output variables that it set. */
  get outputs(): Record<string, string> {
    return Object.fromEntries(this.named('task.setvariable').map(c => [c.properties.variable, c.data]));
  }

  get taskVariables(): Record<string, string> {
    return Object.fromEntries(this.named('task.settaskvariable').map(c => [c.properties.variable, c.data]));
  }

  /** The result: the last that it said, or what its exit code means. */
  get result(): string {
    return this.named('task.complete').at(-1)?.properties.result ?? (this.exitCode === 0 ? 'Succeeded' : 'Failed');
  }

  get errors(): AgentCommand[] {
    return this.issues.filter(c => c.properties.type === 'error');
  }

  get warnings(): AgentCommand[] {
    return this.issues.filter(c => c.properties.type === 'warning');
  }

  /** The issues of the script, and those of the task library. */
  private get issues(): AgentCommand[] {
    return this.commands.filter(c => c.name === 'task.logissue' || c.name === 'task.issue');
  }

  /** The markdown that it uploaded. */
  get summary(): string {
    return this.named('task.uploadsummary').map(c => readFileSync(c.data, 'utf8')).join('\n');
  }

  /** What a reader of the log sees: secrets masked, issues shown, other commands left out. */
  get log(): string {
    const secrets = this.named('task.setsecret').map(c => c.data);
    const lines = this.output.split('\n').filter(line => !line.startsWith('##vso[') || /^##vso\[task\.(log)?issue/.test(line))
      .map(line => line.replace(/^##vso\[task\.(?:log)?issue\s+type=(\w+)[^\]]*\]/, '##[$1]'));
    return secrets.reduce((text, secret) => text.replaceAll(secret, '***'), lines.join('\n'));
  }

  named(name: string): AgentCommand[] {
    return this.commands.filter(c => c.name === name);
  }

  cancel(): void {
    this.process.kill('SIGINT');
  }

  /** Command lines of all processes, where the system shows them. */
  private readCommandLines(): void {
    if (!existsSync('/proc/self/cmdline')) {
      return;
    }

    for (const id of readdirSync('/proc').filter(name => /^\d+$/.test(name))) {
      try {
        this.commandLines.add(readFileSync(`/proc/${id}/cmdline`, 'utf8'));
      } catch (error) {
        // It has ended meanwhile.
        if (!['ENOENT', 'ESRCH'].includes((error as NodeJS.ErrnoException).code ?? '')) {
          throw error;
        }
      }
    }
  }
}

/** With RUNAI_TEST_LOGS=FOLDER, keeps what the agent would show. */
export function show(name: string, step: AgentStep): void {
  const folder = process.env.RUNAI_TEST_LOGS;
  if (folder) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(path.join(folder, `${name}.log`), `${step.log}\nResult: ${step.result} (${step.seconds.toFixed(1)} s)\n`);
    if (step.named('task.uploadsummary').length > 0) {
      writeFileSync(path.join(folder, `${name}.md`), step.summary);
    }
  }
}
