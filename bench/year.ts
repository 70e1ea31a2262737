import type { Pool } from 'pg';
import { makePartitions } from '../memory/floor/partitions.ts';
import type { Line, Plant } from '../plant/equipment.ts';
import { now } from './floor.ts';

const dayMs = 86_400_000;
/** The past that is copied, and how often it goes back to fill a year. */
const baseDays = 14;
const copies = 25;
/** Minutes of values go back this many copies: they fill the months that the last 14 days touch. */
const minuteCopies = 2;
/** Lines made of others, in two lots: an id becomes another wherever it stands. */
type Lot = readonly (readonly [from: string, to: string])[];
const lots: readonly Lot[] = [
  [
    ['line-1', 'line-5'],
    ['line-2', 'line-6'],
    ['line-3', 'line-7'],
    ['line-4', 'line-8'],
  ],
  [
    ['line-1', 'line-9'],
    ['line-2', 'line-10'],
  ],
];

/** The demo plant with ten lines; what serves a line serves its copies. */
export function tenLines(plant: Plant): Plant {
  const pairs = lots.flat();
  const copied = pairs.flatMap(([from, to]) => {
    const line = plant.lines.find(({ id }) => id === from);
    return line ? [renamed(line, from, to)] : [];
  });
  const serving = <T extends { serves: string[] }>(thing: T): T => ({
    ...thing,
    serves: [
      ...thing.serves,
      ...pairs.flatMap(([from, to]) =>
        thing.serves
          .filter((id) => id === from || id.startsWith(`${from}.`))
          .map((id) => to + id.slice(from.length)),
      ),
    ],
  });
  return {
    ...plant,
    lines: [...plant.lines, ...copied],
    utilities: plant.utilities.map(serving),
    systems: plant.systems.map(serving),
  };
}

function renamed(line: Line, from: string, to: string): Line {
  const copy = JSON.parse(JSON.stringify(line).replaceAll(from, to)) as Line;
  return { ...copy, name: `Line ${to.slice('line-'.length)}`, aliases: [] };
}

/**
 * Makes of 14 days of the demo plant a year of events of ten lines, with values as retention leaves them: raw ones of
 * 14 days, minutes behind them. The other lines and the time before are copies of what is there. Months further
 * back than those that the stops of the last 14 days touch have their partitions for minutes, but no rows in them.
 */
export async function growToYear(pool: Pool): Promise<void> {
  const indexes = await withoutIndexes(pool);
  await pool.query('create table before as select * from event');
  for (const [index, lot] of lots.entries()) {
    await copyEvents(pool, lot, index + 1);
    await copyValues(pool, lot);
  }
  await pool.query('drop table before');
  await pool.query('create table before as select * from event');
  for (let turn = 1; turn <= copies; turn += 1) await goBack(pool, turn);
  await pool.query('drop table before');
  for (const sql of indexes) await pool.query(sql);
  const months = Array.from({ length: 13 }, (_, month) => ({ at: now - month * 30 * dayMs }));
  await makePartitions(pool, 'signal_minute', months.reverse(), now);
  for (let turn = 1; turn <= minuteCopies; turn += 1)
    await pool.query(
      `insert into signal_minute select series, at - $1 * interval '1 day', value, low, high, count
       from signal_minute where at > $2 on conflict do nothing`,
      [turn * baseDays, new Date(now - baseDays * dayMs)],
    );
}

/** Millions of rows go in four times as fast when indexes are made afterwards. Returns what makes them. */
async function withoutIndexes(pool: Pool): Promise<string[]> {
  const { rows } = await pool.query<{ name: string; sql: string }>(
    `select indexname as name, indexdef as sql from pg_indexes
     where tablename = 'event' and indexname not in ('event_pkey', 'event_once')`,
  );
  for (const { name } of rows) await pool.query(`drop index ${name}`);
  await pool.query('alter table event drop constraint event_once');
  return [
    ...rows.map(({ sql }) => sql),
    'alter table event add constraint event_once unique (source, kind, key, version)',
  ];
}

const renaming = (column: string, lot: Lot): string =>
  lot.reduce((sql, [from, to]) => `replace(${sql}, '${from}', '${to}')`, column);

/** Events of the lot's lines, and stock with materials of their own, so that no line eats another's. */
async function copyEvents(pool: Pool, lot: Lot, number: number): Promise<void> {
  const own = lot.map(([from]) => `equipment = '${from}' or equipment like '${from}.%'`).join(' or ');
  await pool.query(
    `insert into event (source, kind, key, version, equipment, at, observed_at, quality, until, body)
     select source, kind, ${renaming('key', lot)} || '/${number}', version, ${renaming('equipment', lot)},
       at, observed_at, quality, until,
       case when new.body ? 'material'
         then jsonb_set(new.body, '{material}', to_jsonb((new.body->>'material') || '-${number}'))
         else new.body end
     from before cross join lateral (select ${renaming('before.body::text', lot)}::jsonb as body) as new
     where ${own} or kind in ('stock', 'lot')`,
  );
}

async function copyValues(pool: Pool, lot: Lot): Promise<void> {
  for (const [from, to] of lot) {
    await pool.query(
      `insert into signal_series (source, equipment, signal)
       select source, replace(equipment, $1, $2), signal from signal_series where equipment like $1 || '.%'`,
      [from, to],
    );
    for (const [table, columns] of [
      ['signal', 'at, value'],
      ['signal_minute', 'at, value, low, high, count'],
    ])
      await pool.query(
        `insert into ${table} select copy.id, ${columns} from ${table}
         join signal_series as own on own.id = series and own.equipment like $1 || '.%'
         join signal_series as copy on copy.source = own.source and copy.signal = own.signal
           and copy.equipment = replace(own.equipment, $1, $2)`,
        [from, to],
      );
  }
}

/** All events once more, so many times 14 days earlier. */
async function goBack(pool: Pool, turn: number): Promise<void> {
  await pool.query(
    `insert into event (source, kind, key, version, equipment, at, observed_at, quality, until, body)
     select source, kind, case when kind in ('stock', 'lot') then key else key || '~${turn}' end,
       version || '~${turn}', equipment, at - ${turn} * interval '14 days',
       observed_at - ${turn} * interval '14 days', quality,
       until - ${turn} * interval '14 days', body
     from before order by at`,
  );
}
