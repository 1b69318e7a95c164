// Packs build/extension into build/*.vsix. tfx checks the manifests on the way.
import { execFileSync } from 'node:child_process';
import * as path from 'node:path';

const root = import.meta.dirname;
const tfx = path.join(root, 'node_modules/tfx-cli/_build/tfx-cli.js');
const args = ['extension', 'create', '--manifest-globs', 'vss-extension.json', '--output-path', '..', '--no-prompt', '--no-color', '--json'];
const answer = execFileSync(process.execPath, [tfx, ...args], { cwd: path.join(root, 'build/extension'), encoding: 'utf8' });
console.log(`Packed ${path.relative(process.cwd(), JSON.parse(answer).path)}`);
