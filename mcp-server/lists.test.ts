import { expect, it } from 'vitest';
import { openException } from '../memory/exceptions/exceptions.ts';
import { batch } from '../plant/record.ts';
import { iso } from '../plant/time.ts';
import { clientInMemory } from './testing/clients.ts';
import { testNow } from './testing/plant.ts';
import { openToday } from './testing/today.ts';

const at = iso(testNow - 60_000);
const order = (number: number) => ({
  kind: 'order',
  source: 'erp',
  key: `${number}`,
  equipment: 'line-3',
  at,
  observedAt: at,
  order: `${number}`,
  material: 'COLA-05',
  planned: 100,
  status: number < 20 ? 'started' : 'released',
});

it('counts what it does not show, and says where it did not count on', async () => {
  const orders = Array.from({ length: 230 }, (_, number) => order(number));
  const today = await openToday([batch.parse({ source: 'erp', records: orders })]);
  const client = await clientInMemory(today.mcp);
  const call = async (name: string, input: object = {}) => {
    const { structuredContent } = await client.callTool({ name, arguments: { ...input } });
    return structuredContent as { first_line: string; total: number; completeness: { missing: string[] } };
  };
  for (let number = 0; number < 60; number += 1) {
    const since = iso(testNow - number * 60_000);
    const found = { line: 'line-3', place: null, cause: 'unknown', class: null, severity: 'medium' } as const;
    const made = { detector: 'stop', key: `stop/line-3@${since}`, since, ...found };
    await openException(today.memory.pool, made, since);
  }

  const all = await call('list_orders');
  expect(all).toMatchObject({ first_line: '230 orders, 20 of them running.', total: 230 });
  expect(all.completeness.missing).toContain('Shown are 10 of 230.');
  const alerts = await call('list_alerts');
  expect(alerts).toMatchObject({ first_line: 'More than 50 open alerts.', total: 50 });
  expect(alerts.completeness.missing).toContain('Shown are 20 of more than 50.');
  expect((await call('list_alerts', { line: 'line 1' })).first_line).toBe('No open alert for Line 1.');
  await client.close();
  await today.close();
});
