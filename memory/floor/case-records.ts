import type { PlantRecord } from '../../plant/record.ts';
import type { ClockJump } from '../../plant/diagnosis/records/jumps.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import { farthest, rowsPutRight } from './jumped-clocks.ts';
import type { EventRow } from './rows.ts';
import { eventColumns, recordOf } from './rows.ts';
import { newestOnly, statesFrom } from './states.ts';

const dayMs = 86_400_000;
/** What happens at machines; read from the beginning of the window. */
const machineKinds = ['alarm', 'note', 'scrap', 'quality', 'inspection'];
/** What the rest of the plant says; read from a day before, so that what held then is known, or from when it began to hold. */
const contextKinds = [
  'order',
  'operation',
  'material_requirement',
  'stock',
  'lot',
  'quality',
  'calendar',
  'crew',
  'maintenance',
  'system',
  'downtime_event',
  'inspection',
  'gap',
];
const mostRecords = 5_000;
/** Newest versions of one material's stock that are looked at: places times free, inspection and blocked. */
const stockVersions = 40;

/**
 * `select` part of one look at `event`: these pieces of equipment, or those records that name none. Of the latter
 * nearly all are stock, which is asked for by material: left out by the index, not read and dropped.
 */
const versionsIn = (kinds: string, from: string, to: string): string =>
  `select ${eventColumns}, id from event
   where equipment = any ($1) and kind = any (${kinds}) and at >= ${from} and at <= ${to}
   union all
   select ${eventColumns}, id from event
   where equipment is null and kind = any (array_remove(${kinds}, 'stock')) and at >= ${from} and at <= ${to}`;

/** The key tells most rows apart: compared first, a sort looks at little else. */
const sql = `
  with before as materialized (
    select distinct on (key, kind, source) * from (${versionsIn('$4::text[]', '$5', '$2')}) as b
    order by key, kind, source, at desc, observed_at desc, id desc),
  within as materialized (
    select * from (${versionsIn('$3::text[]', '$2', '$6')}) as w
    order by abs(date_part('epoch', at - $7)) limit $8),
  material as (
    select distinct body->>'material' as name from before where kind in ('material_requirement', 'lot', 'order')
    union
    select distinct body->>'material' from within where kind in ('material_requirement', 'lot', 'order')),
  found as (
    select * from before
    union all
    select * from within
    union all
    select ${eventColumns}, id from event
    where (equipment = any ($1) or equipment is null) and kind in ('calendar', 'downtime_event', 'gap')
      and until >= $2 and at < $5
    union all
    select ${eventColumns}, id from event
    where equipment = any ($1) and kind = 'state' and at >= $9 and at <= $6
    union all
    select ${eventColumns}, id from unnest($1::text[]) as e (one) cross join lateral (
      select * from event where equipment = e.one and kind = 'state' and at < $9
      order by at desc, observed_at desc, id desc limit 1) as last
    union all
    select ${eventColumns}, id from material cross join lateral (
      select *, at < $2 and lag(at) over (partition by key, source order by at desc, observed_at desc, id desc) < $2 as replaced
      from (select * from event where kind = 'stock' and body->>'material' = material.name and at <= $6
        order by at desc, observed_at desc, id desc limit ${stockVersions}) as newest) as stock
    where replaced is not true)
  select * from found order by at, observed_at, id`;

/** Which versions to keep: all in the window, the one that held when it began, and of some kinds the newest only. */
function keep(rows: readonly (EventRow & { id: string })[], from: Millis): (EventRow & { id: string })[] {
  const newest = new Map<string, string>();
  const before = new Map<string, string>();
  const seen = new Set<string>();
  const keyOf = (row: EventRow): string => `${row.source}/${row.kind}/${row.key}`;
  for (const row of rows) {
    if (row.kind === 'state') continue;
    newest.set(keyOf(row), row.id);
    if (row.at.getTime() < from) before.set(keyOf(row), row.id);
  }
  return rows.filter((row) => {
    if (seen.has(row.id)) return false;
    seen.add(row.id);
    if (row.kind === 'state') return true;
    if (newestOnly.includes(row.kind)) return newest.get(keyOf(row)) === row.id;
    return row.at.getTime() >= from || before.get(keyOf(row)) === row.id;
  });
}

type CaseRecords = {
  records: PlantRecord[];
  /** States from before the window too, for what is usual while a machine produces. */
  states: PlantRecord[];
  truncated: boolean;
};

type Asked = {
  equipment: readonly string[];
  window: { from: Millis; to: Millis };
  stopFrom: Millis;
  /** How far back states are read. */
  baselineFrom: Millis;
  /** Clocks that jumped; what they stamped is put right. */
  jumps: readonly ClockJump[];
};

type Row = EventRow & { id: string };

/** `by`: how much further on both sides. */
async function read(db: Db, asked: Asked, by: number, most: number): Promise<Row[]> {
  const { equipment, window, stopFrom, baselineFrom } = asked;
  const answer = await db.query<Row>({
    name: 'case_records',
    text: sql,
    values: [
      equipment,
      new Date(window.from - by),
      [...new Set([...machineKinds, ...contextKinds])],
      contextKinds,
      new Date(window.from - by - dayMs),
      new Date(window.to + by),
      new Date(stopFrom),
      most + 1,
      new Date(baselineFrom - by),
    ],
  });
  return answer.rows;
}

/** An hour more on both sides of a stop of minutes: its window is so many times as long. */
const jumpedWindows = 4;

/**
 * What a clock that jumped stamped lies as far off the window as it jumped: looked for there, and put right before
 * anything is cut to the window.
 */
async function readJumped(db: Db, asked: Asked): Promise<Row[]> {
  const { from, to } = asked.window;
  const rows = await read(db, asked, farthest(asked.jumps), jumpedWindows * mostRecords);
  const reachesBack = new Set(['state', ...contextKinds]);
  return rowsPutRight(rows, asked.jumps).filter(
    ({ kind, at }) => at.getTime() <= to && (at.getTime() >= from || reachesBack.has(kind)),
  );
}

/** Records around one stop, oldest first. */
export async function caseRecords(db: Db, asked: Asked): Promise<CaseRecords> {
  const { from } = asked.window;
  const rows = await (asked.jumps.length > 0 ? readJumped(db, asked) : read(db, asked, 0, mostRecords));
  const inside = rows.filter((row) => row.kind !== 'state' && row.at.getTime() >= from).length;
  const all = keep(rows, from).map(recordOf);
  return {
    records: statesFrom(all, from),
    states: all.filter((record) => record.kind === 'state'),
    truncated: inside > mostRecords,
  };
}
