import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readConfig } from '../config.ts';
import { unknownIds } from '../connectors/source/equipment.ts';
import { root } from './source-files.ts';

const file = join(root, 'andon.example.yaml');
const text = readFileSync(file, 'utf8');
const secrets = [...text.matchAll(/: env:(\w+)/g)].map((match) => match[1] ?? '');
const environment = {
  ANDON_CONFIG: file,
  ...Object.fromEntries(secrets.map((name) => [name, 'from-the-environment'])),
};

test('andon.example.yaml is accepted as it stands', async () => {
  const config = await readConfig(environment);
  expect(config.sources.map(({ name }) => name)).toEqual(['opcua', 'sap', 'plex', 'csv']);
  expect(config.surfaces.map(({ name }) => name)).toEqual(['slack', 'teams']);
  expect(secrets.length).toBeGreaterThan(4);
  expect(config.simulator).toBeNull();
});

test('every id that it maps something to is one of its plant', async () => {
  const { plant, sources, people } = await readConfig(environment);
  const mapped = [...JSON.stringify(sources).matchAll(/"equipment":"([^"]+)"/g)].map(
    (match) => match[1] ?? '',
  );
  const lines = [
    ...JSON.stringify(sources).matchAll(/"(?:workCenters|workcenters|equipment)":(\{[^}]*\})/g),
  ].flatMap((match) => Object.values(JSON.parse(match[1] ?? '{}') as Record<string, string>));
  expect(mapped.length).toBeGreaterThan(8);
  expect(lines.length).toBeGreaterThan(4);
  const edges = plant.lines.flatMap(({ flow, reference }) => [
    ...flow.flatMap(({ from, to }) => [from, to]),
    ...(reference ? [reference] : []),
  ]);
  const served = [...plant.utilities, ...plant.systems].flatMap(({ serves }) => serves);
  const responsible = people.flatMap((one) => one.lines);
  expect(unknownIds(plant, [...mapped, ...lines, ...edges, ...served, ...responsible])).toBeNull();
});

test('a secret that is not set stops the start with its name', async () => {
  const { LAKESIDE_SAP_PASSWORD: _, ...rest } = environment as Record<string, string>;
  await expect(readConfig(rest)).rejects.toThrow('LAKESIDE_SAP_PASSWORD');
});
