import { baselines, learnFrom } from '../stops/baselines.ts';
import { openTestMemory } from '../../memory/test-database.ts';
import { casesIn } from '../stops/cases-in.ts';
import type { Case } from '../stops/case.ts';
import { play } from '../stops/play.ts';
import { figures, type Judged } from '../stops/score.ts';
import { simulatedCase, trainingTruths } from '../stops/simulated.ts';
import { percent, tableOf } from '../stops/tables.ts';
import type { Suite } from '../run.ts';

/** Every case by the product's own road, beside five baselines. `cases`: a folder of one's own instead of the simulator's. */
export default {
  async run({ seeds, cases, progress }) {
    const learned = learnFrom(trainingTruths());
    const judged: Judged[] = [];
    const memory = await openTestMemory();
    const all: (() => Case)[] = cases
      ? casesIn(cases).map((one) => () => one)
      : Array.from(
          { length: seeds.to - seeds.from + 1 },
          (_, index) => () => simulatedCase(seeds.from + index),
        );
    for (const [index, made] of all.entries()) {
      judged.push(await play(memory, made(), learned));
      if ((index + 1) % 10 === 0) progress(`  ${index + 1} of ${all.length} cases`);
    }
    await memory.close();
    const whole = figures(judged);
    const rows = baselines.map(({ name }) => {
      const share = (test: (guess: { machineRight: boolean; causeRight: boolean }) => boolean) =>
        judged.filter((one) => one.guesses.some((guess) => guess.name === name && test(guess))).length /
        judged.length;
      return {
        name,
        machine: share((guess) => guess.machineRight),
        cause: share((guess) => guess.causeRight),
      };
    });
    const result = {
      ...whole,
      per_class: perClass(judged),
      baselines: rows,
      misses: judged.filter((one) => !one.causeRight).map(missOf),
    };
    return { figures: result, report: reportOf(cases ?? `seeds ${seeds.from} to ${seeds.to}`, result) };
  },
} satisfies Suite;

const classOf = (one: Judged): string => one.truth.class ?? 'none';

function perClass(judged: readonly Judged[]) {
  return [...new Set(judged.map(classOf))]
    .toSorted()
    .map((name) => ({ class: name, ...figures(judged.filter((one) => classOf(one) === name)) }));
}

const missOf = ({ name, truth, said, abstained }: Judged) => ({
  name,
  truth: `${truth.cause} at ${truth.place}`,
  said: abstained
    ? `no cause named; first ${said.causes[0] ?? 'none'} at ${said.place ?? 'no place'}`
    : `${said.cause} at ${said.place ?? 'no place'}`,
});

type Result = ReturnType<typeof figures> & {
  per_class: ReturnType<typeof perClass>;
  baselines: { name: string; machine: number; cause: number }[];
  misses: ReturnType<typeof missOf>[];
};

function reportOf(what: string, result: Result): string {
  const row = (name: string, one: ReturnType<typeof figures>) => [
    name,
    String(one.n),
    String(one.machine_right),
    String(one.cause_right),
    String(one.wrong),
    String(one.abstained),
    percent(one.chain),
  ];
  return [
    `### Stops: ${result.n} cases, ${what}`,
    tableOf(
      ['class', 'cases', 'machine right', 'cause right', 'wrong', 'abstained', 'chain right'],
      [...result.per_class.map((one) => row(one.class, one)), row('all', result)],
    ),
    'A machine is right when it is named and true, or rightly none is named. A cause is wrong when one was named and it is another.',
    tableOf(
      ['who answers', 'machine right', 'cause right'],
      [
        ['Andon', percent(result.machine_right / result.n), percent(result.cause_right / result.n)],
        ...result.baselines.map((one) => [one.name, percent(one.machine), percent(one.cause)]),
      ],
    ),
    result.misses.length > 0
      ? tableOf(
          ['case', 'truth', 'said'],
          result.misses.map((one) => [one.name, one.truth, one.said]),
        )
      : 'No misses.',
  ].join('\n\n');
}
