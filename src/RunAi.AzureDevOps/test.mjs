// Runs the tests of tests/RunAi.AzureDevOps.Tests with node's own test runner; results go to its TestResults as JUnit XML.
// Usage: node test.mjs FOLDER [NAME...], FOLDER being the module as it is laid out, NAMEs those of test files.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, rmSync } from 'node:fs';
import * as path from 'node:path';
import { build } from 'esbuild';

const root = import.meta.dirname;
const tests = path.join(root, '../../tests/RunAi.AzureDevOps.Tests');
const [module, ...names] = process.argv.slice(2);
const files = readdirSync(tests).filter(file => file.endsWith('.test.ts') && (names.length === 0 || names.includes(file.split('.')[0])));
const built = path.join(root, 'build/tests');
await build({
  platform: 'node', target: 'node20', format: 'cjs', logLevel: 'warning', bundle: true, outdir: built, sourcemap: 'inline',
  entryPoints: files.map(file => path.join(tests, file)), nodePaths: [path.join(root, 'node_modules')],
  external: ['azure-pipelines-task-lib/*'],
});
const results = path.join(tests, 'TestResults');
rmSync(results, { recursive: true, force: true });
mkdirSync(results, { recursive: true });
const run = spawnSync(process.execPath, [
  '--enable-source-maps', '--test', '--test-concurrency=2', '--test-reporter=spec', '--test-reporter-destination=stdout',
  '--test-reporter=junit', `--test-reporter-destination=${path.join(results, 'azure-devops.xml')}`,
  ...files.map(file => path.join(built, file.replace(/\.ts$/, '.js'))),
], { cwd: root, stdio: 'inherit', env: { ...process.env, RUNAI_TEST_MODULE: path.resolve(module) } });
process.exit(run.status ?? 1);
