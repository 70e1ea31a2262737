/** Alerts as pages show them: what is open, however old, and what ended within the hour. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { endException, openException } from '../../memory/exceptions/exceptions.ts';
import { plantRecord } from '../../plant/record.ts';
import { iso } from '../../plant/time.ts';
import { minute, openFloor, plant, start, type Floor } from './testing/floor.ts';
import { openWatch, type Watch } from './watch.ts';

let floor: Floor;
let watch: Watch;
beforeEach(async () => {
  floor = await openFloor();
  watch = openWatch({
    memory: floor.memory,
    plant,
    people: [],
    clock: floor.clock,
    health: floor.look.health,
    surfaces: () => floor.surfaces,
    detectors: [],
    retention: { rawDays: 14, minuteDays: 400, eventDays: 1_100 },
    redisUrl: null,
    log: floor.look.log,
  });
});
afterEach(async () => {
  await watch.close();
  await floor.close();
});

async function opened(key: string, at: number) {
  const since = iso(at - minute);
  const about = { key, line: 'line-1', place: null, cause: 'unknown', class: null, since };
  const made = await openException(
    floor.memory.pool,
    { detector: 'stop', severity: 'medium', ...about },
    iso(at),
  );
  if (!made) throw new Error('not opened');
  return made;
}
const ended = async (key: string, at: number) =>
  endException(floor.memory.pool, (await opened(key, at - 2 * minute)).exception.id, iso(at), iso(at));

const note = (equipment: string) =>
  plantRecord.parse({
    kind: 'note',
    source: 'notes',
    key: equipment,
    equipment,
    at: iso(start),
    observedAt: iso(start),
    text: 'Guides are bent',
    role: null,
  });

test('an alert that is open is shown after days, and however many ended since', async () => {
  const { alert } = await opened('stop/old', start - 50 * 60 * minute);
  for (let n = 0; n < 25; n += 1) await ended(`stop/${n}`, start - (25 - n) * minute);
  const shown = await watch.alerts();
  expect(shown.map(({ state }) => state).filter((state) => state === 'open')).toHaveLength(1);
  expect(shown[0]?.alert).toBe(alert.id);
  expect(shown.length).toBeLessThanOrEqual(21);
});

test('an alert is shown for an hour after its end, however long it stood', async () => {
  const long = await opened('stop/long', start - 30 * 60 * minute);
  await endException(floor.memory.pool, long.exception.id, iso(start), iso(start));
  await ended('stop/short', start - 2 * 60 * minute);
  floor.set(start + 59 * minute);
  expect((await watch.alerts()).map(({ alert }) => alert)).toEqual([long.alert.id]);
  floor.set(start + 61 * minute);
  expect(await watch.alerts()).toEqual([]);
});

test('pages share what was rendered, until something is recorded of its line', async () => {
  await opened('stop/now', start - minute);
  const [first] = await watch.alerts();
  expect((await watch.alerts())[0]).toBe(first);
  const readings = { source: 'machines', records: [], readings: [], minutes: [], checkpoint: null };
  watch.recorded(readings);
  expect((await watch.alerts())[0]).toBe(first);
  watch.recorded({ ...readings, records: [note('line-2.filler')] });
  expect((await watch.alerts())[0]).toBe(first);
  watch.recorded({ ...readings, records: [note('line-1.filler')] });
  expect((await watch.alerts())[0]).not.toBe(first);
});
