import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { readConfig } from './config.ts';

const folder = mkdtempSync(join(tmpdir(), 'andon-config-'));
afterAll(() => rmSync(folder, { recursive: true }));

const good = `
plant:
  id: north
  name: North
  timezone: Europe/Berlin
  lines:
    - id: line-1
      name: Line 1
      machines:
        - { id: line-1.filler, name: Filler }
people:
  - { id: sam, name: Sam, role: supervisor }
sources:
  - id: notes
    use: csv
    path: notes.csv
`;
const read = (yaml: string, environment: Record<string, string> = {}) => {
  const file = join(folder, 'andon.yaml');
  writeFileSync(file, yaml);
  return readConfig({ ANDON_CONFIG: file, ...environment });
};
const refusal = (yaml: string, environment?: Record<string, string>) =>
  read(yaml, environment).then(
    () => 'started',
    (error: Error & { next: string }) => `${error.message} ${error.next}`,
  );

describe('configuration', () => {
  test('a source is trusted wholly, or as far as the file says', async () => {
    expect((await read(good)).sources.map(({ trust }) => trust)).toEqual([1]);
    expect((await read(`${good}    trust: 0.5\n`)).sources).toMatchObject([{ id: 'notes', trust: 0.5 }]);
    expect(await refusal(`${good}    trust: 0.1\n`)).toContain('sources.0.trust');
  });

  test('a good file gives a frozen configuration with defaults', async () => {
    const config = await read(good);
    expect(config.plant.lines[0]?.machines[0]?.class).toBe('machine');
    expect(config.port).toBe(7410);
    expect(Object.isFrozen(config)).toBe(true);
    expect(config.sources.map((source) => source.name)).toEqual(['csv']);
  });
  test('a misspelt key names line, key and the nearest valid key, on every level', async () => {
    expect(await refusal(good.replace('timezone:', 'timezon:'))).toMatch(
      /line 5: the key "timezon" is not known under plant\. Did you mean "timezone"\?/,
    );
    expect(await refusal(good.replace('name: Filler }', 'nane: Filler, name: F }'))).toMatch(
      /line 10: the key "nane" .* Did you mean "name"\?/,
    );
    expect(await refusal(good.replace('people:', 'peple:'))).toMatch(
      /line 11: the key "peple" is not known. Did you mean "people"\?/,
    );
    expect(await refusal(good.replace('    path:', '    paht:'))).toMatch(
      /line 16: the key "paht" .*Did you mean "path"\?/,
    );
    expect(await refusal(good.replace('use: csv', 'use: csw'))).toMatch(
      /line 15: there is no "csw" in connectors\/\. Did you mean "csv"\?/,
    );
  });
  test('broken YAML, a missing file, a missing variable and a literal secret are refused', async () => {
    expect(await refusal(good.replace('plant:', 'plant: ['))).toContain('is not valid YAML');
    expect(await refusal(good, { ANDON_CONFIG: '/nowhere.yaml' })).toContain(
      'There is no configuration file /nowhere.yaml',
    );
    expect(await refusal(`${good}surfaces:\n  slack: { botToken: "xoxb-1" }\n`)).toMatch(
      /holds a secret in plain text. Write env:NAME/,
    );
    expect(await refusal(`${good}surfaces:\n  slack: { botToken: "env:NOT_THERE" }\n`)).toMatch(
      /environment variable NOT_THERE, which is not set/,
    );
  });
  test('ids and people must fit together', async () => {
    expect(await refusal(`${good}page: { person: samm }\n`)).toMatch(
      /nobody under people has the id "samm"\. Did you mean "sam"\?/,
    );
    expect(await refusal(`${good}  - { id: notes, use: csv, path: b.csv }\n`)).toMatch(
      /the source id "notes" is used twice/,
    );
  });
  test('beyond loopback a token is needed', async () => {
    expect(await refusal(good, { ANDON_HOST: '0.0.0.0' })).toContain('ANDON_TOKEN is not set');
    expect((await read(good, { ANDON_HOST: '0.0.0.0', ANDON_TOKEN: 'word' })).token).toBe('word');
  });
});
