import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { packagesLoadedBy } from '../testing/packages-loaded.ts';
import connector from './index.ts';

test('loads its options without anything heavy', async () => {
  expect(await packagesLoadedBy(join(import.meta.dirname, 'index.ts'))).toEqual(['zod']);
});

test('the demo block fits the options and names machines of its own only once', async () => {
  const [{ id, use, ...given }] = parse(
    await readFile(join(import.meta.dirname, 'demo.sources.yaml'), 'utf8'),
  );
  expect([id, use]).toEqual(['machines', 'opcua']);
  const { machines } = connector.options.parse(given);
  expect(machines).toContainEqual({
    equipment: 'line-4.base-feeder',
    root: 'Line4.BaseFeeder',
    template: 'machine',
  });
  expect(new Set(machines.map(({ equipment }) => equipment)).size).toBe(24);
  expect(connector.options.safeParse({ ...given, publishngMs: 1 }).success).toBe(false);
  expect(
    connector.options.safeParse({ ...given, machines: [{ equipment: 'a', root: 'ns=2;s=A' }] }).success,
  ).toBe(false);
});
