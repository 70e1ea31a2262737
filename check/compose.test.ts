import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import { root } from './source-files.ts';

test('docker-compose.yml sets only what the configuration reads, and requires the token', () => {
  const compose = parse(readFileSync(join(root, 'docker-compose.yml'), 'utf8')) as {
    services: { andon: { environment: Record<string, string>; ports: string[] } };
  };
  const configuration = readFileSync(join(root, 'config.ts'), 'utf8');
  const { environment } = compose.services.andon;
  expect(
    Object.keys(environment).filter((name) => !configuration.includes(`environment['${name}']`)),
  ).toEqual([]);
  expect(environment['ANDON_TOKEN']).toMatch(/^\$\{ANDON_TOKEN:\?/);
  expect(environment['ANDON_HOST']).toBe('0.0.0.0');
});
