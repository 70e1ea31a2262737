import type { MinuteReading, PlantRecord, Reading } from '../../plant/record.ts';
import { iso, millis, type Millis } from '../../plant/time.ts';

/** Everything that sources told of one case; observers take from it, add to it and bend it. */
export type Told = { records: PlantRecord[]; readings: Reading[]; minutes: MinuteReading[] };

/** Names a record for ever. */
export const recordId = (record: PlantRecord): string => `${record.source}/${record.kind}/${record.key}`;
export const signalId = (source: string, of: { equipment: string; signal: string }): string =>
  `${source}/signal/${of.equipment}/${of.signal}`;

/** Parts of a record every kind has, as a poll or a push would have given them. */
export const headerOf = (
  source: string,
  key: string,
  equipment: string | null,
  at: Millis,
  seen = at + 400,
) => ({
  source,
  key,
  version: '',
  equipment,
  at: iso(at),
  observedAt: iso(Math.max(at, seen)),
  quality: 'good' as const,
});

export const atOf = (record: PlantRecord): Millis => millis(record.at);
