import { readdirSync } from 'node:fs';
import type { Fault } from './fault.ts';

/** Every file of this folder that has a fault as its default export. The folder is the registry. */
async function load(): Promise<Fault[]> {
  const apart = new Set(['fault.ts', 'catalogue.ts']);
  const files = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !apart.has(file))
    .toSorted();
  return Promise.all(files.map(async (file) => ((await import(`./${file}`)) as { default: Fault }).default));
}

export const faults: readonly Fault[] = await load();

export function faultOf(cause: string): Fault {
  const fault = faults.find((one) => one.cause === cause);
  if (!fault)
    throw new RangeError(`no such cause: ${cause}; known: ${faults.map((one) => one.cause).join(', ')}`);
  return fault;
}
