/**
 * The secret variables of the job, by their names in the environment. To be imported before the task library, which takes them out of the environment
 * when it is loaded, and whose function for reading one writes its value into the debug log.
 */
const taken = Object.fromEntries(Object.entries(process.env).filter(([name]) => name.startsWith('SECRET_')));

/** The value of a variable of the job, secret or mapped in `env:`; undefined when there is none. */
export function readVariable(name: string): string | undefined {
  const key = name.replace(/[. ]/g, '_').toUpperCase();
  return process.env[name] ?? process.env[key] ?? taken[`SECRET_${key}`];
}
