import type { Plant } from '../../equipment.ts';
import type { RecordOf } from '../../record.ts';
import { millis } from '../../time.ts';
import { localWhen } from '../local-time.ts';
import { compose, factual, quote, unknown } from '../said.ts';
import type { Now, Said } from '../said.ts';
import { confirmedWords, count, doneWords, lineName, listed } from './words.ts';

/** One order as it stands. `late`: due before the rest can be made; null: cannot be told. `short`: materials that do not suffice. */
type OrderNow = {
  order: RecordOf<'order'>;
  line: string | null;
  late: boolean | null;
  short: readonly RecordOf<'material_requirement'>[];
};

const statusWords: Record<RecordOf<'order'>['status'], string> = {
  created: 'planned',
  released: 'released',
  started: 'running',
  held: 'on hold',
  completed: 'completed',
  closed: 'closed',
  cancelled: 'cancelled',
  unknown: 'status unknown',
};

const idOf = ({ order }: OrderNow): string => `${order.source}/order/${order.key}`;

const nameOf = ({ order }: OrderNow): string => quote(order.description || order.material, 60);

/** Which orders run, wait or were done. `orders`: those that are shown, of `total`, of which `running` run. */
export function sayOrders(
  about: { orders: readonly OrderNow[]; line: string | null; total: number; running: number },
  plant: Plant,
  { now }: Now,
): Said {
  const { orders, line, total, running } = about;
  const where = line ? ` on ${lineName(plant, line)}` : '';
  const words = (one: OrderNow): string => {
    const { order } = one;
    const due = order.due ? `, due ${localWhen(millis(order.due), plant.timezone, now)}` : '';
    const late = one.late ? ', will be late' : '';
    const at = line === null && one.line ? ` on ${lineName(plant, one.line)}` : '';
    const short = one.short.map(({ description, material }) => quote(description || material, 40));
    const lacks = short.length > 0 ? `, short of ${listed(short)}` : '';
    return `Order ${order.order}${at} (${nameOf(one)}): ${statusWords[order.status]}, ${confirmedWords(order)}${due}${late}${lacks}`;
  };
  const only = orders.find(({ order }) => order.status === 'started');
  const one = running === 1 && only ? only : null;
  const first = one
    ? factual(`${words(one)}.`, [idOf(one)])
    : orders.length === 0
      ? unknown(`No order is known${where}.`)
      : factual(
          `${count(total, 'order')}${where}, ${running === 0 ? 'none' : running} of them running.`,
          orders.map(idOf),
        );
  const others = orders.filter((order) => order !== one);
  return compose({
    first,
    blocks: [{ list: true, sentences: others.slice(0, 8).map((each) => factual(words(each), [idOf(each)])) }],
    table: {
      columns: ['Order', 'Product', 'Status', 'Confirmed', 'Due'],
      rows: orders.map((each) => [
        each.order.order,
        nameOf(each),
        statusWords[each.order.status],
        doneWords(each.order),
        each.order.due ? localWhen(millis(each.order.due), plant.timezone, now) : '-',
      ]),
      evidence: orders.map((each) => [idOf(each)]),
    },
    followUps: line ? [`How is ${lineName(plant, line)} now?`] : [],
  });
}
