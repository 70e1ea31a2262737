import { AndonError } from '../../plant/errors.ts';
import { plantRecord, type Batch, type PlantRecord } from '../../plant/record.ts';
import type { Checkpoint } from '../../plant/source.ts';

/** Records per batch: small enough for one quick transaction. */
const size = 500;

/** Records in batches; the checkpoint goes with the last one, so that a death in between reads again and loses nothing. */
export function* inBatches(
  source: string,
  records: readonly PlantRecord[],
  checkpoint: Checkpoint | null,
): Generator<Batch> {
  for (let from = 0; from < Math.max(1, records.length); from += size) {
    const last = from + size >= records.length;
    yield {
      source,
      records: records.slice(from, from + size),
      readings: [],
      minutes: [],
      checkpoint: last ? checkpoint : null,
    };
  }
}

/** What is forgotten is only recorded again, which changes nothing; some 4 MB. */
const remembered = 20_000;

/** Remembers what was handed over and recorded, so that an overlap is not recorded again at every poll. */
export function openSent() {
  const sent = new Map<string, string>();
  const name = (record: PlantRecord) => `${record.kind}/${record.key}`;
  return {
    forget: () => sent.clear(),
    /** Without what was handed over already, and without what stands twice among these (windows touch). */
    fresh(records: readonly PlantRecord[]): PlantRecord[] {
      const seen = new Set<string>();
      return records.filter((record) => {
        const version = `${name(record)}@${record.version}`;
        if (seen.has(version) || sent.get(name(record)) === record.version) return false;
        seen.add(version);
        return true;
      });
    },
    /** To be called when the reader came back for more: then these are recorded. */
    recorded(records: readonly PlantRecord[]) {
      if (sent.size + records.length > remembered) sent.clear();
      for (const record of records) sent.set(name(record), record.version);
    },
  };
}

/** What can be recorded of a batch, and one sentence for each record that cannot: one bad record must not block a source for ever. */
export function validBatch(given: Batch, source: string): { batch: Batch; refused: string[] } {
  if (given.source !== source)
    throw new AndonError('bad_upstream', `${source} handed over a batch of "${String(given.source)}".`);
  const refused: string[] = [];
  const records = given.records.filter((record) => {
    const checked = plantRecord.safeParse(record);
    if (checked.success && record.source === source) return true;
    const issue = checked.error?.issues[0];
    refused.push(
      `a ${String(record?.kind)} record is left out: ${issue ? `${issue.path.join('.')} ${issue.message}` : 'it names another source'}.`,
    );
    return false;
  });
  return { batch: records.length === given.records.length ? given : { ...given, records }, refused };
}
