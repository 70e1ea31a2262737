import { afterEach, beforeEach, expect, test } from 'vitest';
import { changeAlert, listAlerts } from '../../memory/exceptions/alerts.ts';
import { iso } from '../../plant/time.ts';
import { openMessages, type Messages } from './messages.ts';
import { openFloor, start, type Floor } from './testing/floor.ts';

let floor: Floor;
let messages: Messages;
/** How often the alert was rendered: each time the health of the sources is asked for once. */
let rendered = 0;
let alert = '';
beforeEach(async () => {
  floor = await openFloor();
  await floor.fillerHolds(start);
  floor.set(start + 90_000);
  await floor.parts().turn();
  alert = floor.last().alert;
  rendered = 0;
  const health = () => {
    rendered += 1;
    return floor.look.health();
  };
  messages = openMessages({ ...floor.look, health }, floor.clock);
});
afterEach(() => floor.close());
const listed = async () => {
  const [found] = await listAlerts(floor.memory.pool);
  if (!found) throw new Error('no alert is open');
  return found;
};
const looked = async () => messages.of(await listed());

test('all who look within a few seconds see one rendering', async () => {
  const seen = await Promise.all([looked(), looked(), messages.byId(alert)]);
  expect(rendered).toBe(1);
  expect(seen[1]).toBe(seen[0]);
  expect(seen[2]).toBe(seen[0]);
  floor.set(start + 99_999);
  await looked();
  expect(rendered).toBe(1);
  floor.set(start + 100_000);
  await looked();
  expect(rendered).toBe(2);
});

test('it counts only as long as nothing changed', async () => {
  await looked();
  messages.forget([{ equipment: 'line-2.filler' }]);
  await looked();
  expect(rendered).toBe(1);
  for (const equipment of ['line-1.filler', 'line-1', 'compressed-air', null]) {
    const before = rendered;
    messages.forget([{ equipment: 'line-2.filler' }, { equipment }]);
    await looked();
    expect(rendered).toBe(before + 1);
  }
  messages.forget();
  await looked();
  expect(rendered).toBe(6);
  await changeAlert(floor.memory.pool, alert, 'acknowledge', { by: 'the supervisor' }, iso(floor.clock()));
  expect(await looked()).toMatchObject({ state: 'acknowledged' });
  expect(rendered).toBe(7);
});

test('what was recorded while it was rendered is in the next', async () => {
  const first = messages.of(await listed());
  messages.forget([{ equipment: 'line-1.filler' }]);
  await first;
  await looked();
  expect(rendered).toBe(2);
});

test('one that failed is not kept, one that is gone is none', async () => {
  const found = await listed();
  const broken = { ...found, exception: { ...found.exception, timeline: [{ at: 'never', text: '' }] } };
  await expect(messages.of(broken)).rejects.toThrow(RangeError);
  expect(await messages.of(found)).toMatchObject({ alert });
  expect(await messages.byId('a-none')).toBeNull();
});
