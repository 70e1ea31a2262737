import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { answer as answerSchema } from '../../plant/message.ts';
import { examplePlant as plant } from '../models/offline/plant.example.ts';
import { openModel } from '../models/open-model.ts';
import { openCopilot, type Copilot } from './copilot.ts';
import { now, openFloor, type Floor } from './testing/floor.ts';
import { mapThreads } from './testing/threads.ts';

let floor: Floor;
let copilot: Copilot;
let threads: ReturnType<typeof mapThreads>;
/** The last of 500 questions at once waits a second on an idle machine, and a minute on a very busy one. */
const longestWaitMs = 200_000;
const open = async (connect: Floor['connect']): Promise<Copilot> =>
  openCopilot({
    connect,
    model: await openModel({ model: 'offline' }),
    plant,
    people: [],
    clock: () => now,
    threads,
    log: () => {},
    longestWaitMs,
  });
const ask = (text: string, thread: string | null = null, signal?: AbortSignal) =>
  copilot.ask({ text, thread, person: null, surface: 'test', ...(signal ? { signal } : {}) });

beforeEach(async () => {
  floor = await openFloor(plant);
  threads = mapThreads();
  copilot = await open(floor.connect);
});
afterEach(async () => {
  await copilot.close();
  await floor.close();
});

describe('the embedded model in the agent', () => {
  test('answers why with the diagnosis, its evidence and what is missing', async () => {
    const answer = await ask('why did line 3 stop?');
    expect(answerSchema.safeParse(answer).error).toBeUndefined();
    expect(answer.firstLine).toBe(
      'Line 3 stopped at 14:02 because product jammed at the infeed of the capper; it stood 12 minutes and has run again since 14:14.',
    );
    expect(answer.diagnosis?.cause).toBe('infeed_jam');
    expect(answer.evidence).toHaveLength(4);
    expect(answer.missing).toEqual(['No data from Plex between 13:20 and 13:40.']);
    expect(answer.facts.length).toBeGreaterThan(2);
    expect(answer.followUps.length).toBeGreaterThan(0);
    expect(answer.model).toBe('offline');
    expect(answer.fellBack).toBeNull();
    expect(floor.calls).toEqual([{ tool: 'explain_stop', args: { line: 'line-3' } }]);
  });

  test('a note with an instruction, markup and a link changes nothing and is quoted as it was typed', async () => {
    const answer = await ask('why did line 3 stop?');
    expect(floor.calls.map(({ tool }) => tool)).not.toContain('record_decision');
    const note = answer.evidence.find(({ kind }) => kind === 'note')?.says ?? '';
    expect(note).toMatch(/^note: ".*<b>now<\/b>, see https:.*"$/);
    // What a provider is told its data by is nothing that people read; the note's own is inside its quotation.
    expect(`${answer.firstLine}\n${answer.text}`.replaceAll(note, '')).not.toMatch(/<\/?tool_data/);
    // The same words as in the alert and in the list of the records: nothing is shown twice.
    expect(answer.text).toContain(note);
  });

  test('a thread goes on: how long, since when, and the line next to it', async () => {
    await ask('why did line 3 stop?', 't');
    expect((await ask('how long?', 't')).firstLine).toBe('Line 3 stood for 12 minutes, from 14:02 to 14:14.');
    expect((await ask('when did it start?', 't')).firstLine).toMatch(
      /^Line 3 stopped at 14:02; it has run again/,
    );
    expect(floor.calls.at(-1)?.args).toEqual({ line: 'line-3', at: '2026-11-20T13:02:10Z' });
    await ask('and is line 2 running?', 't');
    expect(floor.calls.at(-1)).toEqual({ tool: 'line_status', args: { line: 'line-2' } });
    expect(JSON.stringify(threads.kept.get('t'))).not.toMatch(/why|running/);
  });

  test('a tool that refuses is handed on in its own words', async () => {
    const answer = await ask('why did line 1 stop?');
    expect(answer.firstLine).toMatch(/^No stop of that line is known/);
    expect(answer.completeness?.complete).toBe(false);
  });

  test('two wants are joined', async () => {
    const answer = await ask('why did line 3 stop and what helped last time?');
    expect(floor.calls.map(({ tool }) => tool)).toEqual(['explain_stop', 'recall_decisions']);
    expect(answer.text).toContain('Last time: "ran at 80 %"');
    expect(new Set(answer.claims.map(({ id }) => id)).size).toBe(answer.claims.length);
  });

  test.each([
    ['what is the meaning of life', /did not understand/, 3],
    ['why did line 9 stop', /no "line 9"/, 3],
    [
      'why did the filler stop',
      /^Which filler do you mean: Filler of Line 1, Filler of Line 2 or Filler of Line 3\?$/,
      3,
    ],
    ['why did it stop', /^Which line do you mean/, 4],
    ['which stops will we have tomorrow', /has not come yet/, 3],
    ['why did the capper on line 2 stop', /^Line 2 has no capper/, 4],
  ])('%s', async (question, firstLine, choices) => {
    const answer = await ask(question);
    expect(answer.firstLine).toMatch(firstLine);
    expect(answer.followUps).toHaveLength(choices);
    expect(floor.calls).toEqual([]);
  });

  test('writes only when the person asks for a record, and offers to confirm it', async () => {
    const answer = await ask('we decided to run line 3 at 80 % until 18:00 because the bearing is warm');
    expect(floor.calls).toEqual([
      {
        tool: 'record_decision',
        args: {
          line: 'line-3',
          what_happened: 'the bearing is warm',
          constraint: 'the bearing is warm',
          response: 'run line 3 at 80 % until 18:00',
          valid_to: '2026-11-20T17:00:00.000Z',
          proposed_by: 'assistant',
        },
      },
    ]);
    expect(answer.buttons.map(({ verb, subject }) => [verb, subject])).toEqual([
      ['confirm_decision', 'd-1'],
      ['edit_decision', 'd-1'],
      ['reject_decision', 'd-1'],
    ]);
  });

  test('connects again after the connection was lost', async () => {
    await ask('what is open?');
    await floor.drop();
    expect((await ask('what is open?')).firstLine).toBe('2 open alerts.');
  });

  test('a server that cannot be reached is said with a code', async () => {
    const lost = await open(() => Promise.reject(new Error('pipe closed')));
    await expect(
      lost.ask({ text: 'what is open?', thread: null, person: null, surface: 'test' }),
    ).rejects.toMatchObject({
      code: 'unreachable',
    });
    await lost.close();
  });

  test('agents that could not be started once are started at the next question', async () => {
    const model = await openModel({ model: 'offline' });
    let starts = 0;
    const second = await openCopilot({
      connect: floor.connect,
      model: {
        ...model,
        get offline() {
          starts += 1;
          if (starts === 1) throw new Error('no memory left');
          return model.offline;
        },
      },
      plant,
      people: [],
      clock: () => now,
      threads,
      log: () => {},
    });
    const question = { text: 'what is open?', thread: null, person: null, surface: 'test' };
    await expect(second.ask(question)).rejects.toThrow('no memory left');
    expect((await second.ask(question)).firstLine).toBe('2 open alerts.');
    await second.close();
  });

  test('a question taken back is not answered', async () => {
    await expect(ask('what is open?', null, AbortSignal.abort(new Error('gone')))).rejects.toThrow('gone');
  });

  test('500 questions at once are all answered', async () => {
    const answers = await Promise.all(
      Array.from({ length: 500 }, (_, index) => ask('what is open?', `asker-${index % 50}`)),
    );
    expect(answers.filter(({ firstLine }) => firstLine === '2 open alerts.')).toHaveLength(500);
  });
});
