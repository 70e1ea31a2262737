/** A folder is its own registry: the file's name is the thing's name. */
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { z } from 'zod';

const root = join(import.meta.dirname, '..');

/** What every member of a registry folder exports by default, as far as the configuration is concerned. */
type Member = { options: z.ZodType };

/** Names in a registry folder: `sap.ts` and `opcua/index.ts` are `sap` and `opcua`. */
export function membersOf(folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  return readdirSync(path, { withFileTypes: true })
    .filter((entry) =>
      entry.isDirectory() ? existsSync(join(path, entry.name, 'index.ts')) : entry.name.endsWith('.ts'),
    )
    .map((entry) => entry.name)
    .filter((name) => !name.includes('.test.') && !notMembers.has(`${folder}/${name}`))
    .map((name) => name.replace(/\.ts$/, ''))
    .toSorted();
}
/** Files that serve a whole registry folder and are no member of it. */
const notMembers = new Set([
  'connectors/intake.ts',
  'connectors/contract.ts',
  'connectors/http.ts',
  'connectors/http',
  'connectors/odata.ts',
]);

/** Loads a member by name: the same one whose options were checked. */
export const loadMember = async <M extends Member>(folder: string, name: string): Promise<M> => {
  const path = join(root, folder, existsSync(join(root, folder, name)) ? `${name}/index.ts` : `${name}.ts`);
  return ((await import(path)) as { default: M }).default;
};
