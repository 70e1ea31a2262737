import { openCopilot } from '../../agents/copilot/copilot.ts';
import { openModel } from '../../agents/models/open-model.ts';
import type { Suite } from '../figure.ts';
import { now, openFloor } from '../floor.ts';
import { costOf, median, quantile } from '../measure.ts';

const rounds = 8;
/** What people ask, in their words; the times lie within the past of the plant. */
const questions = [
  'why did line 3 stop?',
  'wyh did lien 3 stpo?',
  'is line 3 running?',
  'how are the lines?',
  'which stops did line 2 have today?',
  'how often did line 4 stop yesterday',
  'what order is running on line 1',
  'why did the can line stop this morning?',
  'why did line 2 stop yesterday at 10:30',
  'torque of the capper in the last hour',
  'speed of the filler of line 3 since the shift started',
  'which machines does line 4 have?',
  'which sources are down?',
  'what is open?',
  'what did we decide about the capper?',
  'how long did line 3 stand last night',
];

/** Whole turns of the copilot with the embedded model: reading, tools over MCP, wording, checks. */
const suite: Suite = async (progress) => {
  const floor = await openFloor(14, progress);
  const threads = new Map<string, unknown>();
  const copilot = await openCopilot({
    connect: floor.mcp.connectInMemory,
    model: await openModel({ model: 'offline' }),
    plant: floor.plant,
    people: [],
    clock: () => now,
    threads: {
      get: async (thread) => threads.get(thread) ?? null,
      set: async (thread, context) => void threads.set(thread, context),
    },
    log: progress,
  });
  const ask = async (text: string, who = 'bench') => {
    const answer = await copilot.ask({ text, thread: who, person: null, surface: 'bench' });
    if (answer.claims.length === 0) throw new Error(`"${text}" was not answered: ${answer.firstLine}`);
  };
  try {
    for (const text of questions) await ask(text);
    progress('one at a time ...');
    const costs = [];
    const slowest = { cpuMs: 0, text: '' };
    for (let round = 0; round < rounds; round += 1)
      for (const text of questions) {
        const { value: _, ...cost } = await costOf(() => ask(text));
        costs.push(cost);
        if (cost.cpuMs > slowest.cpuMs) Object.assign(slowest, { cpuMs: cost.cpuMs, text });
      }
    progress('all at once ...');
    const many = Array.from({ length: rounds }, (_, round) =>
      questions.map((text) => ({ text, who: `asker ${round}` })),
    ).flat();
    const together = await costOf(() => Promise.all(many.map(({ text, who }) => ask(text, who))));
    const cpu = costs.map(({ cpuMs }) => cpuMs);
    return {
      title: 'questions to the copilot with its embedded model',
      figures: [
        { name: 'CPU of one turn, p95', value: quantile(cpu, 0.95), unit: 'ms' },
        { name: 'CPU of one turn, median', value: median(cpu), unit: 'ms' },
        {
          name: 'wall of one turn, p95',
          value: quantile(
            costs.map(({ wallMs }) => wallMs),
            0.95,
          ),
          unit: 'ms',
        },
        {
          name: `${many.length} at once, per second`,
          value: many.length / (together.wallMs / 1000),
          unit: 'questions/s',
        },
        {
          name: `${many.length} at once, per second of CPU`,
          value: many.length / (together.cpuMs / 1000),
          unit: 'questions/s',
        },
      ],
      notes: [
        `${questions.length} different questions, ${rounds} times each, over 14 days of four lines; the costliest turn was "${slowest.text}".`,
      ],
    };
  } finally {
    await copilot.close();
    await floor.close();
  }
};
export default suite;
