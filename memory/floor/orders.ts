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

function stateOf(plant: Plant, order: RecordOf<'order'>, others: readonly Part[], now: Millis): OrderState {
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
 * ERP and MES tell of the same order under the same number: it is one, as the ERP plans it (it knows when it is
 * due), with the status of whoever looked last.
 */
function joined(orders: readonly RecordOf<'order'>[]): RecordOf<'order'>[] {
  const byNumber = Map.groupBy(orders, ({ order }) => order.replace(/^0+(?=\d)/, ''));
  return [...byNumber.values()].flatMap((same) => {
    const [base] = same.toSorted(
      (a, b) => Number(a.due === null) - Number(b.due === null) || Date.parse(b.at) - Date.parse(a.at),
    );
    const [latest] = same
      .filter(({ status }) => status !== 'unknown')
      .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
    return base ? [{ ...base, status: latest?.status ?? base.status }] : [];
  });
}

type Part = RecordOf<'operation' | 'material_requirement'>;

/** Operations and requirements of these orders in their newest version, by order. */
async function partsOf(
  pool: Db,
  orders: readonly RecordOf<'order'>[],
  now: Millis,
): Promise<Map<string, Part[]>> {
  const found = new Map<string, Part[]>();
  if (orders.length === 0) return found;
  const answer = await pool.query<EventRow>(
    `select distinct on (source, kind, key) ${eventColumns} from event
     where kind in ('operation', 'material_requirement') and body->>'order' = any ($1) and at <= $2
     order by source, kind, key, at desc, observed_at desc, id desc`,
    [orders.map((order) => order.order), new Date(now)],
  );
  for (const row of answer.rows) {
    const part = recordOf(row) as Part;
    const list = found.get(part.order) ?? [];
    found.set(part.order, list);
    list.push(part);
  }
  return found;
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
  const own = plant.lines.find((line) => line.id === query.line);
  const equipment = own ? [own.id, ...own.machines.map((machine) => machine.id)] : null;
  const newest = await pool.query<EventRow>(
    `select distinct on (source, key) ${eventColumns} from event
     where kind = 'order' and at between $1 and $2
       and ($3::text is null or body->>'order' = $3) and ($4::text[] is null or equipment = any ($4))
     order by source, key, at desc, observed_at desc, id desc`,
    [new Date(now - lookBackMs), new Date(now), query.order ?? null, equipment],
  );
  const orders = joined(newest.rows.map((row) => recordOf(row) as RecordOf<'order'>)).filter(
    (order) => !query.open || !over.has(order.status),
  );
  const others = await partsOf(pool, orders, now);
  const rank = (state: OrderState): number =>
    state.order.status === 'started' ? 0 : over.has(state.order.status) ? 2 : 1;
  return orders
    .map((order) => stateOf(plant, order, others.get(order.order) ?? [], now))
    .filter((state) => query.line === undefined || state.line === query.line)
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        (a.dueInS ?? Infinity) - (b.dueInS ?? Infinity) ||
        a.order.order.localeCompare(b.order.order),
    )
    .slice(0, query.limit ?? 50);
}
