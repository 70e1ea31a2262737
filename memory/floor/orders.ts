import type { Plant } from '../../plant/equipment.ts';
import type { RecordOf } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import type { Db } from '../db.ts';
import type { EventRow } from './rows.ts';
import { eventColumns, recordOf } from './rows.ts';

/** One order as it stands, with what its lateness and its material hang on. */
export type OrderState = {
  order: RecordOf<'order'>;
  line: string | null;
  operations: RecordOf<'operation'>[];
  requirements: RecordOf<'material_requirement'>[];
  /** Quantity still to make, in the order's unit, at least 0. */
  remaining: number;
  /** Seconds until it is due; negative when it is past; null where no due time is known. */
  dueInS: number | null;
  /** Remaining divided by the line's rate, seconds; null without a rate or when nothing remains to be made. */
  neededS: number | null;
  /** Due earlier than the rest can be made at the line's rate; null where it cannot be told. */
  late: boolean | null;
  /** Required minus withdrawn is more than is available. */
  short: RecordOf<'material_requirement'>[];
};

/** Orders that changed this long ago are history. */
const lookBackMs = 30 * 86_400_000;
const over = new Set(['completed', 'closed', 'cancelled']);

/** The line a piece of equipment belongs to. */
const lineOfEquipment = (plant: Plant, equipment: string | null): string | null =>
  equipment === null
    ? null
    : (plant.lines.find((line) => line.id === equipment || equipment.startsWith(`${line.id}.`))?.id ?? null);

function stateOf(
  plant: Plant,
  order: RecordOf<'order'>,
  others: readonly RecordOf<'operation' | 'material_requirement'>[],
  now: Millis,
): OrderState {
  const line = lineOfEquipment(plant, order.equipment);
  const rate = plant.lines.find((one) => one.id === line)?.rate;
  const remaining = over.has(order.status) ? 0 : Math.max(0, order.planned - order.confirmed);
  const dueInS = order.due === null ? null : Math.round((Date.parse(order.due) - now) / 1000);
  const neededS = rate === undefined || remaining === 0 ? null : Math.round((remaining / rate) * 60);
  const requirements = others.filter(
    (one): one is RecordOf<'material_requirement'> => one.kind === 'material_requirement',
  );
  return {
    order,
    line,
    operations: others.filter((one): one is RecordOf<'operation'> => one.kind === 'operation'),
    requirements,
    remaining,
    dueInS,
    neededS,
    late:
      dueInS === null
        ? null
        : remaining === 0
          ? false
          : neededS === null
            ? dueInS < 0
              ? true
              : null
            : neededS > dueInS,
    short: requirements.filter(
      (one) => one.available !== null && one.required - one.withdrawn > one.available,
    ),
  };
}

/**
 * The current version of each order, those in work first, then by due time. `open: true`: without finished ones.
 * `at`: as it was known at that time (default now).
 */
export async function listOrders(
  pool: Db,
  plant: Plant,
  query: {
    line?: string | undefined;
    open?: boolean | undefined;
    order?: string | undefined;
    limit?: number | undefined;
  },
  now: Millis,
): Promise<OrderState[]> {
  const answer = await pool.query<EventRow>(
    `select distinct on (source, kind, key) ${eventColumns} from event
     where kind in ('order', 'operation', 'material_requirement') and at between $1 and $2
       and ($3::text is null or body->>'order' = $3)
     order by source, kind, key, at desc, observed_at desc, id desc`,
    [new Date(now - lookBackMs), new Date(now), query.order ?? null],
  );
  const records = answer.rows.map(recordOf);
  const others = new Map<string, RecordOf<'operation' | 'material_requirement'>[]>();
  for (const record of records) {
    if (record.kind !== 'operation' && record.kind !== 'material_requirement') continue;
    const list = others.get(record.order) ?? [];
    others.set(record.order, list);
    list.push(record);
  }
  const rank = (state: OrderState): number =>
    state.order.status === 'started' ? 0 : over.has(state.order.status) ? 2 : 1;
  return records
    .filter((record): record is RecordOf<'order'> => record.kind === 'order')
    .map((order) => stateOf(plant, order, others.get(order.order) ?? [], now))
    .filter(
      (state) =>
        (query.line === undefined || state.line === query.line) &&
        (!query.open || !over.has(state.order.status)),
    )
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        (a.dueInS ?? Infinity) - (b.dueInS ?? Infinity) ||
        a.order.order.localeCompare(b.order.order),
    )
    .slice(0, query.limit ?? 50);
}
