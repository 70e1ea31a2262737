import { readdirSync } from 'node:fs';
import type { Fault } from './fault.ts';

/** Every file of this folder that has a fault as its default export. The folder is the registry. */
async function loadAll(): Promise<Fault[]> {
  const apart = new Set(['fault.ts', 'catalogue.ts', 'lots.ts', 'cleaning-run.ts']);
  const files = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts') && !apart.has(file))
    .toSorted();
  const load = async (file: string) =>
    (await import(new URL(file, import.meta.url).href)) as { default: Fault };
  return Promise.all(files.map(async (file) => (await load(file)).default));
}

export const faults: readonly Fault[] = await loadAll();

/** Those that the demo's past is made of. */
export const everydayFaults: readonly Fault[] = faults.filter((fault) => fault.everyday);

export function faultOf(cause: string): Fault {
  const fault = faults.find((one) => one.cause === cause);
  if (!fault)
    throw new RangeError(`no such cause: ${cause}; known: ${faults.map((one) => one.cause).join(', ')}`);
  return fault;
}
