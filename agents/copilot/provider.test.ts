import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { FixtureResponse } from '@copilotkit/aimock';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { person } from '../../plant/person.ts';
import { examplePlant as plant } from '../models/offline/plant.example.ts';
import { openModel } from '../models/open-model.ts';
import { openCopilot } from './copilot.ts';
import { now, openFloor, type Floor } from './testing/floor.ts';
import { openScripted, type Scripted } from './testing/scripted.ts';
import { mapThreads } from './testing/threads.ts';

const question = 'why did line 3 stop?';
const truth =
  'Line 3 stopped at 14:02 because product jammed at the infeed of the capper; it stood 12 minutes and has run again since 14:14.';
const people = [person.parse({ id: 'miller', name: 'Anna Miller', role: 'operator' })];
const look = { toolCalls: [{ name: 'explain_stop', arguments: '{"line":"line-3"}' }] };
const broken = { toolCalls: [{ name: 'explain_stop', arguments: '{"line": line-3' }] };

describe.each(['openai:gpt-4o', 'anthropic:claude-sonnet-4-5'])('%s', (model) => {
  let floor: Floor;
  let scripted: Scripted;
  beforeEach(async () => {
    floor = await openFloor(plant);
    scripted = await openScripted({ plant, connect: floor.connect, now, model, people });
  });
  afterEach(async () => {
    await scripted.close();
    await floor.close();
  });

  const asked = (text = question, providerMs?: number) => scripted.ask(text, providerMs);
  const answers = (content: string) => scripted.says(content);
  const sent = (): string => scripted.sent();
  /** Of a copilot whose provider is to be found at `baseUrl`. */
  const askAt = async (baseUrl: string) => {
    const copilot = await openCopilot({
      connect: floor.connect,
      model: await openModel({ model, baseUrl, key: 'k' }),
      plant,
      people: [],
      clock: () => now,
      threads: mapThreads(),
      log: () => {},
    });
    const answer = await copilot.ask({ text: question, thread: null, person: null, surface: 'test' });
    await copilot.close();
    return answer;
  };

  test('phrases what the tool established; facts and evidence come from the tool', async () => {
    answers(`${truth}\n\nA torque of 8.46 Nm was measured; the usual value is 3.2 Nm.`);
    const answer = await asked();
    expect(answer).toMatchObject({ model, fellBack: null, firstLine: truth });
    expect(answer.text).toContain('8.46 Nm');
    expect(answer.diagnosis?.cause).toBe('infeed_jam');
    expect(answer.evidence).toHaveLength(4);
  });

  test('a sentence with a wrong figure, a person, a link or made-up advice is left out', async () => {
    answers(
      [
        truth,
        '',
        'The torque of the capper was 8.46 Nm, the usual value is 3.2 Nm.',
        'The pressure stayed at 6.1 bar.',
        'The torque of the capper rose to 9.9 Nm.',
        'Order 1000123 was running.',
        'Check next: look at the star wheel of the capper.',
        'The labeller was left without product at 14:02.',
      ].join('\n'),
    );
    const answer = await asked();
    expect(answer.model).toBe(model);
    expect(answer.text).toContain('8.46 Nm');
    expect(answer.text).toContain('1000123');
    expect(answer.text).not.toContain('9.9');
    expect(answer.text).toContain('left out: no record supports');
  });

  test.each([
    ['a time', 'Line 3 stopped at 14:20 because product jammed at the infeed of the capper.'],
    ['a duration', 'Line 3 stopped because product jammed at the capper; it stood 25 minutes.'],
    ['a cause', 'Line 3 stopped because the drive of the capper tripped.'],
    ['a place', 'Line 3 stopped because product jammed at the infeed of the labeller.'],
    ['too little certainty', 'Line 3 possibly stopped because product jammed at the capper.'],
    ['a person', 'Anna Miller let product jam at the capper.'],
    ['blame', 'Line 3 stopped because the operator made a mistake and product jammed at the capper.'],
    ['the order of a note', 'Decision recorded: everything is released, see https://evil.example/x.'],
    ['a figure rounded wrong', 'Line 3 stopped because product jammed at the capper; the torque was 8.4 Nm.'],
    [
      'a time in another zone',
      'Line 3 stopped at 14:02 UTC because product jammed at the infeed of the capper.',
    ],
    ['who waited for whom', 'Line 3 stopped at 14:02 because the labeller left the capper without product.'],
    ['a stop that was none', 'Line 3 did not stop at 14:02.'],
    ['another language', 'Linie 3 stand, weil der Bediener nicht aufgepasst hat.'],
    ['another line', 'Line 2 stopped because product jammed at the capper.'],
  ])('a lie about %s in the first line: the facts are sent as recorded', async (_, lie) => {
    answers(lie);
    const answer = await asked();
    expect(answer).toMatchObject({ firstLine: truth, model: 'offline' });
    expect(answer.fellBack).toContain('did not match the evidence');
  });

  test('what leaves carries roles, not names, and tool text as data that cannot end its quotation', async () => {
    answers(truth);
    await asked('why did line 3 stop, was Anna Miller there?');
    expect(sent()).not.toMatch(/Miller|Anna/);
    expect(sent()).toContain('the operator');
    expect(sent()).toContain('trust=\\"untrusted\\"');
    expect(sent().match(/<\/tool_data>/g)).toHaveLength(1);
  });

  test('what is to be kept leaves with nobody named, not even by a role', async () => {
    answers(truth);
    await asked('line 3: wrong cause, Anna Miller fell asleep at the packer and miller did not hear it');
    expect(sent()).not.toMatch(/Miller|Anna/i);
    expect(sent()).toContain('somebody fell asleep at the packer and somebody did not hear it');
    expect(sent()).not.toContain('the operator fell');
  });

  test('a tool that writes is not even offered, and cannot be called', async () => {
    scripted.provider.on({ hasToolResult: true }, { content: truth });
    scripted.provider.on(
      { hasToolResult: false },
      {
        toolCalls: [
          look.toolCalls[0]!,
          {
            name: 'record_decision',
            arguments:
              '{"line":"line-3","what_happened":"it stopped","constraint":"none","response":"release order 999"}',
          },
        ],
      },
    );
    const answer = await asked();
    expect(floor.calls.map(({ tool }) => tool)).not.toContain('record_decision');
    expect(answer.firstLine).toBe(truth);
    expect(JSON.stringify(scripted.provider.getRequests()[0]?.body)).not.toContain('record_decision');
  });

  test('a record that the person asked for is drafted', async () => {
    scripted.provider.on(
      { hasToolResult: true },
      { content: 'Drafted: "run line 3 slower". A person must confirm it.' },
    );
    scripted.provider.on(
      { hasToolResult: false },
      {
        toolCalls: [
          {
            name: 'record_decision',
            arguments:
              '{"line":"line-3","what_happened":"warm bearing","constraint":"warm bearing","response":"run line 3 slower"}',
          },
        ],
      },
    );
    const answer = await asked('record: run line 3 slower');
    expect(floor.calls.map(({ tool }) => tool)).toEqual(['record_decision']);
    expect(answer.buttons).toHaveLength(3);
  });

  test('arguments that are no JSON are handed back, and the turn goes on', async () => {
    let turn = 0;
    const next = (): FixtureResponse => {
      turn += 1;
      return turn === 1 ? broken : turn === 2 ? look : { content: truth };
    };
    scripted.provider.on({}, next);
    const answer = await asked();
    expect(answer).toMatchObject({ firstLine: truth, model });
    expect(turn).toBe(3);
  });

  test('a tool that does not exist is refused, and the turn goes on', async () => {
    scripted.plays({ toolCalls: [{ name: 'stop_line', arguments: '{"line":"line-3"}' }] }, look, {
      content: truth,
    });
    expect(await asked()).toMatchObject({ firstLine: truth, model });
    expect(floor.calls.map(({ tool }) => tool)).toEqual(['explain_stop']);
  });

  test('arguments that the tool does not know are refused, and the turn goes on', async () => {
    const wrong = { toolCalls: [{ name: 'explain_stop', arguments: '{"line":7,"at":["x"]}' }] };
    scripted.plays(wrong, look, { content: truth });
    expect((await asked()).firstLine).toBe(truth);
  });

  test('an answer cut off in the middle is not sent', async () => {
    const cut = createServer((_, response) => {
      response.writeHead(200, { 'content-type': 'application/json', 'content-length': '4000' });
      response.write('{"id":"x","choices":[{"index":0,"message":{"role":"assistant","content":"Line 3 stopp');
      setImmediate(() => response.destroy());
    });
    await new Promise<void>((listening) => void cut.listen(0, '127.0.0.1', listening));
    const url = `http://127.0.0.1:${(cut.address() as AddressInfo).port}`;
    const answer = await askAt(url);
    expect(answer).toMatchObject({ firstLine: truth, model: 'offline' });
    expect(answer.fellBack).toContain(model);
    await new Promise((closed) => cut.close(closed));
  });

  test('a model that goes in circles is ended', async () => {
    scripted.provider.on({}, look);
    const answer = await asked();
    expect(answer).toMatchObject({ firstLine: truth, model: 'offline' });
    expect(answer.fellBack).toMatch(/did not come to an end/);
    expect(scripted.provider.getRequests().length).toBeLessThanOrEqual(7);
  });

  test.each([
    [
      '429 with Retry-After',
      { error: { message: 'slow down', type: 'rate_limit' }, status: 429, retryAfter: 30 },
      /too many requests/,
    ],
    [
      '500',
      { error: { message: 'secret of the provider', type: 'server_error' }, status: 500 },
      /answered with error 500/,
    ],
    ['401', { error: { message: 'bad key', type: 'auth' }, status: 401 }, /refused the key/],
    ['an answer without looking', { content: 'Line 3 runs fine.' }, /without looking/],
    ['an empty end', { content: '' }, /without an answer/],
  ] satisfies [string, FixtureResponse, RegExp][])(
    '%s: the embedded model answers and says why',
    async (_, response, why) => {
      scripted.provider.on({}, response);
      const answer = await asked();
      expect(answer).toMatchObject({ firstLine: truth, model: 'offline' });
      expect(answer.fellBack).toMatch(why);
      expect(answer.fellBack).not.toContain('secret');
      // Nobody waits as long as the provider would like, and it is not asked again.
      expect(answer.ms).toBeLessThan(30_000);
      expect(scripted.provider.getRequests()).toHaveLength(1);
      expect(scripted.logged.join()).toContain(model);
    },
  );

  test('a provider that stalls is not waited for', async () => {
    const latencyMs = 25_000;
    scripted.provider.on({}, { content: truth }, { chaos: { latencyMs } });
    const answer = await asked(question, 300);
    expect(answer).toMatchObject({ firstLine: truth, model: 'offline' });
    expect(answer.fellBack).toMatch(/did not answer in time/);
    expect(answer.ms).toBeLessThan(latencyMs);
  });

  test('a body that is no JSON', async () => {
    scripted.provider.setChaos({ malformedRate: 1 });
    scripted.provider.on({}, { content: truth });
    expect(await asked()).toMatchObject({ firstLine: truth, model: 'offline' });
  });

  test('a provider that cannot be reached', async () => {
    const { url } = scripted.provider;
    await scripted.provider.stop();
    const answer = await askAt(url);
    expect(answer.fellBack).toMatch(/cannot be reached/);
    await scripted.provider.start();
  });
});

test('a model nobody knows and a missing key are refused with a sentence', async () => {
  await expect(openModel({ model: 'gpt-4o' })).rejects.toMatchObject({ code: 'bad_config' });
  await expect(openModel({ model: 'anthropic:claude-sonnet-4-5' })).rejects.toThrow(/needs an API key/);
});
