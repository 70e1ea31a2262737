import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';

const run = promisify(execFile);
const bench = (...given: string[]) => run(process.execPath, [join(import.meta.dirname, 'run.ts'), ...given]);

test('an unknown suite is refused, and those that exist are named', async () => {
  const refused = await bench('--suite', 'speling').then(
    () => null,
    (error: { code: number; stdout: string; stderr: string }) => error,
  );
  expect(refused).toMatchObject({ code: 1, stdout: '' });
  expect(refused?.stderr).toMatch('There is no suite "speling".');
  for (const file of readdirSync(join(import.meta.dirname, 'suites')))
    expect(refused?.stderr).toContain(file.replace(/\.ts$/, ''));
});

test('a misspelt option is refused', async () => {
  await expect(bench('--suit', 'start')).rejects.toMatchObject({ code: 1, stdout: '' });
});
