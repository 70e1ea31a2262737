/** A decision and its telling are one change; what came of it is measured from rows, whenever that works out. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { decisionById } from '../../memory/decisions/read.ts';
import type { CorrectionMessage, DecisionMessage } from '../../plant/message.ts';
import { minute, openFloor, sam, start, type Floor } from './testing/floor.ts';

let floor: Floor;
beforeEach(async () => {
  floor = await openFloor();
});
afterEach(() => floor.close());

/** A draft for the stop of line 1, and what presses on it. */
async function drafted() {
  const { turn, press } = floor.parts();
  await floor.fillerHolds(start);
  floor.set(start + 90_000);
  await turn();
  const pressed = (verb: Parameters<typeof press>[0]['verb'], subject: string) =>
    press({ verb, subject, person: sam, surface: 'board', place: 'hall' });
  const doThis = floor.last().buttons.find(({ verb }) => verb === 'do_this');
  const { decision } = (await pressed('do_this', doThis?.subject ?? '')) as DecisionMessage;
  const kept = async () => (await decisionById(floor.memory.pool, decision))!;
  return { turn, kept, confirm: () => pressed('confirm_decision', decision) };
}

test('a decision that cannot be told is not decided: pressed again, it is both', async () => {
  const { turn, kept, confirm } = await drafted();
  const { placesFor } = floor.board;
  floor.board.placesFor = () => {
    throw new Error('no places');
  };
  await expect(confirm()).rejects.toThrow('no places');
  expect((await kept()).status).toBe('proposed');
  floor.board.placesFor = placesFor;
  await confirm();
  await turn();
  expect((await kept()).status).toBe('confirmed');
  expect(floor.last().history.join()).toContain('The supervisor decided');
});

test('an outcome that could not be kept when the stop ended is kept later', async () => {
  const { turn, kept, confirm } = await drafted();
  await confirm();
  const { pool } = floor.memory;
  await pool.query(`create function refuse() returns trigger language plpgsql as
    $$ begin raise exception 'the disk is full'; end $$`);
  await pool.query('create trigger refuse before insert on decision execute function refuse()');
  await floor.runsAgain(start + 8 * minute);
  floor.set(start + 9 * minute);
  await turn();
  expect(floor.last()).toMatchObject({ state: 'resolved' });
  expect(floor.logged.join()).toContain('the disk is full');
  await pool.query('drop function refuse cascade');
  await turn();
  expect((await kept()).outcome).toMatchObject({
    status: 'unknown',
    text: 'The line ran again 7 min after the decision.',
  });
  const { revision } = await kept();
  await turn();
  expect((await kept()).revision).toBe(revision);
});

test('what was decided after the line ran again has no outcome', async () => {
  const { turn, kept, confirm } = await drafted();
  await floor.runsAgain(start + 5 * minute);
  floor.set(start + 6 * minute);
  await confirm();
  await turn();
  await turn();
  expect((await kept()).status).toBe('confirmed');
  expect((await kept()).outcome).toBeNull();
});

test('what is suggested for a cause that people confirmed can be chosen', async () => {
  const { turn, press } = floor.parts();
  await floor.fillerHolds(start);
  floor.set(start + 90_000);
  await turn();
  const pressed = (verb: Parameters<typeof press>[0]['verb'], subject: string, inputs = {}) =>
    press({ verb, subject, person: sam, surface: 'board', place: 'hall', inputs });
  const { alert, diagnosis } = floor.last();
  expect(diagnosis?.cause).not.toBe('safety_stop');
  const said = await pressed('wrong_cause', alert, { words: 'the safety door of the filler was open' });
  const confirm = (said as CorrectionMessage).buttons.find(({ verb }) => verb === 'confirm_cause');
  await pressed('confirm_cause', confirm?.subject ?? '');
  await turn();
  const doThis = floor.last().buttons.find(({ verb }) => verb === 'do_this');
  expect(doThis?.label).toBe('Do this: Look at the safety circuit of the filler');
  const { decision } = (await pressed('do_this', doThis?.subject ?? '')) as DecisionMessage;
  expect(await decisionById(floor.memory.pool, decision)).toMatchObject({
    cause: 'safety_stop',
    equipment: 'line-1.filler',
    response: 'Look at the safety circuit of the filler',
  });
});
