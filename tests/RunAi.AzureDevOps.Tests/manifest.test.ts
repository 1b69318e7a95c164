import assert from 'node:assert/strict';
import { existsSync, readFileSync } from 'node:fs';
import * as path from 'node:path';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import { extension, readText, task } from './places';
import taskSchema from './schemas/task.schema.json';

const manifest = JSON.parse(readText('src/RunAi.AzureDevOps/task/task.json'));
const packed = JSON.parse(readFileSync(path.join(extension, 'vss-extension.json'), 'utf8'));
const names = (list: { name: string }[]) => list.map(item => item.name);

describe('The manifests', () => {
  it('of the task keeps to its schema', () => {
    const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(taskSchema);
    assert.ok(validate(manifest), JSON.stringify(validate.errors, null, 2));
    assert.ok(validate(JSON.parse(readFileSync(path.join(task, 'task.json'), 'utf8'))), JSON.stringify(validate.errors, null, 2));
  });

  it('of the task names groups, outputs and files that are there', () => {
    const groups = names(manifest.groups);
    for (const input of manifest.inputs.filter((i: { groupName?: string }) => i.groupName)) {
      assert.ok(groups.includes(input.groupName), input.name);
    }

    assert.deepEqual(manifest.restrictions.settableVariables.allowed, names(manifest.outputVariables));
    for (const handler of [...Object.values(manifest.execution), ...Object.values(manifest.postjobexecution)] as { target: string }[]) {
      assert.ok(existsSync(path.join(task, handler.target)), handler.target);
    }
  });

  it('of the task declares the outputs that the script sets', () => {
    const script = readText('src/RunAi.AzureDevOps/powershell/Finish.ps1');
    const set = [.../\$values = \[ordered\]@\{([^]*?)\n {4}\}/.exec(script)![1].matchAll(/^ {8}(\w+) =/gm)].map(m => m[1]);
    assert.deepEqual(set, names(manifest.outputVariables));
  });

  it('of the extension has the version of the module, the task and the service connection that it reads', () => {
    const version = /ModuleVersion\s*=\s*'([^']+)'/.exec(readText('RunAi.psd1'))![1];
    assert.equal(packed.version, version);
    const { Major, Minor, Patch } = JSON.parse(readFileSync(path.join(task, 'task.json'), 'utf8')).version;
    assert.equal(`${Major}.${Minor}.${Patch}`, version);
    const connection = packed.contributions.find((c: { type: string }) => c.type === 'ms.vss-endpoint.service-endpoint-type');
    assert.equal(`connectedService:${connection.properties.name}`, manifest.inputs[0].type);
    const fields = connection.properties.authenticationSchemes[0].inputDescriptors;
    assert.deepEqual(fields.map((f: { id: string; isConfidential: boolean }) => [f.id, f.isConfidential]), [['username', false], ['password', true]]);
  });

  it('are documented input by input and output by output', () => {
    const page = readText('docs/azure-devops.md');
    const missing = [...names(manifest.inputs), ...names(manifest.outputVariables)].filter(name => !page.includes(`\`${name}\``));
    assert.deepEqual(missing, []);
  });
});
