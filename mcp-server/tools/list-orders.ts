import { z } from 'zod';
import { resolveLine } from '../../plant/names.ts';
import { listOrders } from '../../memory/floor/orders.ts';
import { completenessOf } from '../completeness.ts';
import { asEvidence } from '../gaps.ts';
import { defineTool, reads } from '../tool.ts';

export default defineTool({
  name: 'list_orders',
  title: 'List orders',
  description:
    'Production orders: which runs, which wait, how much is confirmed, when it is due, what material is short. By default the open orders of all lines.',
  input: {
    line: z.string().max(200).optional().describe('Line as people call it; empty: all lines'),
    order: z.string().max(60).optional().describe('One order by its number'),
    include_finished: z.boolean().default(false),
    limit: z.number().int().min(1).max(50).default(10),
  },
  data: {
    orders: z.array(
      z.object({
        order: z.string(),
        line: z.string().nullable(),
        material: z.string(),
        description: z.string(),
        status: z.string(),
        planned: z.number(),
        confirmed: z.number(),
        unit: z.string(),
        due: z.string().nullable(),
        late: z.boolean().nullable(),
        short: z.array(z.string()),
      }),
    ),
    total: z.number(),
  },
  annotations: reads,
  async run(input, context) {
    const { plant, pool, now, say } = context;
    const line = input.line ? resolveLine(plant, input.line).id : undefined;
    const open = !input.include_finished && input.order === undefined;
    const order = input.order?.trim().replace(/^0+(?=\d)/, '');
    const all = await listOrders(pool, plant, { line, open, order, limit: Infinity }, now);
    const shown = all.slice(0, input.limit);
    const cut = shown.length < all.length ? say.shownOf(shown.length, all.length) : null;
    return {
      said: say.sayOrders(
        {
          orders: shown,
          line: line ?? null,
          total: all.length,
          running: all.filter(({ order: one }) => one.status === 'started').length,
        },
        plant,
        { now },
      ),
      data: {
        orders: shown.map(({ order: one, line: at, late, short }) => ({
          order: one.order,
          line: at,
          material: one.material,
          description: one.description,
          status: one.status,
          planned: one.planned,
          confirmed: one.confirmed,
          unit: one.unit,
          due: one.due,
          late,
          short: short.map(({ material }) => material),
        })),
        total: all.length,
      },
      evidence: shown.flatMap(({ order: one, short }) =>
        [one, ...short].map((record) => asEvidence(context, record)),
      ),
      completeness: completenessOf(context, { truncated: cut }),
      ...(cut ? { next: 'To see the rest, name a line or raise the limit.' } : {}),
    };
  },
});
