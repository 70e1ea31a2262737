import { readConfig } from '../../config.ts';
import { recordBatch } from '../../memory/floor/record-batch.ts';
import { openMemory } from '../../memory/open.ts';
import type { Batch } from '../../plant/record.ts';
import type { Figure, Suite } from '../figure.ts';
import { now, pastOf, rowsOf, temporaryFolder } from '../floor.ts';
import { costOf, type Cost } from '../measure.ts';

const days = 14;
type Kind = 'records' | 'readings' | 'minutes';
const kinds: readonly (readonly [Kind, string])[] = [
  ['records', 'events'],
  ['readings', 'raw values'],
  ['minutes', 'minute averages'],
];

/** The past of the demo plant, made beforehand, into an empty database on disk. */
const record: Suite = async (progress) => {
  progress('making the past ...');
  const temporary = await temporaryFolder();
  const { plant } = await readConfig({ ANDON_DATA: temporary.folder });
  await temporary.close();
  const batches = [...pastOf(plant, days)];
  const rows = batches.reduce((all, batch) => all + rowsOf(batch), 0);
  progress(`recording ${rows.toLocaleString('en')} rows ...`);
  const whole = await recordAll(batches);
  const again = whole.again;
  const figures: Figure[] = [
    { name: 'rows', value: rows, unit: 'rows' },
    { name: 'batches', value: batches.length, unit: '' },
    { name: 'recording all of them', value: whole.first.wallMs / 1000, unit: 's' },
    ...rates('all', rows, whole.first),
    ...rates('all once more, every row known already', rows, again),
  ];
  for (const [kind, words] of kinds) {
    progress(`${words} alone ...`);
    const own = batches.filter((batch) => batch[kind].length > 0).map((batch) => only(batch, kind));
    const count = own.reduce((all, batch) => all + rowsOf(batch), 0);
    figures.push(...rates(words, count, (await recordAll(own)).first));
  }
  return {
    title: `${days} days of four lines into the embedded database`,
    figures,
    notes: ['One transaction per batch, as the connectors hand them over; the batches were made before.'],
  };
};
export default record;

const only = (batch: Batch, kind: Kind): Batch => ({
  ...batch,
  records: [],
  readings: [],
  minutes: [],
  [kind]: batch[kind],
});

const rates = (words: string, rows: number, { wallMs, cpuMs }: Cost): Figure[] => [
  { name: `${words}, per second`, value: rows / (wallMs / 1000), unit: 'rows/s' },
  { name: `${words}, per second of CPU`, value: rows / (cpuMs / 1000), unit: 'rows/s' },
];

/** Into a database of its own; then the same again. */
async function recordAll(batches: readonly Batch[]): Promise<{ first: Cost; again: Cost }> {
  const temporary = await temporaryFolder();
  const memory = await openMemory({
    folder: temporary.folder,
    databaseUrl: null,
    clock: () => now,
    log: () => {},
  });
  const all = async () => {
    for (const batch of batches) await recordBatch(memory.pool, batch, now);
  };
  try {
    return { first: await costOf(all), again: await costOf(all) };
  } finally {
    await memory.close();
    await temporary.close();
  }
}
