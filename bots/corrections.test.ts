/** "Wrong, it was the capper": from the alert over the draft to what the next such stop is compared with. */
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { confirmedCauses } from '../memory/causes.ts';
import { causeRecords, confirmedFor, correctionById, lapseCorrections } from '../memory/corrections.ts';
import { listAlerts } from '../memory/exceptions/alerts.ts';
import { gatherStopCase } from '../memory/floor/stop-case.ts';
import { diagnose } from '../plant/diagnosis/diagnose.ts';
import type { AlertMessage, CorrectionMessage } from '../plant/message.ts';
import type { Person, Verb } from '../plant/person.ts';
import { iso } from '../plant/time.ts';
import { testPlant } from '../mcp-server/testing/plant.ts';
import { at, before, runsAgain, trips, tripsAgain } from './testing/story.ts';
import { openWorld, type World } from './testing/world.ts';

const sam: Person = { id: 'sam', name: 'Sam', role: 'supervisor', lines: [] };
const ole: Person = { id: 'ole', name: 'Ole', role: 'operator', lines: [] };
const vic: Person = { id: 'vic', name: 'Vic', role: 'viewer', lines: [] };

let world: World;
let alert: string;
beforeEach(async () => {
  world = await openWorld({ people: [sam, ole, vic], start: at('14:30') });
  for (const batch of before()) await world.record(batch);
  world.set(at('14:45'));
  await world.record(trips());
  await world.watch();
  alert = (await alerts())[0]?.alert ?? '';
});
afterEach(() => world.close());

const alerts = () => world.contextFor('web').alerts();
const press = async (
  person: Person,
  verb: Verb,
  subject: string,
  inputs?: Record<string, string>,
): Promise<CorrectionMessage> => {
  const reply = await world
    .contextFor('web')
    .press({ verb, subject, person, surface: 'web', place: 'page', ...(inputs ? { inputs } : {}) });
  if (reply.kind !== 'correction') throw new Error(`a ${reply.kind}`);
  return reply;
};
const say = (words: string, person = ole, subject = alert) =>
  press(person, 'wrong_cause', subject, { words });
/** Presses the button of a message that says so. */
const push = async (person: Person, { buttons }: Pick<AlertMessage, 'buttons'>, verb: Verb) =>
  press(person, verb, buttons.find((one) => one.verb === verb)?.subject ?? 'none');
const confirm = (person: Person, card: CorrectionMessage) => push(person, card, 'confirm_cause');
const right = async (person: Person) => push(person, (await alerts())[0] as AlertMessage, 'right_cause');
const labels = ({ buttons }: CorrectionMessage) => buttons.map(({ label }) => label);

describe('a wrong cause', () => {
  test('asks what it was, with the other causes as choices; chosen, it is a draft; confirmed, it counts', async () => {
    const asked = await press(ole, 'wrong_cause', alert);
    expect(asked.firstLine).toBe('What was it, when Line 3 stopped at 14:42?');
    const placed = await press(ole, 'reword_cause', asked.correction, { words: 'it was the labeller' });
    expect(placed.correction).toBe(asked.correction);
    expect(placed.firstLine).toBe('What was it at the labeller?');
    const choice = placed.buttons.find(({ label }) => label.startsWith('a consumable that ran empty'));
    const draft = await press(ole, 'choose_cause', choice?.subject ?? '');
    expect(draft.firstLine).toBe(
      'You say: a consumable that ran empty at the labeller instead of a tripped drive at the capper.',
    );
    expect(draft.facts).toContainEqual({
      label: 'Counts once',
      value: 'a person confirms it, until 18:45',
    });

    // It is on the alert, where somebody with the right sees it; nothing has changed yet.
    const [open] = await alerts();
    expect(open?.history.at(-1)).toMatch(/the operator says: a consumable .* not confirmed yet$/);
    expect(open?.buttons.map(({ label }) => label)).toContain('Confirm the cause said');
    expect(await confirmedCauses(world.memory.pool, at('23:00'))).toEqual([]);

    await expect(confirm(ole, draft)).rejects.toMatchObject({
      code: 'forbidden',
      message: 'As operator you cannot do this for Line 3.',
    });
    world.set(at('14:50'));
    const record = await confirm(sam, draft);
    expect(record.firstLine).toBe(
      'Confirmed by the supervisor at 14:50: Line 3 stopped at 14:42 because of a consumable that ran empty at the labeller instead of a tripped drive at the capper.',
    );
    expect(record.buttons).toEqual([]);

    const [told] = await alerts();
    expect(told?.firstLine).toBe(
      'Line 3 stopped at 14:42 because of a consumable that ran empty at the labeller, as the supervisor confirmed at 14:50.',
    );
    expect(told?.text).toMatch(/^From the records alone: Line 3 stopped at 14:42/);
    expect((await listAlerts(world.memory.pool))[0]?.alert.verdict).toBe('wrong_cause');
    const stop = (await correctionById(world.memory.pool, draft.correction))?.stop ?? '';
    const records = await causeRecords(world.memory.pool, [stop]);
    expect(records.map(({ d4_root: root }) => [root.status, root.cause_id, root.place])).toEqual([
      ['refuted', 'drive_trip', 'line-3.capper'],
      ['confirmed', 'consumable_empty', 'line-3.labeller'],
    ]);
    expect(records.map(({ d2_problem: problem }) => problem.order)).toEqual(['4711', '4711']);
    expect(JSON.stringify(records)).not.toMatch(/sam|ole/i);
    expect(await confirmedCauses(world.memory.pool, at('23:00'))).toMatchObject([
      { line: 'line-3', machine: 'line-3.labeller', machineClass: 'labeller', cause: 'consumable_empty' },
    ]);
  });

  test('changes every copy in place, and the answer about the same stop', async () => {
    const draft = await say('no, the labels ran out');
    await confirm(sam, draft);
    await world.watch();
    const answer = await world
      .contextFor('web')
      .ask({ text: 'why did line 3 stop?', thread: 'one', person: sam, surface: 'web' });
    expect(answer.firstLine).toMatch(
      /because of a consumable that ran empty at the labeller, as the supervisor confirmed/,
    );
    expect(answer.diagnosis?.cause).toBe('drive_trip');
  });

  test('said twice is one draft; corrected again, the later one counts', async () => {
    const first = await say('falsch, die Etiketten gingen aus');
    expect(first.firstLine).toMatch(/^You say: a consumable that ran empty at the labeller instead of/);
    expect((await say('falsch, die Etiketten gingen aus')).correction).toBe(first.correction);
    await confirm(sam, first);
    world.set(at('14:55'));
    const second = await say('no, fue un atasco en la empacadora', sam);
    expect(second.firstLine).toBe(
      'You say: a jam at the infeed of the packer instead of a consumable that ran empty at the labeller.',
    );
    await confirm(sam, second);
    const kept = await confirmedCauses(world.memory.pool, at('23:00'));
    expect(kept.map(({ machine, cause }) => [machine, cause])).toEqual([['line-3.packer', 'infeed_jam']]);
    await expect(confirm(sam, first)).rejects.toMatchObject({
      code: 'conflict',
      message: 'It is confirmed already, by supervisor.',
    });
  });

  test('another cause is kept in the words it was said in', async () => {
    const asked = await say('it was the packer, a bird flew in');
    expect(asked.firstLine).toBe('What was it at the packer?');
    const other = asked.buttons.find(({ label }) => label.startsWith('Another cause'));
    const draft = await press(ole, 'choose_cause', other?.subject ?? '');
    expect(draft.firstLine).toBe(
      'You say: another cause at the packer instead of a tripped drive at the capper.',
    );
    await confirm(sam, draft);
    expect((await alerts())[0]?.firstLine).toContain('because of another cause at the packer');
    // Two of them need not be the same: later stops are not compared with it.
    expect(await confirmedCauses(world.memory.pool, at('23:00'))).toEqual([]);
  });

  test('lapses after four hours and cannot be confirmed then', async () => {
    const draft = await say('no, the labels ran out');
    world.set(at('18:46'));
    await expect(confirm(sam, draft)).rejects.toMatchObject({
      message: 'It lapsed, because nobody confirmed it within 4 hours.',
    });
    expect(await lapseCorrections(world.memory.pool, world.clock())).toHaveLength(1);
    expect(await confirmedCauses(world.memory.pool, at('23:00'))).toEqual([]);
  });

  test('is nothing a viewer may say, and a draft without a cause is nothing to confirm', async () => {
    await expect(say('it was the packer', vic)).rejects.toMatchObject({ code: 'forbidden' });
    const asked = await press(sam, 'wrong_cause', alert);
    expect(labels(asked)).not.toContain('Confirm');
    await expect(press(sam, 'confirm_cause', `${asked.correction}|1`)).rejects.toMatchObject({
      code: 'bad_input',
    });
    expect((await press(sam, 'reject_cause', asked.correction)).status).toBe('rejected');
  });
});

describe('a right cause', () => {
  test('is confirmed with one press, by who may; the next such stop is compared with it', async () => {
    await expect(right(ole)).rejects.toMatchObject({ code: 'forbidden' });
    const record = await right(sam);
    expect(record.firstLine).toMatch(
      /^Confirmed by the supervisor .* a tripped drive at the capper, as was told\.$/,
    );
    expect((await listAlerts(world.memory.pool))[0]?.alert.verdict).toBe('right_cause');
    expect((await alerts())[0]?.buttons.map(({ label }) => label)).not.toContain('Right cause');
    world.set(at('15:00'));
    await world.record(runsAgain());
    await world.watch();
    expect((await alerts())[0]?.text).toContain('The cause was confirmed by the supervisor');

    world.set(at('15:45'));
    await world.record(tripsAgain());
    const found = await gatherStopCase(
      world.memory.pool,
      testPlant,
      { line: 'line-3' },
      { now: world.clock(), health: [] },
    );
    expect(found?.confirmed).toMatchObject([
      { machine: 'line-3.capper', cause: 'drive_trip', firstAlarm: 'drive-overload' },
    ]);
    const share = (confirmed: NonNullable<typeof found>['confirmed']) =>
      found
        ? (diagnose({ ...found, confirmed }).candidates.find(({ cause }) => cause === 'drive_trip')?.p ?? 0)
        : 0;
    expect(share(found?.confirmed ?? [])).toBeGreaterThan(share([]));
  });

  test('can be said of a stop nobody was alerted of', async () => {
    const record = await press(sam, 'right_cause', `line-3@${iso(at('13:02'))}|line-3.capper|drive_trip`);
    expect(record.status).toBe('confirmed');
    const stood = { line: 'line-3', from: iso(at('13:02')), to: iso(at('13:13')) };
    const stop = { id: `line-3@${stood.from}`, ...stood };
    expect(await confirmedFor(world.memory.pool, stop)).toMatchObject({ cause: 'drive_trip' });
  });
});

test('the state of a line tells its active alarms', async () => {
  const status = (await world.contextFor('web').look('line_status', { line: 'line-3' })) as { text: string };
  expect(status.text).toContain('Active alarms:\n- Capper: "Drive overload", since 14:40');
  world.set(at('15:00'));
  await world.record(runsAgain());
  expect(await world.contextFor('web').look('line_status', { line: 'line-3' })).not.toMatchObject({
    text: expect.stringContaining('Active alarms'),
  });
});
