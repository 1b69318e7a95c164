import { readVariable } from './secret-variables';
import * as tl from 'azure-pipelines-task-lib/task';

/** The inputs that go to PowerShell as they are, by their names in task.json. */
const plainInputs = [
  'project', 'cluster', 'mode', 'stepName', 'image', 'baseImage', 'source', 'command', 'environment', 'inputArtifacts', 'outputArtifacts',
  'gpuDevices', 'gpuPortion', 'settings', 'artifactStore', 'containerRegistry', 'runKey', 'runId', 'cache', 'retryPreempted',
  'retryInfrastructure', 'workloadTimeout', 'pendingTimeout', 'onCancel', 'summary',
];

/** What the task was asked for: texts that may be written to a file, and secrets that may not. */
export interface StepRequest {
  /** Inputs by name, without secrets. */
  inputs: Record<string, string>;
  /** Variables for the environment of the child process alone. */
  secrets: Record<string, string>;
}

/** Reads the task's inputs and its service connection. Throws when a required one is missing. */
export function readRequest(): StepRequest {
  const connection = tl.getInput('connection', true)!;
  const inputs: Record<string, string> = { controlPlane: tl.getEndpointUrl(connection, false)!.replace(/\/+$/, '') };
  for (const name of plainInputs) {
    const value = tl.getInput(name, name === 'project');
    if (value) {
      inputs[name] = value;
    }
  }

  // An agent gives an empty file input the folder of the sources.
  if (tl.filePathSupplied('stepFile')) {
    inputs.stepFile = tl.getInput('stepFile')!;
  }

  inputs.cluster ??= tl.getEndpointDataParameter(connection, 'clusterName', true) ?? '';
  return { inputs, secrets: { ...readCredential(connection), ...readStoreCredential(inputs) } };
}

/** The service account. The library's function for one parameter would write its value into the debug log. */
function readCredential(connection: string): Record<string, string> {
  const parameters = tl.getEndpointAuthorization(connection, false)?.parameters ?? {};
  const { username, password } = parameters;
  if (!username || !password) {
    throw new Error('The service connection has no client id or no client secret. Edit it in the project settings, under Service connections.');
  }

  return { RUNAI_CLIENT_ID: username, RUNAI_CLIENT_SECRET: password };
}

/** The credential of the artifact store: a variable of the job, secret or mapped in `env:`, by its name. */
function readStoreCredential(inputs: Record<string, string>): Record<string, string> {
  const name = tl.getInput('storeCredential', false);
  if (!name) {
    return {};
  }

  const value = readVariable(name);
  if (!value) {
    throw new Error(`The input 'storeCredential' names the variable '${name}', which has no value in this job. `
      + "Write the variable's name, not its value, and define it as a secret variable.");
  }

  inputs.storeCredential = name.replace(/[^A-Za-z0-9_]/g, '_').toUpperCase();
  return { [inputs.storeCredential]: value };
}
