/** What Andon offers to a surface, with the real HTTP server and scripted words: for tests of the chat protocols alone. */
import { openHttp, type Http } from '../../http.ts';
import { testPlant } from '../../mcp-server/testing/plant.ts';
import type { Answer } from '../../plant/message.ts';
import type { Person } from '../../plant/person.ts';
import type { Press, Question, Reply, SurfaceContext } from '../../plant/surface.ts';
import { answerOf } from './messages.ts';

export type TestContext = SurfaceContext & {
  http: Http;
  asked: Question[];
  presses: Press[];
  logged: string[];
  kept: Map<string, unknown>;
  answer: (question: Question) => Promise<Answer>;
  onPress: (press: Press) => Promise<Reply>;
  spans: SurfaceContext['machineSpans'];
  close(): Promise<void>;
};

/** Change `answer`, `onPress` and `spans` to script what Andon says. */
export async function openTestContext({
  people,
  now,
}: {
  people: Person[];
  now: number;
}): Promise<TestContext> {
  const logged: string[] = [];
  const http = await openHttp({
    host: '127.0.0.1',
    port: 0,
    token: null,
    people,
    pagePerson: null,
    log: (sentence) => void logged.push(sentence),
  });
  const seen = new Set<string>();
  const kept = new Map<string, unknown>();
  const context: TestContext = {
    plant: testPlant,
    people,
    clock: () => now,
    http,
    asked: [],
    presses: [],
    logged,
    kept,
    answer: async () => answerOf({}),
    onPress: async () => ({
      kind: 'notice',
      key: 'n',
      firstLine: 'It is yours.',
      text: '',
      private: true,
    }),
    ask: async (question) => {
      context.asked.push(question);
      return context.answer(question);
    },
    press: async (press) => {
      context.presses.push(press);
      return context.onPress(press);
    },
    look: async () => ({ diagnosis: null }),
    alerts: async () => [],
    machineSpans: (line, from, to) => context.spans(line, from, to),
    spans: async (_line, from, to) => [
      { machine: 'line-3.capper', name: 'Capper', spans: [{ from, to, state: 'Held', waiting: null }] },
    ],
    record: async () => null,
    causeRecord: async () => null,
    onChange: () => () => undefined,
    route: http.route,
    firstTime: async (surface, id) => {
      const before = seen.size;
      seen.add(`${surface}/${id}`);
      return seen.size > before;
    },
    keep: {
      get: async (key) => kept.get(key),
      set: async (key, value) => void kept.set(key, structuredClone(value)),
    },
    log: (sentence) => void logged.push(sentence),
    close: http.close,
  };
  return context;
}

/** A busy machine is no failure: an answer that comes in 0.1 s on an idle one may take a hundred times as long. */
const patienceMs = 45_000;

/** Waits until `look` finds something; fails in the end with what was awaited. */
export async function until<T>(
  what: string,
  look: () => Promise<T | null | undefined | false> | T | null | undefined | false,
): Promise<T> {
  const deadline = Date.now() + patienceMs;
  for (;;) {
    const found = await look();
    if (found) return found;
    if (Date.now() > deadline) throw new Error(`waited ${patienceMs / 1_000} s for ${what}`);
    await new Promise((done) => setTimeout(done, 15));
  }
}
