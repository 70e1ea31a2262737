/** One stop, several people, and records that come late: what is confirmed is what was read. */
import { afterEach, beforeEach, expect, test } from 'vitest';
import { confirmedCauses } from '../memory/causes.ts';
import { causeRecords, confirmedFor, openCorrections, showCorrections } from '../memory/corrections.ts';
import type { AlertMessage, CorrectionMessage } from '../plant/message.ts';
import type { Person, Verb } from '../plant/person.ts';
import { iso } from '../plant/time.ts';
import { at, before, trips } from './testing/story.ts';
import { openWorld, type World } from './testing/world.ts';

const sam: Person = { id: 'sam', name: 'Sam', role: 'supervisor', lines: [] };
const ole: Person = { id: 'ole', name: 'Ole', role: 'operator', lines: [] };
const mia: Person = { id: 'mia', name: 'Mia', role: 'maintenance', lines: [] };
const kai: Person = { id: 'kai', name: 'Kai', role: 'supervisor', lines: [] };
let world: World;
beforeEach(async () => {
  world = await openWorld({ people: [sam, ole, mia, kai], start: at('14:30') });
  for (const batch of before()) await world.record(batch);
  world.set(at('14:45'));
  await world.record(trips());
  await world.watch();
});
afterEach(() => world.close());

const told = async () => (await world.contextFor('web').alerts())[0] as AlertMessage;
const stopNow = async () => {
  const stop = (await told()).diagnosis?.stop;
  if (!stop) throw new Error('no stop');
  return stop;
};
const press = async (
  person: Person,
  verb: Verb,
  subject: string,
  inputs: Record<string, string> = {},
): Promise<CorrectionMessage> => {
  const reply = await world
    .contextFor('web')
    .press({ verb, subject, person, surface: 'web', place: 'page', inputs });
  if (reply.kind !== 'correction') throw new Error(`a ${reply.kind}`);
  return reply;
};
const wrong = async (person: Person, words: string) =>
  press(person, 'wrong_cause', (await told()).alert, { words });
const subject = ({ buttons }: Pick<AlertMessage, 'buttons'>, verb: Verb) =>
  buttons.find((one) => one.verb === verb)?.subject ?? 'none';
const confirm = (person: Person, card: CorrectionMessage) =>
  press(person, 'confirm_cause', subject(card, 'confirm_cause'));
const ask = (text: string) =>
  world.contextFor('web').ask({ text, thread: text, person: sam, surface: 'web' });
const learned = async () =>
  (await confirmedCauses(world.memory.pool, at('23:00'))).map(({ machine, cause }) => [machine, cause]);
/** The packer stood a minute earlier, as its gateway tells late: the stop begins at 14:41. */
const comesLate = async () => {
  const records = trips().records.filter(
    ({ equipment, kind }) => equipment === 'line-3.packer' && kind === 'state',
  );
  const moved = records.map((one) => ({ ...one, key: `${one.key}-late`, at: iso(at('14:41')) }));
  await world.record({ ...trips(), readings: [], records: moved });
  world.set(at('14:50'));
  await world.watch();
};
const labels = 'a consumable that ran empty at the labeller';

test('two people who begin at once have a draft each; who confirms, confirms what they read', async () => {
  const { alert } = await told();
  const one = await press(ole, 'wrong_cause', alert);
  const two = await press(sam, 'wrong_cause', alert);
  expect(two.correction).not.toBe(one.correction);
  const oles = await press(ole, 'reword_cause', one.correction, { words: 'the labels ran out' });
  const sams = await press(sam, 'reword_cause', two.correction, { words: 'the labels ran out' });
  // Who says the same shares the draft; their own is gone.
  expect(sams.correction).toBe(oles.correction);
  await press(ole, 'reword_cause', oles.correction, { words: 'a jam at the packer' });
  await expect(confirm(sam, sams)).rejects.toMatchObject({
    code: 'conflict',
    message: 'It was changed since, and says something else by now.',
  });
  await expect(press(sam, 'confirm_cause', sams.correction)).rejects.toMatchObject({ code: 'conflict' });
  expect(await learned()).toEqual([]);
  await press(sam, 'confirm_cause', subject(await told(), 'confirm_cause'));
  expect(await learned()).toEqual([['line-3.packer', 'infeed_jam']]);
});

test('Right cause below an answer confirms what stood there, or nothing', async () => {
  const answer = await ask('why did line 3 stop?');
  await confirm(sam, await wrong(ole, 'the labels ran out'));
  await expect(press(sam, 'right_cause', subject(answer, 'right_cause'))).rejects.toMatchObject({
    code: 'conflict',
    message: 'Another cause is told by now.',
  });
  await expect(press(sam, 'right_cause', (await told()).alert)).rejects.toMatchObject({ code: 'conflict' });
  const next = await ask('why did line 3 stop');
  expect(next.buttons.map(({ label }) => label)).toEqual(['Wrong cause']);
  expect(await learned()).toEqual([['line-3.labeller', 'consumable_empty']]);
});

test('what was confirmed stays what is told, also where it is said again; said again, it is kept once', async () => {
  const first = await confirm(sam, await wrong(ole, 'the labels ran out'));
  const { id } = await stopNow();
  const again = await press(sam, 'right_cause', `${id}|line-3.labeller|consumable_empty`);
  expect(again.correction).toBe(first.correction);
  await confirm(sam, await wrong(ole, 'no, the labels ran out'));
  const { firstLine, history } = await told();
  expect(firstLine).toBe(
    `Line 3 stopped at 14:42 because of ${labels}, as the supervisor confirmed at 14:45.`,
  );
  expect(history.slice(-2).map((step) => step.slice(step.indexOf('the ')))).toEqual([
    'the supervisor corrected the cause',
    'the supervisor confirmed the cause',
  ]);
  // And back to what the records say: it is confirmed then, not corrected to itself.
  world.set(at('14:47'));
  await confirm(sam, await wrong(sam, 'it was the drive of the capper'));
  expect((await told()).firstLine).not.toContain('confirmed');
  expect((await told()).text).toMatch(/^The cause was confirmed by the supervisor/);
});

test('Right cause pressed twice is one', async () => {
  const button = subject(await told(), 'right_cause');
  const first = await press(sam, 'right_cause', button);
  const second = await press(sam, 'right_cause', button);
  expect(second.correction).toBe(first.correction);
  expect((await told()).history.filter((step) => step.endsWith('confirmed the cause'))).toHaveLength(1);
  expect(await causeRecords(world.memory.pool, [(await stopNow()).id])).toHaveLength(1);
});

test('of two who press at the same moment the second hears who was first, and it is kept once', async () => {
  const button = subject(await told(), 'right_cause');
  const both = await Promise.all([press(sam, 'right_cause', button), press(mia, 'right_cause', button)]);
  expect(both.map(({ status }) => status)).toEqual(['confirmed', 'confirmed']);
  const lines = both.map(({ firstLine }) => firstLine).toSorted();
  expect(lines[0]).toMatch(/^Already confirmed by the (supervisor|maintenance) at 14:45: Line 3 stopped/);
  expect(lines[1]).toMatch(/^Confirmed by the (supervisor|maintenance) at 14:45: /);
  expect((await told()).history.filter((step) => step.endsWith('confirmed the cause'))).toHaveLength(1);
  expect(await causeRecords(world.memory.pool, [(await stopNow()).id])).toHaveLength(1);
  expect(await openCorrections(world.memory.pool, await stopNow(), world.clock())).toEqual([]);

  // The same with what one of them said it was.
  world.set(at('14:46'));
  const draft = await wrong(ole, 'the labels ran out');
  const words = (await Promise.all([confirm(sam, draft), confirm(mia, draft)])).map((one) => one.firstLine);
  expect(words.filter((one) => one.startsWith('Already confirmed by the '))).toHaveLength(1);
  expect(await learned()).toEqual([['line-3.labeller', 'consumable_empty']]);
});

/** What others do after this person's press has looked, and before it writes. */
const meanwhile = (others: () => Promise<unknown>): void => {
  const { pool } = world.memory;
  const connect = pool.connect.bind(pool) as (...args: unknown[]) => unknown;
  const now = async () => {
    pool.connect = connect as typeof pool.connect;
    await others();
    return connect();
  };
  // A pool's own query hands a callback; a transaction awaits.
  pool.connect = ((...args: unknown[]) =>
    args.length > 0 ? connect(...args) : now()) as typeof pool.connect;
};
const causeTold = 'it was the drive of the capper';
const openNow = async () =>
  (await openCorrections(world.memory.pool, await stopNow(), world.clock())).map(({ id }) => id);

test('Right cause that comes second takes back its own draft, and nobody else’s', async () => {
  const button = subject(await told(), 'right_cause');
  const others: string[] = [];
  meanwhile(async () => {
    others.push((await press(mia, 'right_cause', button)).correction);
    others.push((await wrong(ole, causeTold)).correction);
  });
  const sams = await press(sam, 'right_cause', button);
  const [mias, oles] = others;
  expect(sams.correction).toBe(mias);
  expect(sams.firstLine).toMatch(/^Already confirmed by the maintenance/);
  expect(await openNow()).toEqual([oles]);
});

test('of three who press at the same moment none hears an error', async () => {
  const button = subject(await told(), 'right_cause');
  const all = await Promise.all([sam, mia, kai].map((person) => press(person, 'right_cause', button)));
  expect(new Set(all.map(({ correction }) => correction)).size).toBe(1);
  expect(all.map(({ status }) => status)).toEqual(['confirmed', 'confirmed', 'confirmed']);
  expect(await openNow()).toEqual([]);
});

test('a draft of their own that somebody else has turned down already is no error', async () => {
  const button = subject(await told(), 'right_cause');
  const first: string[] = [];
  meanwhile(async () => {
    first.push((await press(mia, 'right_cause', button)).correction);
    // And once more, between the draft and its end.
    meanwhile(async () => press(kai, 'reject_cause', (await openNow())[0] ?? ''));
  });
  expect((await press(sam, 'right_cause', button)).correction).toBe(first[0]);
  expect(await openNow()).toEqual([]);
});

test('the same words again after four hours: the draft has lapsed, as with others', async () => {
  const { correction } = await wrong(ole, 'the chute was bent');
  world.set(at('14:45') + 4 * 3_600_000);
  await expect(press(ole, 'reword_cause', correction, { words: 'the chute was bent' })).rejects.toMatchObject(
    { code: 'conflict', message: expect.stringContaining('lapsed') },
  );
});

test('only what can be chosen can be chosen', async () => {
  const { correction } = await press(ole, 'wrong_cause', (await told()).alert);
  for (const forged of [
    '|the drunk night shift|infeed_jam',
    '|line-3.packer|somebody',
    '|line-3.packer|other',
    '||',
    '',
  ])
    await expect(press(ole, 'choose_cause', `${correction}${forged}`)).rejects.toMatchObject({
      code: 'bad_input',
      message: 'This cannot be chosen here.',
    });
  expect(await openCorrections(world.memory.pool, await stopNow(), world.clock())).toMatchObject([
    { place: null, cause: null, version: 1 },
  ]);
});

test('late records that move the beginning take no confirmation away, and one stop counts once', async () => {
  await press(sam, 'right_cause', subject(await told(), 'right_cause'));
  const { id } = await stopNow();
  await comesLate();
  expect((await stopNow()).id).not.toBe(id);
  expect((await told()).text).toMatch(/^The cause was confirmed by the supervisor/);
  expect((await ask('why did line 3 stop?')).text).toContain('The cause was confirmed by the supervisor');
  await confirm(sam, await wrong(ole, 'the labels ran out'));
  expect(await learned()).toEqual([['line-3.labeller', 'consumable_empty']]);
});

test('a draft is confirmed of the stop as it is known by then', async () => {
  const draft = await wrong(ole, 'the labels ran out');
  await comesLate();
  await confirm(sam, draft);
  expect((await told()).firstLine).toContain(`because of ${labels}, as the supervisor confirmed at 14:50`);
  expect(await learned()).toEqual([['line-3.labeller', 'consumable_empty']]);
  expect(await confirmedFor(world.memory.pool, await stopNow())).toMatchObject({ cause: 'consumable_empty' });
});

test('a stop of which nothing is kept is nothing to confirm', async () => {
  const draft = await wrong(ole, 'the labels ran out');
  await world.memory.pool.query(`delete from event where equipment like 'line-3%'`);
  await expect(confirm(sam, draft)).rejects.toMatchObject({ code: 'not_found' });
  expect(await learned()).toEqual([]);
});

test('what is said in a chat is shown on the alert', async () => {
  const { alert, version } = await told();
  await ask('why did line 3 stop?');
  const context = world.contextFor('web');
  const words = { verb: 'wrong_cause', line: 'line 3', words: 'the labels ran out \0\ud800' };
  await context.look('respond_to_alert', words);
  expect(await showCorrections(world.memory.pool)).toEqual([alert]);
  expect(await showCorrections(world.memory.pool)).toEqual([]);
  expect((await told()).version).toBe(version + 1);
  expect((await told()).history.at(-1)).toMatch(/not confirmed yet$/);
});
