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

function stateOf(plant: Plant, { order, line }: Told, others: readonly Part[], now: Millis): OrderState {
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

/** SAP writes `000004711` where others write `4711`. */
const numberOf = (order: string): string => order.replace(/^0+(?=\d)/, '');
/** Every spelling that is known, and SAP's twelve digits. */
const spellingsOf = ({ order, records }: Told): string[] => [
  ...records.map((one) => one.order),
  numberOf(order.order),
  numberOf(order.order).padStart(12, '0'),
];

/** What is told of one order, and where it is made. */
type Told = { line: string | null; records: RecordOf<'order'>[]; order: RecordOf<'order'> };

/**
 * ERP and MES tell of the same order of a line under the same number: it is one, as the ERP plans it (it knows when
 * it is due), with the status of whoever looked last. Systems count on their own, so the same number at another line
 * is another order; told without a line, it is the one of the only line that has it.
 */
function joined(plant: Plant, orders: readonly RecordOf<'order'>[]): Told[] {
  const byNumber = Map.groupBy(orders, ({ order }) => numberOf(order));
  return [...byNumber.values()].flatMap((same) => {
    const lines = new Set(same.map(({ equipment }) => lineOfEquipment(plant, equipment)));
    const [only = null, ...more] = [...lines].filter((line) => line !== null);
    const homeless = more.length === 0 ? only : null;
    const byLine = Map.groupBy(same, ({ equipment }) => lineOfEquipment(plant, equipment) ?? homeless);
    return [...byLine].flatMap(([line, records]) => {
      const [first] = records.toSorted(
        (a, b) => Number(a.due === null) - Number(b.due === null) || Date.parse(b.at) - Date.parse(a.at),
      );
      const [latest] = records
        .filter(({ status }) => status !== 'unknown')
        .toSorted((a, b) => Date.parse(b.at) - Date.parse(a.at));
      if (!first) return [];
      return [{ line, records, order: { ...first, status: latest?.status ?? first.status } }];
    });
  });
}

type Part = RecordOf<'operation' | 'material_requirement'>;

/** Operations and requirements of these orders in their newest version, by number. */
async function partsOf(pool: Db, orders: readonly Told[], now: Millis): Promise<Map<string, Part[]>> {
  if (orders.length === 0) return new Map();
  const answer = await pool.query<EventRow>(
    `select distinct on (source, kind, key) ${eventColumns} from event
     where kind in ('operation', 'material_requirement') and body->>'order' = any ($1) and at <= $2
     order by source, kind, key, at desc, observed_at desc, id desc`,
    [orders.flatMap(spellingsOf), new Date(now)],
  );
  return Map.groupBy(
    answer.rows.map((row) => recordOf(row) as Part),
    ({ order }) => numberOf(order),
  );
}

/** Is it a part of this one of the orders of its number? Of the same line; told without one, of whoever tells of the order. */
function belongs(plant: Plant, part: Part, { line, records }: Told, only: boolean): boolean {
  const at = lineOfEquipment(plant, part.equipment);
  if (at !== null && line !== null) return at === line;
  return only || records.some(({ source }) => source === part.source);
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
  const newest = await pool.query<EventRow>(
    `select distinct on (source, key) ${eventColumns} from event
     where kind = 'order' and at between $1 and $2
       and ($3::text is null or regexp_replace(body->>'order', '^0+(?=[0-9])', '') = $3)
     order by source, key, at desc, observed_at desc, id desc`,
    [new Date(now - lookBackMs), new Date(now), query.order === undefined ? null : numberOf(query.order)],
  );
  const records = newest.rows.map((row) => recordOf(row) as RecordOf<'order'>);
  const all = joined(plant, records);
  const byNumber = Map.groupBy(all, ({ order }) => numberOf(order.order));
  const orders = all.filter(
    ({ order, line }) =>
      (!query.open || !over.has(order.status)) && (query.line === undefined || line === query.line),
  );
  const parts = await partsOf(pool, orders, now);
  const rank = (state: OrderState): number =>
    state.order.status === 'started' ? 0 : over.has(state.order.status) ? 2 : 1;
  return orders
    .map((told) => {
      const number = numberOf(told.order.order);
      const only = byNumber.get(number)?.length === 1;
      const own = (parts.get(number) ?? []).filter((part) => belongs(plant, part, told, only));
      return stateOf(plant, told, own, now);
    })
    .sort(
      (a, b) =>
        rank(a) - rank(b) ||
        (a.dueInS ?? Infinity) - (b.dueInS ?? Infinity) ||
        a.order.order.localeCompare(b.order.order),
    )
    .slice(0, query.limit ?? 50);
}
