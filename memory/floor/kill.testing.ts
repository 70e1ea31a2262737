/** Records numbered batches until it is killed, and says each number that was acknowledged. */
import { openMemory } from '../open.ts';
import { recordBatch } from './record-batch.ts';
import { batchOf, recordAt } from './testing.ts';

const [folder = '', first = '0'] = process.argv.slice(2);
const now = Date.parse('2026-11-20T10:00:00Z');
const memory = await openMemory({ folder, databaseUrl: null, clock: () => now, log: () => {} });
for (let n = Number(first); ; n++) {
  const at = now + n * 1000;
  await recordBatch(
    memory.pool,
    batchOf('machines', {
      records: Array.from({ length: 20 }, (_, k) =>
        recordAt({ kind: 'note', key: `${n}/${k}`, at, text: 'x'.repeat(200) }),
      ),
      readings: Array.from({ length: 300 }, (_, k) => ({ equipment: 'e', signal: `s${k}`, at, value: k })),
      checkpoint: { n },
    }),
    now,
  );
  process.send?.(n);
}
