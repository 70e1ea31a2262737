import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { readConfig } from '../config.ts';
import type { Batch } from '../plant/record.ts';
import { clientInMemory } from './testing/clients.ts';
import { floorOfToday } from './testing/floor.ts';
import { testPlant } from './testing/plant.ts';
import { openToday } from './testing/today.ts';

const folder = mkdtempSync(join(tmpdir(), 'andon-causes-'));
afterAll(() => rmSync(folder, { recursive: true }));

const slipped = `
    - id: chuck_slipped
      class: machine
      words: a slipped chuck at {at}
      check: look at the chucks of {at}
      machines: [ capper ]
      alarms:
        - { says: [ Spannkopf ], weight: 3 }
      signals:
        - { measures: load, moves: up, weight: 2 }
`;
/** The test plant as its YAML, with these causes under \`plant\`. */
const yamlWith = (causes: string): string => {
  const keys = Object.entries(testPlant).map(([key, value]) => `  ${key}: ${JSON.stringify(value)}`);
  return `plant:\n${keys.join('\n')}\n${causes === '' ? '' : `  causes:${causes}`}`;
};
const read = (causes: string) => {
  const file = join(folder, 'andon.yaml');
  writeFileSync(file, yamlWith(causes));
  return readConfig({ ANDON_CONFIG: file });
};
const refusal = (causes: string): Promise<string> =>
  read(causes).then(
    () => 'started',
    (error: Error & { next: string }) => `${error.message} ${error.next}`,
  );

/** The floor of today; the capper says what only this plant knows, and nobody writes a note. */
const batches = (): Batch[] =>
  floorOfToday()
    .filter(({ source }) => source !== 'notes')
    .map((batch) => ({
      ...batch,
      records: batch.records.map((record) =>
        record.kind === 'alarm' ? { ...record, alarm: 'Z9', text: 'Spannkopf 2 rutscht' } : record,
      ),
    }));

async function explained(causes: string): Promise<{ first_line: string; diagnosis: { cause: string } }> {
  const { plant } = await read(causes);
  const today = await openToday(batches(), { plant });
  const client = await clientInMemory(today.mcp);
  try {
    const { structuredContent } = await client.callTool({ name: 'explain_stop', arguments: { line: 'L3' } });
    return structuredContent as Awaited<ReturnType<typeof explained>>;
  } finally {
    await client.close();
    await today.close();
  }
}

it('a cause of the plant goes from its YAML to the answer', async () => {
  const { first_line: line, diagnosis } = await explained(slipped);
  expect(diagnosis.cause).toBe('chuck_slipped');
  expect(line).toContain('a slipped chuck at the capper');
  expect((await explained('')).diagnosis.cause).not.toBe('chuck_slipped');
});

describe('a cause that cannot be meant so stops the start', () => {
  it.each([
    ['a misspelt key', slipped.replace('check:', 'chek:'), /line \d+: .*chek.*check/],
    ['a weight beyond decisive', slipped.replace('weight: 3', 'weight: 30'), /line \d+.*weight/],
    [
      'a machine that is not there',
      slipped.replace('[ capper ]', '[ caper ]'),
      /"caper".*Did you mean "capper"/,
    ],
    [
      'an id of the catalogue',
      slipped.replace('chuck_slipped', 'infeed_jam'),
      /knows the cause "infeed_jam"/,
    ],
    ['the same id twice', slipped + slipped.slice(1), /"chuck_slipped" is used twice/],
  ])('%s', async (_, causes, words) => {
    expect(await refusal(causes)).toMatch(words);
  });
});
