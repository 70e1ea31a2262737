import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recallDecisions } from '../../memory/decisions/recall.ts';
import { listAlerts } from '../../memory/exceptions/alerts.ts';
import { AndonError } from '../../plant/errors.ts';
import type { DecisionMessage } from '../../plant/message.ts';
import { iso } from '../../plant/time.ts';
import { minute, openFloor, sam, start, visitor, type Floor } from './testing/floor.ts';

let floor: Floor;
let said: Floor['board']['said'];
beforeEach(async () => {
  floor = await openFloor();
  ({ said } = floor.board);
});
afterEach(() => floor.close());

describe('a stop beyond the limit', () => {
  test('is told once, changed in place when it ends, and then over', async () => {
    const { turn } = floor.parts();
    await floor.fillerHolds(start);
    floor.set(start + 40_000);
    await turn();
    expect(said).toEqual([]);
    floor.set(start + 90_000);
    await turn();
    await turn();
    expect(said).toHaveLength(1);
    expect(floor.last()).toMatchObject({ kind: 'alert', state: 'open', line: 'line-1' });
    expect(floor.last().firstLine).toMatch(/^Line 1 stopped at 10:00/);
    expect(floor.last().text.toLowerCase()).toContain('filler');
    await floor.runsAgain(start + 5 * minute);
    floor.set(start + 6 * minute);
    await turn();
    expect(said).toHaveLength(2);
    expect(said[1]?.at).toMatchObject({ id: 'copy-1' });
    expect(floor.last()).toMatchObject({ state: 'resolved' });
    // Whether the cause was right is often known only then.
    expect(floor.last().buttons.map(({ verb }) => verb)).toEqual(['right_cause', 'wrong_cause']);
    floor.set(floor.clock() + minute);
    await turn();
    expect(said).toHaveLength(2);
    expect(await listAlerts(floor.memory.pool)).toEqual([]);
  });

  test('is one alert though late records move its beginning', async () => {
    const { turn } = floor.parts();
    await floor.fillerHolds(start);
    floor.set(start + 90_000);
    await turn();
    // The machine had run on for half a minute, which its gateway tells late.
    await floor.states(
      ['line-1.packer', 'Execute', start + 15_000],
      ['line-1.packer', 'Suspended', start + 45_000, 'starved'],
    );
    floor.set(start + 3 * minute);
    await turn();
    const alerts = await listAlerts(floor.memory.pool, { states: ['open', 'resolved'] });
    expect(alerts.map(({ alert, exception }) => [alert.state, exception.since])).toEqual([
      ['open', iso(start + 45_000)],
    ]);
    await floor.runsAgain(start + 5 * minute);
    floor.set(start + 6 * minute);
    await turn();
    expect(floor.last()).toMatchObject({ state: 'resolved', endedAt: iso(start + 5 * minute) });
  });

  test('is not told twice by a second Andon on the same memory, and waits out a 429', async () => {
    await floor.fillerHolds(start);
    floor.set(start + 90_000);
    floor.board.trouble = new AndonError('busy', 'too many messages', '', {
      details: { retryAt: floor.clock() + 30_000 },
    });
    await floor.parts().turn();
    expect(said).toEqual([]);
    floor.board.trouble = null;
    floor.set(floor.clock() + 20_000);
    await floor.parts().turn();
    expect(said).toEqual([]);
    floor.set(floor.clock() + 11_000);
    await Promise.all([floor.parts().turn(), floor.parts().turn()]);
    expect(said).toHaveLength(1);
  });

  test('a copy that was said just before a death is found and changed, not said again', async () => {
    const { turn } = floor.parts();
    await floor.fillerHolds(start);
    floor.set(start + 90_000);
    await turn();
    // As after a death between saying and keeping: the surface has the copy, memory does not know it.
    await floor.memory.pool.query('delete from message_copy');
    await floor.memory.pool.query(
      "update outbox set state = 'claimed', attempts = 1, done_at = null, claimed_at = $1",
      [new Date(floor.clock())],
    );
    floor.set(floor.clock() + 2 * minute);
    await floor.parts().turn();
    expect(said).toHaveLength(2);
    expect(said[1]?.at).toMatchObject({ id: 'copy-1' });
  });
});

describe('buttons', () => {
  async function opened() {
    const made = floor.parts();
    await floor.fillerHolds(start);
    floor.set(start + 90_000);
    await made.turn();
    return {
      ...made,
      pressed: (
        verb: Parameters<typeof made.press>[0]['verb'],
        subject: string,
        person = sam,
        inputs?: Record<string, string>,
      ) =>
        made.press({ verb, subject, person, surface: 'board', place: 'hall', ...(inputs ? { inputs } : {}) }),
    };
  }

  test('take, twice, and without the right', async () => {
    const { pressed, tell } = await opened();
    await expect(pressed('acknowledge', floor.last().alert, visitor)).rejects.toMatchObject({
      code: 'forbidden',
    });
    await pressed('acknowledge', floor.last().alert);
    await expect(pressed('acknowledge', floor.last().alert)).rejects.toMatchObject({ code: 'conflict' });
    await tell.dispatch();
    expect(floor.last()).toMatchObject({ state: 'acknowledged' });
    expect(floor.last().history.join()).toContain('the supervisor took it');
    expect(JSON.stringify(floor.last())).not.toContain('Sam');
  });

  test('a draft that was not changed is not written anew, and that is said', async () => {
    const { pressed } = await opened();
    const doThis = floor.last().buttons.find(({ verb }) => verb === 'do_this');
    const draft = (await pressed('do_this', doThis?.subject ?? '')) as DecisionMessage;
    const revisions = async () => (await floor.memory.pool.query('select id from decision')).rows.length;
    const written = await revisions();
    const { decision, fields } = draft;
    const asItWas = Object.fromEntries(fields.map(({ name, value }) => [name, ` ${value} `]));
    expect(await pressed('edit_decision', decision, sam, asItWas)).toMatchObject({
      kind: 'notice',
      firstLine: 'Nothing was changed: the draft stands as it was.',
    });
    // Opened to be changed, from a card without its fields.
    expect(await pressed('edit_decision', decision)).toMatchObject({ kind: 'decision', fields });
    expect(await revisions()).toBe(written);
    await expect(pressed('edit_decision', decision, visitor)).rejects.toMatchObject({ code: 'forbidden' });
    const changed = await pressed('edit_decision', decision, sam, { ...asItWas, response: 'Wait' });
    expect(changed).toMatchObject({ kind: 'decision', status: 'proposed' });
    expect(await revisions()).toBeGreaterThan(written);
    // After four hours it is no draft any more, changed or not.
    floor.set(floor.clock() + (4 * 60 + 1) * minute);
    for (const inputs of [{ ...asItWas, response: 'Wait' }, undefined])
      await expect(pressed('edit_decision', decision, sam, inputs)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('lapsed'),
      });
  });

  test('Do this drafts, a person confirms, the next such stop shows it with what came of it', async () => {
    const { pressed, turn } = await opened();
    const doThis = floor.last().buttons.find(({ verb }) => verb === 'do_this');
    const draft = (await pressed('do_this', doThis?.subject ?? '')) as DecisionMessage;
    expect(draft).toMatchObject({ kind: 'decision', status: 'proposed' });
    expect(await recallDecisions(floor.memory, { line: 'line-1', limit: 5 })).toEqual([]);
    await expect(pressed('confirm_decision', draft.decision, visitor)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const done = (await pressed('confirm_decision', draft.decision, sam, {
      response: 'Clear the jam, widen the guides',
      tradeoffs: 'ten bottles lost; speed',
    })) as DecisionMessage;
    expect(done).toMatchObject({ status: 'confirmed', buttons: [{ verb: 'take_back_decision' }] });
    await turn();
    expect(floor.last().history.join()).toContain('decided: Clear the jam, widen the guides');
    await floor.runsAgain(start + 8 * minute);
    floor.set(start + 9 * minute);
    await turn();
    const [kept] = await recallDecisions(floor.memory, { line: 'line-1', limit: 5 });
    expect(kept?.decision).toMatchObject({
      status: 'confirmed',
      tradeoffs: ['ten bottles lost', 'speed'],
      outcome: { status: 'unknown' },
    });

    await floor.fillerHolds(start + 3 * 60 * minute);
    floor.set(start + 3 * 60 * minute + 90_000);
    await turn();
    expect(floor.last().suggestions[0]).toMatchObject({ label: 'Clear the jam, widen the guides' });
    expect(floor.last().suggestions[0]?.lastTime).toMatch(
      /^Decided 10:01; the line ran again \d min later\.$/,
    );
  });

  test('what was confirmed is taken back once, by who may, and is suggested no longer', async () => {
    const { pressed, turn } = await opened();
    const doThis = floor.last().buttons.find(({ verb }) => verb === 'do_this');
    const draft = (await pressed('do_this', doThis?.subject ?? '')) as DecisionMessage;
    const takeBack = (person = sam) => pressed('take_back_decision', draft.decision, person);
    await expect(takeBack()).rejects.toMatchObject({
      code: 'conflict',
      message: 'This decision is a draft; it does not hold yet.',
    });
    await pressed('confirm_decision', draft.decision, sam, { response: 'Clear the jam, widen the guides' });
    await expect(takeBack(visitor)).rejects.toMatchObject({ code: 'forbidden' });
    const taken = (await takeBack()) as DecisionMessage;
    expect(taken).toMatchObject({ status: 'revoked', fields: [], buttons: [] });
    expect(taken.firstLine).toMatch(/^Taken back by the supervisor at \d\d:\d\d: /);
    for (const verb of ['take_back_decision', 'confirm_decision', 'reject_decision'] as const)
      await expect(pressed(verb, draft.decision)).rejects.toMatchObject({
        code: 'conflict',
        message: 'This decision is taken back already by the supervisor.',
      });
    await turn();
    expect(floor.last().history.join()).toContain(
      'The supervisor took back: Clear the jam, widen the guides',
    );
    expect(floor.last().suggestions.map(({ label }) => label)).not.toContain(
      'Clear the jam, widen the guides',
    );
    expect(await recallDecisions(floor.memory, { line: 'line-1', limit: 5 })).toEqual([]);
  });

  test('a decision that is gone says what to do, and each press what it did', async () => {
    const { pressed } = await opened();
    await expect(pressed('confirm_decision', 'd-none')).rejects.toMatchObject({
      code: 'not_found',
      next: 'Press "Do this" on the alert again, or say what was decided.',
    });
    expect(await pressed('snooze', floor.last().alert)).toMatchObject({ firstLine: 'Quiet for 30 minutes.' });
    expect(await pressed('acknowledge', floor.last().alert)).toMatchObject({ firstLine: 'It is yours.' });
    await expect(pressed('ask', floor.last().alert)).rejects.toMatchObject({ code: 'bad_input' });
  });

  test('a snoozed alert comes back, a closed one stays closed', async () => {
    const { pressed } = await opened();
    await pressed('snooze', floor.last().alert);
    await pressed('not_a_problem', floor.last().alert);
    await expect(pressed('acknowledge', floor.last().alert)).rejects.toMatchObject({ code: 'conflict' });
  });
});
