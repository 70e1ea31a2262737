import { readdir } from 'node:fs/promises';
import { z } from 'zod';
import { AndonError } from '../plant/errors.ts';
import type { Tool } from './tool.ts';

const exported = z.object({
  default: z.object({ name: z.string(), run: z.function() }).loose(),
});

/** All tools of `tools/`, sorted by name. A file's name is its tool's name. */
export async function loadTools(): Promise<readonly Tool[]> {
  const folder = new URL('./tools/', import.meta.url);
  const files = (await readdir(folder))
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .toSorted();
  return Promise.all(
    files.map(async (file) => {
      const module: unknown = await import(new URL(file, folder).href);
      const name = file.slice(0, -3).replaceAll('-', '_');
      const checked = exported.safeParse(module);
      if (!checked.success || checked.data.default.name !== name)
        throw new AndonError(
          'internal',
          `mcp-server/tools/${file} does not export the tool "${name}" by default.`,
          'Name the tool like its file, with underscores for dashes.',
        );
      return (module as { default: Tool }).default;
    }),
  );
}
