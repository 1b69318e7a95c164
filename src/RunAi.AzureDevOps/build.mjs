// Lays the extension out in build/extension: the task in one file for each of its two scripts, its PowerShell, and the module where one is named.
// Usage: node build.mjs [FOLDER], FOLDER being the module as `dotnet build src/RunAi.Module` lays it out.
import { cpSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';

const root = import.meta.dirname;
const extension = path.join(root, 'build/extension');
const task = path.join(extension, 'RunAiStep');
rmSync(path.join(root, 'build'), { recursive: true, force: true });
mkdirSync(task, { recursive: true });

const common = { platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning' };
await build({
  ...common,
  bundle: true,
  entryPoints: { index: path.join(root, 'task/main.ts'), cleanup: path.join(root, 'task/cleanup.ts') },
  outdir: task,
});
// As separate files, in which tests put others in the place of one.
await build({ ...common, entryPoints: ['main', 'cleanup', 'request', 'shell', 'child', 'secret-variables'].map(name => path.join(root, `task/${name}.ts`)), outdir: path.join(root, 'build/parts') });

cpSync(path.join(root, 'powershell'), task, { recursive: true });
for (const [from, to] of [['task/task.json', 'RunAiStep/task.json'], ['images/icon.png', 'RunAiStep/icon.png'], ['images/icon.png', 'icon.png'],
  ['vss-extension.json', 'vss-extension.json'], ['overview.md', 'overview.md'], ['../../LICENSE', 'LICENSE']]) {
  cpSync(path.join(root, from), path.join(extension, to));
}

const module = process.argv[2];
if (module) {
  copyModule(path.resolve(module));
}

/** The part of the module that PowerShell 7 needs on an agent, and its version as the task's and the extension's. */
function copyModule(folder) {
  const left = ['module/bin/desktop', 'module/bin/emulator'].map(part => path.join(folder, part));
  cpSync(folder, path.join(task, 'module'), { recursive: true, filter: file => !left.includes(file) });
  const version = /ModuleVersion\s*=\s*'(\d+\.\d+\.\d+)/.exec(readFileSync(path.join(folder, 'RunAi.psd1'), 'utf8'))[1];
  const [Major, Minor, Patch] = version.split('.').map(Number);
  change(path.join(task, 'task.json'), manifest => ({ ...manifest, version: { Major, Minor, Patch } }));
  change(path.join(extension, 'vss-extension.json'), manifest => ({ ...manifest, version }));
}

function change(file, map) {
  writeFileSync(file, JSON.stringify(map(JSON.parse(readFileSync(file, 'utf8'))), null, 2) + '\n');
}
