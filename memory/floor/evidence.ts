import type { CauseRecord } from '../../plant/cause-record.ts';
import type { ConfirmedCause } from '../../plant/diagnosis/stop-case.ts';
import { confirmedKind, confirmedSource } from '../../plant/diagnosis/stop-case.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { PlantRecord } from '../../plant/record.ts';
import { confirmedCause } from '../causes.ts';
import { causeRecords } from '../corrections.ts';
import type { Db } from '../db.ts';
import type { EventRow } from './rows.ts';
import { eventColumns, recordOf } from './rows.ts';
import { unitOf } from './scope.ts';

/** What an evidence id points at: a record in its newest version, or one value of a signal. */
type Found =
  | { kind: 'record'; record: PlantRecord; versions: number }
  | {
      kind: 'signal';
      source: string;
      equipment: string;
      signal: string;
      unit: string;
      at: string;
      value: number;
    }
  | { kind: 'cause'; confirmed: ConfirmedCause; record: CauseRecord | null };

/** What a person confirmed for a stop, with the record of its cause that is kept since. */
async function confirmationOf(pool: Db, stop: string): Promise<Found | null> {
  const confirmed = await confirmedCause(pool, stop);
  if (!confirmed) return null;
  return { kind: 'cause', confirmed, record: (await causeRecords(pool, [stop])).at(-1) ?? null };
}

/** `andon/cause/<stop>`, `source/kind/key`, or `source/signal/equipment/name@time`. Keys may hold slashes. */
export async function recordById(pool: Db, id: string, plant?: Plant): Promise<Found | null> {
  const [source = '', kind = '', ...rest] = id.split('/');
  const key = rest.join('/');
  if (source === confirmedSource && kind === confirmedKind) return confirmationOf(pool, key);
  if (kind === 'signal') return valueById(pool, source, key, plant);
  const answer = await pool.query<EventRow & { versions: number }>(
    `select ${eventColumns}, count(*) over ()::int as versions from event
     where source = $1 and kind = $2 and key = $3 order by at desc, observed_at desc, id desc limit 1`,
    [source, kind, key],
  );
  const row = answer.rows[0];
  return row ? { kind: 'record', record: recordOf(row), versions: row.versions } : null;
}

async function valueById(pool: Db, source: string, key: string, plant?: Plant): Promise<Found | null> {
  const parts = /^(.*)\/([^/@]+)@(.+)$/.exec(key);
  const at = Date.parse(parts?.[3] ?? '');
  if (!parts || Number.isNaN(at)) return null;
  const [, equipment = '', signal = ''] = parts;
  // A value may have been shown from its minute: then the raw one is not there.
  const answer = await pool.query<{ at: Date; value: number }>(
    `select v.at, v.value from signal_series s cross join lateral (
       select at, value, 0 as rank from signal where series = s.id and at = $4
       union all
       select at, value, 1 from signal_minute where series = s.id and at = $4
       union all
       (select at, value, 2 from signal_minute where series = s.id and at <= $4 order by at desc limit 1)) as v
     where s.source = $1 and s.equipment = $2 and s.signal = $3 order by v.rank limit 1`,
    [source, equipment, signal, new Date(at)],
  );
  const row = answer.rows[0];
  if (!row) return null;
  return {
    kind: 'signal',
    source,
    equipment,
    signal,
    unit: plant ? unitOf(plant, equipment, signal) : '',
    at: row.at.toISOString(),
    value: row.value,
  };
}
