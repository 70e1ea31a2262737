import { createHash } from 'node:crypto';
import type { PlantRecord } from '../../plant/record.ts';

/** A row of `event` as `pg` gives it. */
export type EventRow = {
  source: string;
  kind: string;
  key: string;
  version: string;
  equipment: string | null;
  at: Date;
  observed_at: Date;
  quality: string;
  body: Record<string, unknown>;
};

export const eventColumns = 'source, kind, key, version, equipment, at, observed_at, quality, body';

/** The record a row was made from. */
export function recordOf(row: EventRow): PlantRecord {
  return {
    kind: row.kind,
    source: row.source,
    key: row.key,
    version: row.version,
    equipment: row.equipment,
    at: row.at.toISOString(),
    observedAt: row.observed_at.toISOString(),
    quality: row.quality,
    ...row.body,
  } as PlantRecord;
}

/** btree entries hold 2,704 bytes: of a longer key this much stays, and what tells it from others of its beginning. */
const longestKey = 500;

const indexable = (key: string): string =>
  key.length <= longestKey
    ? key
    : `${key.slice(0, longestKey - 17)}~${createHash('sha256').update(key).digest('hex').slice(0, 16)}`;

/** Postgres keeps neither NUL nor half of a surrogate pair; JSON writes both as escapes, and no others that matter. */
const unstorable = /(?<!\\)((?:\\\\)*)\\u(?:0000|d[89a-f][0-9a-f]{2})/g;

/** JSON that every Postgres takes, whatever another system wrote into its texts. */
export function storableJson(value: unknown): string {
  const json = JSON.stringify(value);
  return json.includes('\\u') ? json.replaceAll(unstorable, '$1\\ufffd') : json;
}

type Lasting = Extract<PlantRecord, { from: string }>;
/** What has a beginning and an end. */
export const lasts = (record: PlantRecord): record is Lasting => 'from' in record;

/** The rows of some records as one JSON text for `json_to_recordset`. */
export function eventJson(records: readonly PlantRecord[]): string {
  return storableJson(
    records.map((record) => {
      const { kind, source, key, version, equipment, at, observedAt, quality, ...body } = record;
      return {
        s: source,
        k: kind,
        i: indexable(key),
        v: indexable(version),
        e: equipment,
        a: at,
        o: observedAt,
        q: quality,
        b: body,
        u: lasts(record) ? (record.to ?? 'infinity') : null,
      };
    }),
  );
}
