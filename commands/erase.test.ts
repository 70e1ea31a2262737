import { execFile } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, test } from 'vitest';
import { proposeDecision } from '../memory/decisions/decisions.ts';
import { migratedDump } from '../memory/test-database.ts';
import { openMemory } from '../memory/open.ts';
import { iso } from '../plant/time.ts';

const run = promisify(execFile);

test('takes a person out of what is kept, and says what else there is to do', async () => {
  const folder = await mkdtemp(join(tmpdir(), 'andon-erase-'));
  const load = await migratedDump();
  try {
    const memory = await openMemory({ folder, databaseUrl: null, clock: Date.now, log: () => {}, load });
    await proposeDecision(
      memory,
      {
        line: 'line-3',
        whatHappened: 'The line stood.',
        constraint: '',
        response: 'Wait.',
        source: { surface: 'slack', place: 'C1', link: 'https://chat/1' },
      },
      { role: 'operator', person: 'mia' },
      iso(Date.now()),
    );
    await memory.close();

    const env = { ...process.env, ANDON_DATA: folder, DATABASE_URL: '' };
    const { stdout } = await run(process.execPath, [join(import.meta.dirname, 'erase.ts'), 'mia'], { env });
    expect(stdout).toMatch(/^mia is taken out of 2 rows; what was decided stays, by role\./);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
