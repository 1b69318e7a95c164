import assert from 'node:assert/strict';
import { readdirSync } from 'node:fs';
import * as path from 'node:path';
import { describe, it } from 'node:test';
import Ajv from 'ajv';
import { parse, stringify } from 'yaml';
import { checkout, readText } from './places';
import pipelineSchema from './schemas/pipeline.schema.json';

interface Step { task?: string; name?: string; inputs?: Record<string, string>; template?: string; parameters?: Record<string, unknown> }
interface Job { job: string; steps: Step[]; dependsOn?: string; strategy?: { matrix: Record<string, Record<string, string>> }; variables?: Record<string, string> }
interface Stage { stage: string; jobs: Job[]; dependsOn?: string; variables?: Record<string, string> }
interface Pipeline { stages?: Stage[]; jobs?: Job[]; steps?: Step[]; variables?: Record<string, string> }
interface Input { name: string; required?: boolean; options?: Record<string, string>; type: string }

const folder = 'samples/azure-pipelines';
const manifest = JSON.parse(readText('src/RunAi.AzureDevOps/task/task.json'));
const samples = readdirSync(path.join(checkout, folder)).filter(file => file.endsWith('.yml'));
// A page shows steps alone.
const page = 'docs/azure-devops.md';
const blocks = [...readText(page).matchAll(/^```yaml\n(.*?)^```/gms)].map(([, steps]) => ({ trigger: 'none', pool: { vmImage: 'ubuntu-latest' }, steps: parse(steps) as Step[] }));
const outputs: string[] = manifest.outputVariables.map((o: { name: string }) => o.name);

const stagesOf = (pipeline: Pipeline): Stage[] => pipeline.stages ?? [{ stage: '', jobs: pipeline.jobs ?? [{ job: '', steps: pipeline.steps! }] }];
const isOurs = (step: Step) => step.task === 'RunAiStep@0';

/** What is wrong with the inputs of a step. */
function faults(inputs: Record<string, unknown>, known: Input[]): string[] {
  const unknown = Object.keys(inputs).filter(name => !known.some(input => input.name === name)).map(name => `${name} is no input`);
  const missing = known.filter(input => input.required && !(input.name in inputs) && !('defaultValue' in input)).map(input => `${input.name} is missing`);
  const wrong = known.filter(input => input.name in inputs && input.options && !(String(inputs[input.name]) in input.options))
    .map(input => `${input.name} is no choice`);
  return [...unknown, ...missing, ...wrong];
}

describe('The sample pipelines', () => {
  it('are four', () => assert.deepEqual(samples.sort(), ['matrix.yml', 'one-step.yml', 'template.yml', 'train-and-deploy.yml']));
  it('are shown by the page', () => assert.ok(blocks.length > 0));

  const pipelines = [
    ...samples.map(file => ({ file, pipeline: parse(readText(`${folder}/${file}`)) as Pipeline })),
    ...blocks.map((pipeline, at) => ({ file: `${page}, block ${at + 1}`, pipeline: pipeline as Pipeline })),
  ];
  for (const { file, pipeline } of pipelines) {
    describe(file, () => {
      const text = stringify(pipeline);
      const stages = stagesOf(pipeline);

      it('keeps to the form of a pipeline', () => {
        const validate = new Ajv({ allErrors: true, allowUnionTypes: true }).compile(pipelineSchema);
        assert.ok(validate(pipeline), JSON.stringify(validate.errors, null, 2));
      });

      it('gives the task inputs that it has', () => {
        const steps = stages.flatMap(stage => stage.jobs).flatMap(job => job.steps);
        assert.ok(steps.some(step => isOurs(step) || step.template));
        for (const step of steps.filter(isOurs)) {
          assert.deepEqual(faults(step.inputs!, manifest.inputs), [], step.name);
        }
      });

      it('reads outputs that a step before has', () => {
        for (const [written, step, output] of text.matchAll(/\$\((\w+)\.(\w+)\)/g)) {
          if (/^(Build|System|Agent)$/.test(step)) {
            continue;
          }

          const there = stages.flatMap(s => s.jobs).flatMap(j => j.steps).some(s => s.name === step && isOurs(s));
          assert.ok(there && outputs.includes(output), written);
        }

        for (const stage of stages) {
          for (const [where, variables] of [[stage, stage.variables], ...stage.jobs.map(job => [job, job.variables])] as [Job & Stage, Record<string, string>?][]) {
            for (const expression of Object.values(variables ?? {}).filter(value => String(value).startsWith('$['))) {
              assert.equal(unresolved(expression, stages, stage, where), null, expression);
            }
          }
        }
      });

      it('has one run key for each run', () => {
        // A job's name and a leg's name are in the default key; steps of one job need names of their own.
        for (const job of stages.flatMap(stage => stage.jobs)) {
          const keyless = job.steps.filter(step => isOurs(step) && !step.inputs!.runKey).map(step => step.inputs!.stepName);
          assert.equal(new Set(keyless).size, keyless.length, job.job);
        }
      });
    });
  }
});

/** Why an expression on the outputs of another job means nothing; null for one that is right. */
function unresolved(expression: string, stages: Stage[], stage: Stage, where: Job | Stage): string | null {
  const match = /^\$\[ (?:stageDependencies\.(\w+)|dependencies)\.(\w+)\.outputs\['([\w.]+)'\] \]$/.exec(expression);
  if (!match) {
    return 'it is not of a form that is known';
  }

  const [, otherStage, jobName, output] = match;
  const from = otherStage ? stages.find(s => s.stage === otherStage) : stage;
  const job = from?.jobs.find(j => j.job === jobName);
  if (!job || where.dependsOn !== (otherStage ?? jobName)) {
    return 'it does not depend on that job';
  }

  const parts = output.split('.');
  if (job.strategy && !(parts.shift()! in job.strategy.matrix)) {
    return 'the matrix has no such leg';
  }

  const [name, variable] = parts;
  return parts.length === 2 && job.steps.some(s => s.name === name && isOurs(s)) && outputs.includes(variable) ? null : 'no step has that output';
}
