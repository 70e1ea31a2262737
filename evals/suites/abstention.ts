import { openCopilot } from '../../agents/copilot/copilot.ts';
import { mapThreads } from '../../agents/copilot/testing/threads.ts';
import { openModel } from '../../agents/models/open-model.ts';
import { percent, tableOf } from '../tables.ts';
import { floorNow, openFloorWith, openWordsMemory } from '../words/floor.ts';
import { faultsOf, type Fault } from '../words/honesty.ts';
import { unanswerable, type Unanswerable } from '../words/unanswerable.ts';
import type { Suite } from '../run.ts';

type Row = Unanswerable & { said: string; faults: Fault[] };

/** Questions that have no answer on the floor: the answer says what is missing and makes nothing up. */
export default {
  async run() {
    const memory = await openWordsMemory();
    const floor = await openFloorWith(memory, null);
    const copilot = await openCopilot({
      connect: floor.connect,
      model: await openModel({ model: 'offline' }),
      plant: floor.plant,
      clock: () => floorNow,
      threads: mapThreads(),
      log: () => {},
    });
    const rows: Row[] = [];
    try {
      for (const one of unanswerable) {
        const answer = await copilot.ask({ text: one.question, thread: null, person: null, surface: 'test' });
        rows.push({ ...one, said: answer.firstLine, faults: faultsOf(one, answer) });
      }
    } finally {
      await copilot.close();
      await floor.close();
      await memory.close();
    }
    return { figures: figuresFrom(rows), report: reportOf(rows) };
  },
} satisfies Suite;

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

function figuresFrom(rows: readonly Row[]) {
  const foreign = rows.filter(({ language }) => language !== 'en');
  return {
    ...counts(rows),
    /** Spanish and German: told plainly that only English is understood. */
    other_language_told: {
      n: foreign.length,
      told: foreign.filter(({ faults }) => faults.length === 0).length,
    },
    per_kind: per(rows, 'kind'),
    per_language: per(rows, 'language'),
    misses: rows.filter(({ faults }) => faults.length > 0),
  };
}

function reportOf(rows: readonly Row[]): string {
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
    misses.length === 0
      ? 'Every answer says what is missing.'
      : tableOf(
          ['question', 'said', 'wrong with it'],
          misses.map(({ question, said, faults }) => [question, said, faults.join(', ')]),
        ),
  ].join('\n\n');
}
