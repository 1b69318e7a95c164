import { parse } from 'yaml';
import { readText } from './places';

/** A step of bash, as the template makes it. */
export interface BashStep { bash: string; name?: string; displayName: string; condition?: string; env: Record<string, string> }

/** Expands the step template as Azure Pipelines does: parameters, convertToJson and insert, which are all that it uses. */
export function expandTemplate(given: Record<string, unknown>): BashStep[] {
  const template = parse(readText('src/RunAi.AzureDevOps/templates/runai-step.yml'));
  const parameters: Record<string, unknown> = {};
  for (const parameter of template.parameters as { name: string; default?: unknown }[]) {
    parameters[parameter.name] = given[parameter.name] ?? parameter.default;
    if (parameters[parameter.name] === undefined) {
      throw new Error(`The parameter ${parameter.name} is missing.`);
    }
  }

  const unknown = Object.keys(given).filter(name => !(name in parameters));
  if (unknown.length > 0) {
    throw new Error(`The template has no parameter ${unknown.join(', ')}.`);
  }

  const value = (expression: string): unknown => {
    const [, json, name] = /^(?:(convertToJson)\()?parameters\.(\w+)\)?$/.exec(expression) ?? [];
    if (!name || !(name in parameters)) {
      throw new Error(`The expression ${expression} means nothing.`);
    }

    return json ? JSON.stringify(parameters[name], null, 2) : parameters[name];
  };
  const expand = (node: unknown): unknown => {
    if (Array.isArray(node)) {
      return node.map(expand);
    }

    if (node !== null && typeof node === 'object') {
      return Object.fromEntries(Object.entries(node).flatMap(([key, child]) =>
        key === '${{ insert }}' ? Object.entries(expand(child) as object) : [[key, expand(child)]]));
    }

    const whole = typeof node === 'string' ? /^\$\{\{ ([^}]+) \}\}$/.exec(node) : null;
    return whole ? value(whole[1]) : typeof node === 'string' ? node.replace(/\$\{\{ ([^}]+) \}\}/g, (_, e: string) => String(value(e))) : node;
  };
  return expand(template.steps) as BashStep[];
}
