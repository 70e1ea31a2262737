import { openCopilot } from '../../agents/copilot/copilot.ts';
import { openModel } from '../../agents/models/open-model.ts';
import type { Figure, Suite } from '../figure.ts';
import { type Floor, now, openFloor } from '../floor.ts';
import { type Cost, costOf, median, quantile } from '../measure.ts';

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
  const copilot = await openOffline(floor, progress);
  try {
    for (const text of questions) await ask(copilot, text);
    progress('one at a time ...');
    const turns = await oneByOne(copilot);
    progress('all at once ...');
    const many = Array.from({ length: rounds }, (_, round) =>
      questions.map((text) => ({ text, who: `asker ${round}` })),
    ).flat();
    const together = await costOf(() => Promise.all(many.map(({ text, who }) => ask(copilot, text, who))));
    const slowest = turns.reduce((most, one) => (one.cpuMs > most.cpuMs ? one : most));
    return {
      title: 'questions to the copilot with its embedded model',
      figures: figuresOf(turns, together, many.length),
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

type Copilot = Awaited<ReturnType<typeof openCopilot>>;
type Turn = Cost & { text: string };

async function openOffline({ mcp, plant }: Floor, log: (sentence: string) => void): Promise<Copilot> {
  const threads = new Map<string, unknown>();
  return openCopilot({
    connect: mcp.connectInMemory,
    model: await openModel({ model: 'offline' }),
    plant,
    people: [],
    clock: () => now,
    threads: {
      get: async (thread) => threads.get(thread) ?? null,
      set: async (thread, context) => void threads.set(thread, context),
    },
    log,
  });
}

async function ask(copilot: Copilot, text: string, who = 'bench'): Promise<void> {
  const answer = await copilot.ask({ text, thread: who, person: null, surface: 'bench' });
  if (answer.claims.length === 0) throw new Error(`"${text}" was not answered: ${answer.firstLine}`);
}

async function oneByOne(copilot: Copilot): Promise<Turn[]> {
  const turns: Turn[] = [];
  for (let round = 0; round < rounds; round += 1)
    for (const text of questions) {
      const { wallMs, cpuMs } = await costOf(() => ask(copilot, text));
      turns.push({ text, wallMs, cpuMs });
    }
  return turns;
}

/** `together`: what it cost to ask so `many` at once. */
function figuresOf(turns: readonly Turn[], together: Cost, many: number): Figure[] {
  const cpu = turns.map(({ cpuMs }) => cpuMs);
  const wall = turns.map(({ wallMs }) => wallMs);
  return [
    { name: 'CPU of one turn, p95', value: quantile(cpu, 0.95), unit: 'ms' },
    { name: 'CPU of one turn, median', value: median(cpu), unit: 'ms' },
    { name: 'wall of one turn, p95', value: quantile(wall, 0.95), unit: 'ms' },
    { name: `${many} at once, per second`, value: many / (together.wallMs / 1000), unit: 'questions/s' },
    {
      name: `${many} at once, per second of CPU`,
      value: many / (together.cpuMs / 1000),
      unit: 'questions/s',
    },
  ];
}
