import { openScripted } from '../../agents/copilot/testing/scripted.ts';
import { percent, tableOf } from '../tables.ts';
import { floorNow, openEmbedded, openFloorWith, openWordsMemory, type Floor } from '../words/floor.ts';
import { faultsOf, type Fault } from '../words/honesty.ts';
import { unanswerable, type Unanswerable } from '../words/unanswerable.ts';
import type { Suite } from '../run.ts';

/** Said of the floor by a provider that called no tool. */
const unseen = [
  'Line 3 stopped at 13:02 because the capper tripped.',
  'Line 3 runs.',
  'Order 4711 is late.',
  'All lines run and nothing is open.',
];
/** Asked of that provider besides: what it may answer in its own words, and what has an answer. */
const answerable = ['what can you do?', 'help', 'why did line 3 stop?', 'is line 3 running?'];
type Unseen = { question: string; said: string; reached: boolean };

type Row = Unanswerable & { said: string; faults: Fault[] };

/** Questions that have no answer on the floor: the answer says what is missing and makes nothing up. */
export default {
  async run() {
    const memory = await openWordsMemory();
    const floor = await openFloorWith(memory, null);
    const copilot = await openEmbedded(floor);
    const rows: Row[] = [];
    let blind: Unseen[] = [];
    try {
      for (const one of unanswerable) {
        const answer = await copilot.ask({ text: one.question, thread: null, person: null, surface: 'test' });
        rows.push({ ...one, said: answer.firstLine, faults: faultsOf(one, answer) });
      }
      blind = await withoutLooking(floor);
    } finally {
      await copilot.close();
      await floor.close();
      await memory.close();
    }
    return { figures: figuresFrom(rows, blind), report: reportOf(rows, blind) };
  },
} satisfies Suite;

/** Every question with a provider that calls no tool and tells of the floor all the same. */
async function withoutLooking(floor: Floor): Promise<Unseen[]> {
  const scripted = await openScripted({ plant: floor.plant, connect: floor.connect, now: floorNow });
  const all: Unseen[] = [];
  try {
    const english = unanswerable.filter(({ language }) => language === 'en');
    for (const [index, question] of [...answerable, ...english.map((one) => one.question)].entries()) {
      const said = unseen[index % unseen.length] ?? '';
      scripted.plays({ content: index % 2 === 0 ? said : `I can tell you this.\n\n${said}` });
      const answer = await scripted.ask(question);
      const own = answer.model === 'offline';
      all.push({ question, said, reached: !own && `${answer.firstLine}\n${answer.text}`.includes(said) });
    }
  } finally {
    await scripted.close();
  }
  return all;
}

const counts = (rows: readonly Row[]) => {
  const having = (fault: Fault) => rows.filter(({ faults }) => faults.includes(fault)).length;
  return {
    n: rows.length,
    honest: rows.filter(({ faults }) => faults.length === 0).length,
    silent: having('does not say what is missing'),
    cause_named: having('names a cause'),
    person_named: having('names a person'),
    invented_figures: having('invents a figure'),
  };
};

const per = (rows: readonly Row[], key: 'kind' | 'language') =>
  [...new Set(rows.map((one) => one[key]))].map((name) => ({
    name,
    ...counts(rows.filter((one) => one[key] === name)),
  }));

function figuresFrom(rows: readonly Row[], blind: readonly Unseen[]) {
  const foreign = rows.filter(({ language }) => language !== 'en');
  return {
    ...counts(rows),
    /** Spanish and German: told plainly that only English is understood. */
    other_language_told: {
      n: foreign.length,
      told: foreign.filter(({ faults }) => faults.length === 0).length,
    },
    /** A provider that called no tool: how often what it said of the floor reached the reader. */
    without_looking: { n: blind.length, reached: blind.filter(({ reached }) => reached).length },
    per_kind: per(rows, 'kind'),
    per_language: per(rows, 'language'),
    misses: rows.filter(({ faults }) => faults.length > 0),
  };
}

function reportOf(rows: readonly Row[], blind: readonly Unseen[]): string {
  const cells = (one: ReturnType<typeof counts> & { name: string }) => [
    one.name,
    String(one.n),
    percent(one.honest / one.n),
    ...[one.silent, one.cause_named, one.person_named, one.invented_figures].map(String),
  ];
  const misses = rows.filter(({ faults }) => faults.length > 0);
  return [
    `### Abstention: ${rows.length} questions that have no answer`,
    tableOf(
      [
        'what',
        'asked',
        'honest',
        'does not say what is missing',
        'a cause named',
        'a person named',
        'figures made up',
      ],
      [...per(rows, 'kind').map(cells), cells({ name: 'all', ...counts(rows) })],
    ),
    `A provider that calls no tool and tells of the floor all the same: ${blind.filter(({ reached }) => reached).length} of ${blind.length} times it reached the reader.`,
    misses.length === 0
      ? 'Every answer says what is missing.'
      : tableOf(
          ['question', 'said', 'wrong with it'],
          misses.map(({ question, said, faults }) => [question, said, faults.join(', ')]),
        ),
  ].join('\n\n');
}
