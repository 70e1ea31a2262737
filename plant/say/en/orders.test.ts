import { expect, test } from 'vitest';
import type { RecordOf } from '../../record.ts';
import { line3, now, plant } from '../testing/stop.ts';
import { sayOrders } from './orders.ts';

const order = (confirmed: number): RecordOf<'order'> => ({
  kind: 'order',
  source: 'erp',
  key: '4711',
  version: '1',
  equipment: 'line-3',
  quality: 'good',
  at: '2026-11-20T13:00:00Z',
  observedAt: '2026-11-20T13:00:01Z',
  order: '4711',
  material: 'FG-1',
  description: 'Still water',
  planned: 10_000,
  confirmed,
  unit: 'PC',
  status: 'started',
  start: null,
  end: null,
  due: null,
});
const firstLine = (confirmed: number) =>
  sayOrders(
    {
      orders: [{ order: order(confirmed), line: line3.id, late: null, short: [] }],
      line: line3.id,
      total: 1,
      running: 1,
    },
    plant,
    { now },
  ).firstLine;

test('an order that got over a tenth more than was ordered is told as just that', () => {
  expect(firstLine(25_600)).toBe(
    'Order 4711 ("Still water"): running, 25,600 of 10,000 PC confirmed, far more than was ordered.',
  );
  expect(firstLine(10_900)).toBe('Order 4711 ("Still water"): running, 10,900 of 10,000 PC confirmed.');
});
