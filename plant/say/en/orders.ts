import type { Plant } from '../../equipment.ts';
import type { RecordOf } from '../../record.ts';
import { millis } from '../../time.ts';
import { localWhen } from '../local-time.ts';
import { compose, factual, quoted } from '../said.ts';
import type { Now, Said } from '../said.ts';
import { count, figure, lineName } from './words.ts';

export type OrderNow = RecordOf<'order'> & {
  missing?: readonly { material: string; short: number; unit: string }[];
};

const statusWords: Record<OrderNow['status'], string> = {
  created: 'planned',
  released: 'released',
  started: 'running',
  held: 'on hold',
  completed: 'completed',
  closed: 'closed',
  cancelled: 'cancelled',
  unknown: 'status unknown',
};

const idOf = (order: OrderNow): string => `${order.source}/order/${order.key}`;

/** Which orders run, wait or were done. */
export function sayOrders(
  about: { orders: readonly OrderNow[]; line: string | null; total: number },
  plant: Plant,
  { now }: Now,
): Said {
  const { orders, line, total } = about;
  const where = line ? ` on ${lineName(plant, line)}` : '';
  const amount = (order: OrderNow): string =>
    `${figure(order.confirmed)} of ${figure(order.planned)}${order.unit === '' ? '' : ` ${order.unit}`}`;
  const words = (order: OrderNow): string => {
    const due = order.due ? `, due ${localWhen(millis(order.due), plant.timezone, now)}` : '';
    const name = quoted(order.description || order.material, 60);
    const at = line === null && order.equipment ? ` on ${lineName(plant, order.equipment)}` : '';
    return `Order ${order.order}${at} (${name}): ${statusWords[order.status]}, ${amount(order)} confirmed${due}`;
  };
  const [running, ...more] = orders.filter(({ status }) => status === 'started');
  const first =
    running && more.length === 0
      ? factual(`${words(running)}.`, [idOf(running)])
      : orders.length === 0
        ? { text: `No order is known${where}.`, kind: 'unknown' as const, evidence: [] }
        : factual(
            `${count(total, 'order')}${where}, ${count(running ? more.length + 1 : 0, 'of them running', 'of them running')}.`,
            orders.map(idOf),
          );
  const others = orders.filter((order) => order !== running || more.length > 0);
  return compose({
    first,
    blocks: [
      { list: true, sentences: others.slice(0, 8).map((order) => factual(words(order), [idOf(order)])) },
      { sentences: orders.length < total ? [factual(`Shown are ${orders.length} of ${total}.`)] : [] },
    ],
    table: {
      columns: ['Order', 'Product', 'Status', 'Confirmed', 'Due'],
      rows: orders.map((order) => [
        order.order,
        quoted(order.description || order.material, 60),
        statusWords[order.status],
        amount(order),
        order.due ? localWhen(millis(order.due), plant.timezone, now) : '-',
      ]),
      evidence: orders.map((order) => [idOf(order)]),
    },
    followUps: line ? [`How is ${lineName(plant, line)} now?`] : [],
  });
}
