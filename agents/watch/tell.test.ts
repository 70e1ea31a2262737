import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { AndonError } from '../../plant/errors.ts';
import { minute, openBoard, openFloor, sam, start, type Floor } from './testing/floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());
const outbox = async (): Promise<string[]> =>
  (
    await floor.memory.pool.query<{ s: string }>(
      `select surface || ' ' || place || ' ' || version || ' ' || state as s from outbox order by 1`,
    )
  ).rows.map(({ s }) => s);
async function stops(line = 'line-1') {
  await floor.fillerHolds(floor.clock() - 90_000, line);
}

test('what waits behind a slow chat is not said twice', async () => {
  const places = Array.from({ length: 8 }, (_, n) => `hall ${n}`);
  floor.board.placesFor = () => places;
  floor.board.find = async () => null;
  const [one, other] = [floor.parts(), floor.parts()];
  const tell = floor.board.tell;
  let told = 0;
  floor.board.tell = async (...said) => {
    told += 1;
    floor.set(floor.clock() + 15_000);
    // The job of another process comes by when the first rows have taken over a minute.
    if (told === 5) await other.tell.dispatch();
    return tell(...said);
  };
  floor.set(start + 90_000);
  await stops();
  await one.turn();
  expect(floor.board.said.map(({ place }) => place).toSorted()).toEqual(places);
});

describe('a chat that refuses for good', () => {
  const refused = new AndonError('not_found', 'Slack refuses the message.', 'Invite the app there.');

  test('is tried for an hour, and told once it takes messages', async () => {
    const { turn } = floor.parts();
    floor.set(start + 90_000);
    await stops();
    floor.board.trouble = refused;
    await turn();
    floor.set(start + 59 * minute);
    floor.board.trouble = null;
    await turn();
    expect(floor.board.said).toHaveLength(1);
  });

  test('is given up after that hour; the next change of an open alert is tried again', async () => {
    const { turn, press } = floor.parts();
    floor.set(start + 90_000);
    await stops();
    floor.board.trouble = refused;
    await turn();
    for (let at = 5; at <= 80; at += 5) {
      floor.set(start + at * minute);
      await turn();
    }
    expect(await outbox()).toEqual(['board hall 0 superseded', 'board hall 1 failed']);
    floor.board.trouble = null;
    floor.set(start + 3 * 60 * minute);
    await turn();
    expect(floor.board.said).toEqual([]);
    const { rows } = await floor.memory.pool.query<{ id: string }>('select id from alert');
    await press({
      verb: 'acknowledge',
      subject: rows[0]?.id ?? '',
      person: sam,
      surface: 'web',
      place: null,
    });
    await turn();
    expect(floor.board.said).toHaveLength(1);
  });

  test('is not told of what was over before it took a message', async () => {
    const { turn } = floor.parts();
    floor.set(start + 90_000);
    await stops();
    floor.board.trouble = refused;
    await turn();
    await floor.runsAgain(start + 3 * minute);
    floor.set(start + 4 * minute);
    await turn();
    floor.board.trouble = null;
    floor.set(start + 10 * minute);
    await turn();
    expect(floor.board.said).toEqual([]);
    expect(await outbox()).toEqual(['board hall 0 superseded', 'board hall 1 failed']);
  });

  test('is named, in the log once, until it takes a message', async () => {
    const { turn, tell } = floor.parts();
    floor.set(start + 90_000);
    await stops();
    floor.board.trouble = refused;
    for (let at = 2; at <= 30; at += 5) {
      floor.set(start + at * minute);
      await turn();
    }
    const problem = 'refuses messages to hall: Slack refuses the message. Invite the app there.';
    expect(floor.logged.filter((one) => one.includes('board'))).toEqual([`board ${problem}`]);
    expect(tell.refusals()).toMatchObject([{ source: 'board', state: 'down', problem }]);
    floor.board.trouble = null;
    floor.set(start + 40 * minute);
    await turn();
    expect(tell.refusals()).toEqual([]);
  });

  test('keeps nobody else waiting', async () => {
    const slack = openBoard('slack', 'C1');
    floor.surfaces.push(slack);
    floor.board.placesFor = () => Array.from({ length: 30 }, (_, n) => `gone ${n}`);
    floor.board.trouble = refused;
    const { turn } = floor.parts();
    floor.set(start + 90_000);
    await stops();
    await turn();
    await stops('line-2');
    floor.set(start + 3 * minute);
    await turn();
    expect(slack.said).toHaveLength(2);
  });
});
