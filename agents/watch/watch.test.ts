import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { recordBatch } from '../../memory/floor/record-batch.ts';
import { recallDecisions } from '../../memory/decisions/recall.ts';
import { listAlerts } from '../../memory/exceptions/alerts.ts';
import type { Memory } from '../../memory/open.ts';
import { openTestMemory } from '../../memory/test-database.ts';
import { plant as plantSchema } from '../../plant/equipment.ts';
import { AndonError } from '../../plant/errors.ts';
import type { AlertMessage, DecisionMessage, Message } from '../../plant/message.ts';
import type { Person } from '../../plant/person.ts';
import { plantRecord } from '../../plant/record.ts';
import type { MessagePlace, OpenSurface } from '../../plant/surface.ts';
import { iso } from '../../plant/time.ts';
import stop from './detectors/stop.ts';
import { openPress } from './press.ts';
import { reconcile } from './reconcile.ts';
import { openTell } from './tell.ts';

const plant = plantSchema.parse({
  id: 'north',
  name: 'North',
  timezone: 'Europe/Berlin',
  lines: [
    {
      id: 'line-1',
      name: 'Line 1',
      reference: 'line-1.packer',
      stopLimitS: 60,
      machines: [
        { id: 'line-1.filler', name: 'Filler', class: 'filler' },
        { id: 'line-1.packer', name: 'Packer', class: 'packer' },
      ],
      flow: [{ from: 'line-1.filler', to: 'line-1.packer', capacity: 20 }],
    },
  ],
});
const sam: Person = { id: 'sam', name: 'Sam', role: 'supervisor', lines: [] };
const visitor: Person = { id: 'vi', name: 'Vi', role: 'viewer', lines: [] };
const start = Date.parse('2026-11-18T09:00:00Z');
const minute = 60_000;

let now = start;
let memory: Memory;
let said: { message: Message; place: string; at: MessagePlace | null }[];
let surface: OpenSurface & { trouble: AndonError | null; known: Map<string, MessagePlace> };
const health = () => [
  {
    source: 'machines',
    system: 'OPC UA',
    state: 'up' as const,
    lastOkAt: iso(now),
    lastRecordAt: iso(now),
    clockOffsetMs: 0,
    problem: null,
  },
];

beforeEach(async () => {
  now = start;
  memory = await openTestMemory({ clock: () => now });
  said = [];
  surface = {
    id: 'board',
    trouble: null,
    known: new Map(),
    placesFor: () => ['hall'],
    async tell(message, place, at) {
      if (surface.trouble) throw surface.trouble;
      said.push({ message, place, at });
      const copy = at ?? { surface: 'board', place, id: `copy-${said.length}` };
      surface.known.set(message.key, copy);
      return copy;
    },
    find: async (key) => surface.known.get(key) ?? null,
    close: async () => undefined,
  };
});
afterEach(() => memory.close());

function parts() {
  const look = { db: memory.pool, plant, health, people: [] };
  const tell = openTell({
    look,
    surfaces: () => [surface],
    clock: () => now,
    log: () => undefined,
    changed: () => undefined,
  });
  const press = openPress({ memory, look, tell, clock: () => now, changed: () => undefined });
  const chosen = { name: 'stop', detector: stop, options: stop.options.parse({}) };
  const turn = async () => {
    await reconcile(memory, look, chosen, tell, now);
    await tell.dispatch(now);
  };
  return { turn, tell, press };
}

async function states(...list: [machine: string, state: string, at: number, waiting?: string][]) {
  const records = list.map(([machine, state, at, waiting]) =>
    plantRecord.parse({
      kind: 'state',
      source: 'machines',
      key: `${machine}@${iso(at)}`,
      equipment: machine,
      at: iso(at),
      observedAt: iso(at),
      state,
      raw: state,
      waiting: waiting ?? null,
    }),
  );
  await recordBatch(
    memory.pool,
    { source: 'machines', records, readings: [], minutes: [], checkpoint: null },
    now,
  );
}
async function alarm(text: string, at: number) {
  const record = plantRecord.parse({
    kind: 'alarm',
    source: 'machines',
    key: `f@${iso(at)}`,
    equipment: 'line-1.filler',
    at: iso(at),
    observedAt: iso(at),
    alarm: 'A7',
    text,
    severity: 700,
    active: true,
  });
  await recordBatch(
    memory.pool,
    { source: 'machines', records: [record], readings: [], minutes: [], checkpoint: null },
    now,
  );
}

/** The filler holds at `at`, the packer starves a little later. */
async function fillerHolds(at: number) {
  await states(
    ['line-1.filler', 'Execute', at - 60 * minute],
    ['line-1.packer', 'Execute', at - 60 * minute],
  );
  await alarm('Jam at infeed', at - 1_000);
  await states(['line-1.filler', 'Held', at], ['line-1.packer', 'Suspended', at + 10_000, 'starved']);
}
const runsAgain = (at: number) =>
  states(['line-1.filler', 'Execute', at - 5_000], ['line-1.packer', 'Execute', at]);
const last = () => said.at(-1)?.message as AlertMessage;

describe('a stop beyond the limit', () => {
  test('is told once, changed in place when it ends, and then over', async () => {
    const { turn } = parts();
    await fillerHolds(start);
    now = start + 40_000;
    await turn();
    expect(said).toEqual([]);
    now = start + 90_000;
    await turn();
    await turn();
    expect(said).toHaveLength(1);
    expect(last()).toMatchObject({ kind: 'alert', state: 'open', line: 'line-1' });
    expect(last().firstLine).toMatch(/^Line 1 stopped at 10:00/);
    expect(last().text.toLowerCase()).toContain('filler');
    await runsAgain(start + 5 * minute);
    now = start + 6 * minute;
    await turn();
    expect(said).toHaveLength(2);
    expect(said[1]?.at).toMatchObject({ id: 'copy-1' });
    expect(last()).toMatchObject({ state: 'resolved' });
    // Whether the cause was right is often known only then.
    expect(last().buttons.map(({ verb }) => verb)).toEqual(['right_cause', 'wrong_cause']);
    now += minute;
    await turn();
    expect(said).toHaveLength(2);
    expect(await listAlerts(memory.pool)).toEqual([]);
  });

  test('is one alert though late records move its beginning', async () => {
    const { turn } = parts();
    await fillerHolds(start);
    now = start + 90_000;
    await turn();
    // The machine had run on for half a minute, which its gateway tells late.
    await states(
      ['line-1.packer', 'Execute', start + 15_000],
      ['line-1.packer', 'Suspended', start + 45_000, 'starved'],
    );
    now = start + 3 * minute;
    await turn();
    const alerts = await listAlerts(memory.pool, { states: ['open', 'resolved'] });
    expect(alerts.map(({ alert, exception }) => [alert.state, exception.since])).toEqual([
      ['open', iso(start + 45_000)],
    ]);
    await runsAgain(start + 5 * minute);
    now = start + 6 * minute;
    await turn();
    expect(last()).toMatchObject({ state: 'resolved', endedAt: iso(start + 5 * minute) });
  });

  test('is not told twice by a second Andon on the same memory, and waits out a 429', async () => {
    await fillerHolds(start);
    now = start + 90_000;
    surface.trouble = new AndonError('busy', 'too many messages', '', { details: { retryAt: now + 30_000 } });
    await parts().turn();
    expect(said).toEqual([]);
    surface.trouble = null;
    now += 20_000;
    await parts().turn();
    expect(said).toEqual([]);
    now += 11_000;
    await Promise.all([parts().turn(), parts().turn()]);
    expect(said).toHaveLength(1);
  });

  test('a copy that was said just before a death is found and changed, not said again', async () => {
    const { turn } = parts();
    await fillerHolds(start);
    now = start + 90_000;
    await turn();
    // As after a death between saying and keeping: the surface has the copy, memory does not know it.
    await memory.pool.query('delete from message_copy');
    await memory.pool.query(
      "update outbox set state = 'claimed', attempts = 1, done_at = null, claimed_at = $1",
      [new Date(now)],
    );
    now += 2 * minute;
    await parts().turn();
    expect(said).toHaveLength(2);
    expect(said[1]?.at).toMatchObject({ id: 'copy-1' });
  });
});

describe('buttons', () => {
  async function opened() {
    const made = parts();
    await fillerHolds(start);
    now = start + 90_000;
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
    await expect(pressed('acknowledge', last().alert, visitor)).rejects.toMatchObject({ code: 'forbidden' });
    await pressed('acknowledge', last().alert);
    await expect(pressed('acknowledge', last().alert)).rejects.toMatchObject({ code: 'conflict' });
    await tell.dispatch(now);
    expect(last()).toMatchObject({ state: 'acknowledged' });
    expect(last().history.join()).toContain('the supervisor took it');
    expect(JSON.stringify(last())).not.toContain('Sam');
  });

  test('a draft that was not changed is not written anew, and that is said', async () => {
    const { pressed } = await opened();
    const doThis = last().buttons.find(({ verb }) => verb === 'do_this');
    const draft = (await pressed('do_this', doThis?.subject ?? '')) as DecisionMessage;
    const revisions = async () => (await memory.pool.query('select id from decision')).rows.length;
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
    now += (4 * 60 + 1) * minute;
    for (const inputs of [{ ...asItWas, response: 'Wait' }, undefined])
      await expect(pressed('edit_decision', decision, sam, inputs)).rejects.toMatchObject({
        code: 'conflict',
        message: expect.stringContaining('lapsed'),
      });
  });

  test('Do this drafts, a person confirms, the next such stop shows it with what came of it', async () => {
    const { pressed, turn } = await opened();
    const doThis = last().buttons.find(({ verb }) => verb === 'do_this');
    const draft = (await pressed('do_this', doThis?.subject ?? '')) as DecisionMessage;
    expect(draft).toMatchObject({ kind: 'decision', status: 'proposed' });
    expect(await recallDecisions(memory, { line: 'line-1', limit: 5 })).toEqual([]);
    await expect(pressed('confirm_decision', draft.decision, visitor)).rejects.toMatchObject({
      code: 'forbidden',
    });
    const done = (await pressed('confirm_decision', draft.decision, sam, {
      response: 'Clear the jam, widen the guides',
      tradeoffs: 'ten bottles lost; speed',
    })) as DecisionMessage;
    expect(done).toMatchObject({ status: 'confirmed', buttons: [] });
    await turn();
    expect(last().history.join()).toContain('decided: Clear the jam, widen the guides');
    await runsAgain(start + 8 * minute);
    now = start + 9 * minute;
    await turn();
    const [kept] = await recallDecisions(memory, { line: 'line-1', limit: 5 });
    expect(kept?.decision).toMatchObject({
      status: 'confirmed',
      tradeoffs: ['ten bottles lost', 'speed'],
      outcome: { status: 'unknown' },
    });

    await fillerHolds(start + 3 * 60 * minute);
    now = start + 3 * 60 * minute + 90_000;
    await turn();
    expect(last().suggestions[0]).toMatchObject({ label: 'Clear the jam, widen the guides' });
    expect(last().suggestions[0]?.lastTime).toMatch(/^Decided 10:01; the line ran again \d min later\.$/);
  });

  test('a snoozed alert comes back, a closed one stays closed', async () => {
    const { pressed } = await opened();
    await pressed('snooze', last().alert);
    await pressed('not_a_problem', last().alert);
    await expect(pressed('acknowledge', last().alert)).rejects.toMatchObject({ code: 'conflict' });
  });
});
