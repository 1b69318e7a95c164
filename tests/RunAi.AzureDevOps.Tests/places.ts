import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import * as path from 'node:path';

/** The checkout. The tests run in the folder of the extension's package. */
export const checkout = path.resolve(process.cwd(), '../..');

/** The extension as it is packed, and the task in it. */
export const extension = path.resolve(process.cwd(), 'build/extension');
export const task = path.join(extension, 'RunAiStep');

/** Reads a file of the checkout. */
export const readText = (file: string): string => readFileSync(path.join(checkout, file), 'utf8');

const folders: string[] = [];
process.on('exit', () => folders.forEach(folder => rmSync(folder, { recursive: true, force: true })));

/** Makes an empty folder that nothing else uses. It goes when the tests have ended. */
export function newFolder(name: string): string {
  const folder = mkdtempSync(path.join(tmpdir(), `runai-ado-${name}-`));
  folders.push(folder);
  return folder;
}

/** All files below a folder. */
export function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter(entry => entry.isFile())
    .map(entry => path.join(entry.parentPath, entry.name));
}

/** The real PowerShell that the checkout's tool manifest names: compiled ahead of time, where the other tests have been built, or as NuGet restored it. */
function shellAssembly(): string {
  const compiled = path.join(checkout, 'tests/RunAi.Shell/bin/Debug/pwsh.dll');
  if (existsSync(compiled)) {
    return compiled;
  }

  const version = JSON.parse(readText('.config/dotnet-tools.json')).tools.powershell.version as string;
  const packages = process.env.NUGET_PACKAGES ?? path.join(homedir(), '.nuget/packages');
  const assembly = path.join(packages, 'powershell', version, 'tools/net10.0/any/unix/pwsh.dll');
  if (!existsSync(assembly)) {
    throw new Error(`PowerShell ${version} is not restored: type 'dotnet tool restore'.`);
  }

  return assembly;
}

/** Makes a folder with a program pwsh, for a PATH. */
export function newShellFolder(): string {
  const folder = path.join(newFolder('shell'), 'bin');
  mkdirSync(folder);
  writeFileSync(path.join(folder, 'pwsh'), `#!/bin/sh\nexec dotnet '${shellAssembly()}' "$@"\n`, { mode: 0o755 });
  return folder;
}
