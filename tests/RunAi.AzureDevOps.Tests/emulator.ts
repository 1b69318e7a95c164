import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import * as path from 'node:path';
import { createInterface } from 'node:readline';
import { checkout } from './places';

/** Something that happened to a workload. */
export interface Effect {
  name: string;
  kind: string;
  phase?: string;
}

/** The module's emulator, in a process of its own. */
export class Emulator {
  private constructor(private readonly process: ChildProcess, readonly uri: string, readonly clientId: string, readonly clientSecret: string) {
  }

  static async start(module: string): Promise<Emulator> {
    const assembly = path.join(module, 'module/bin/emulator/RunAi.Emulator.dll');
    const seed = path.join(checkout, 'tests/RunAi.AzureDevOps.Tests/seed.json');
    const child = spawn('dotnet', [assembly, '--seed', seed, '--parent', String(process.pid)], { stdio: ['pipe', 'pipe', 'inherit'] });
    const [line] = await once(createInterface(child.stdout!), 'line');
    const ready = JSON.parse(line);
    return new Emulator(child, ready.uri, ready.clientId, ready.clientSecret);
  }

  stop(): void {
    this.process.kill('SIGTERM');
  }

  /** What happened to workloads whose name begins so. */
  async effects(name: string, kind?: string, phase?: string): Promise<Effect[]> {
    const all = await this.call('log') as Effect[];
    return all.filter(e => e.name?.startsWith(name) && (!kind || e.kind === kind) && (!phase || e.phase === phase));
  }

  async addFault(rule: object): Promise<void> {
    await this.call('faults', 'POST', rule);
  }

  async clearFaults(): Promise<void> {
    await this.call('faults', 'DELETE');
  }

  async faultHits(): Promise<number> {
    return (await this.call('faults') as { hits: number }[]).reduce((sum, fault) => sum + fault.hits, 0);
  }

  private async call(what: string, method = 'GET', body?: object): Promise<unknown> {
    const answer = await fetch(`${this.uri}/emulator/${what}`, {
      method,
      headers: { 'content-type': 'application/json' },
      body: body && JSON.stringify(body),
    });
    if (!answer.ok) {
      throw new Error(`${method} ${what}: ${answer.status} ${await answer.text()}`);
    }

    const text = await answer.text();
    return text ? JSON.parse(text) : undefined;
  }
}

/** Waits until a condition holds, and gives its value. */
export async function waitUntil<T>(what: string, condition: () => Promise<T | undefined | false> | T | undefined | false, seconds = 60): Promise<T> {
  const end = Date.now() + seconds * 1000;
  for (;;) {
    const value = await condition();
    if (value) {
      return value;
    }

    if (Date.now() > end) {
      throw new Error(`Waited ${seconds} seconds in vain for ${what}.`);
    }

    await new Promise(resolve => setTimeout(resolve, 50));
  }
}
