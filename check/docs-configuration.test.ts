import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { configurationPage, environment } from './configuration-page.ts';
import { root } from './source-files.ts';

test('docs/configuration.md says what the schemas say', async () => {
  await expect(await configurationPage()).toMatchFileSnapshot('../docs/configuration.md');
});

test('every key is described', async () => {
  const page = await configurationPage();
  const silent = page
    .split('\n')
    .filter((line) => line.startsWith('| `') && line.endsWith('|  |'))
    .map((line) => line.split('`')[1]);
  // The columns of a CSV file are described together, by the key that holds them.
  const columns = ['id', 'time', 'end', 'line', 'machine', 'role', 'text', 'reason', 'order'];
  expect(silent.filter((key) => !columns.includes(key ?? ''))).toEqual([]);
});

test('the page names exactly the variables that config.ts reads', () => {
  const config = readFileSync(join(root, 'config.ts'), 'utf8');
  const read = new Set([...config.matchAll(/environment\['(\w+)'\]/g)].map((match) => match[1] ?? ''));
  if (config.includes('_API_KEY`]')) for (const one of ['ANTHROPIC', 'OPENAI']) read.add(`${one}_API_KEY`);
  expect(environment.map(([name]) => name).toSorted()).toEqual([...read].toSorted());
});
