import { productCheck, reaches, type Judge } from '../words/judge.ts';
import { wordLists } from '../words/lists.ts';
import { checkedOnCases, type OnCases } from '../words/on-cases.ts';
import { lieKinds } from '../words/liar.ts';
import { inventedOnTheRoad } from '../words/road.ts';
import { scenes } from '../words/scenes.ts';
import { percent, tableOf } from '../tables.ts';
import type { Suite } from '../run.ts';

type Lie = { list: string; kind: string; scene: string; sentence: string; stopped: boolean };
type True = { list: string; scene: string; sentence: string; kept: boolean };

/**
 * Sentences a fluent model could write of three stops, true ones and lies, held against their claims, in lists of
 * which the third has figures of its first look. Lies with figures go the whole road too, through a provider over HTTP.
 * On simulated cases the check reads the product's own words, and lies that a rule makes of them.
 */
export default {
  async run({ progress }) {
    const { told, kept } = judgedBy(productCheck);
    const road = await inventedOnTheRoad();
    const cases = await checkedOnCases(progress);
    return {
      figures: { ...figuresOf(told, kept), road, cases: casesOf(cases) },
      report: [reportOf(told, kept, road), casesReport(cases)].join('\n\n'),
    };
  },
} satisfies Suite;

/** A lie passes that reaches the reader as first line or after a true one. */
export function judgedBy(judge: Judge): { told: Lie[]; kept: True[] } {
  const each = wordLists.flatMap((list) => scenes.map((scene) => ({ list, scene })));
  const told = each.flatMap(({ list, scene }) =>
    Object.entries(list.lies[scene.name] ?? {}).flatMap(([kind, sentences]) =>
      sentences.map((sentence) => ({
        list: list.name,
        kind,
        scene: scene.name,
        sentence,
        stopped: !reaches(judge, scene, sentence, 'opening') && !reaches(judge, scene, sentence, 'body'),
      })),
    ),
  );
  const kept = each.flatMap(({ list, scene }) => {
    const { openings = [], sentences = [] } = list.faithful[scene.name] ?? {};
    const one = (sentence: string, as: 'opening' | 'body'): True => ({
      list: list.name,
      scene: scene.name,
      sentence,
      kept: reaches(judge, scene, sentence, as),
    });
    return [
      ...openings.map((sentence) => one(sentence, 'opening')),
      ...sentences.map((sentence) => one(sentence, 'body')),
    ];
  });
  return { told, kept };
}

const stoppedOf = (all: readonly Lie[]) => ({
  n: all.length,
  stopped: all.filter(({ stopped }) => stopped).length,
});
const keptOf = (all: readonly True[]) => ({ n: all.length, kept: all.filter(({ kept }) => kept).length });

const perList = (told: readonly Lie[], kept: readonly True[]) =>
  wordLists.map(({ name, firstLook, usedToMend }) => ({
    list: name,
    lies: stoppedOf(told.filter(({ list }) => list === name)),
    faithful: keptOf(kept.filter(({ list }) => list === name)),
    first_look: firstLook && { lies: firstLook.lies, faithful: firstLook.faithful },
    used_to_mend: usedToMend,
  }));

function figuresOf(told: readonly Lie[], kept: readonly True[]) {
  return {
    n: told.length + kept.length,
    lies: stoppedOf(told),
    faithful: keptOf(kept),
    per_list: perList(told, kept),
    per_kind: perKind(told),
    passed: told.filter(({ stopped }) => !stopped),
    lost: kept.filter((one) => !one.kept),
  };
}

/** `firstLook`: of the lists that have one. */
function perKind(told: readonly Lie[]) {
  const looked = new Map(
    wordLists.flatMap(({ name, firstLook }) => (firstLook ? [[name, firstLook] as const] : [])),
  );
  return [...new Set(told.map(({ kind }) => kind))].toSorted().map((kind) => {
    const all = told.filter((one) => one.kind === kind);
    const first = all.filter(({ list }) => looked.has(list)).length;
    const passed = [...looked.values()].reduce((sum, one) => sum + (one.passed[kind] ?? 0), 0);
    return {
      kind,
      ...stoppedOf(all),
      first_look: first === 0 ? null : { n: first, stopped: first - passed },
    };
  });
}

type Road = Awaited<ReturnType<typeof inventedOnTheRoad>>;
const of = (part: number, n: number): string => `${part} of ${n} (${percent(part / n)})`;

function reportOf(told: readonly Lie[], kept: readonly True[], road: Road): string {
  const all = stoppedOf(told);
  const fair = keptOf(kept);
  const lost = kept.filter((one) => !one.kept);
  const passed = told.filter(({ stopped }) => !stopped);
  return [
    `### Grounding: ${all.n} lies and ${fair.n} faithful sentences about ${scenes.length} stops`,
    listTable(told, kept),
    'First look: as the check was when it met the list, before anything was mended for it. A list that was used to mend says how far the check can be brought, not how it does with new words; that, only the first look says.',
    tableOf(
      ['lie about', 'told', 'stopped', 'third list, first look'],
      [
        ...perKind(told).map(({ kind, n, stopped, first_look }) => [
          kind,
          String(n),
          percent(stopped / n),
          first_look === null ? '' : `${first_look.stopped} of ${first_look.n}`,
        ]),
        ['all', String(all.n), percent(all.stopped / all.n), ''],
      ],
    ),
    `Faithful sentences kept: ${of(fair.kept, fair.n)}; in place of what is lost the reader gets the tool's own words. Invented figures that reached the reader over the whole road: ${road.invented} in ${road.n} answers; lies that did: ${road.reached}.`,
    ...(passed.length > 0
      ? [
          tableOf(
            ['a lie that passed', 'about'],
            passed.map(({ sentence, kind }) => [sentence, kind]),
          ),
        ]
      : []),
    ...(lost.length > 0
      ? [
          tableOf(
            ['a faithful sentence lost', 'list'],
            lost.map(({ sentence, list }) => [sentence, list]),
          ),
        ]
      : []),
  ].join('\n\n');
}

const listTable = (told: readonly Lie[], kept: readonly True[]): string =>
  tableOf(
    ['list', 'lies stopped, first look', 'now', 'faithful kept, first look', 'now', 'used to mend the check'],
    perList(told, kept).map(({ list, lies, faithful, first_look, used_to_mend }) => [
      list,
      first_look ? of(first_look.lies.stopped, first_look.lies.n) : 'not kept',
      of(lies.stopped, lies.n),
      first_look ? of(first_look.faithful.kept, first_look.faithful.n) : 'not kept',
      of(faithful.kept, faithful.n),
      used_to_mend ? 'yes' : 'no',
    ]),
  );

const casesOf = ({ answers, sentences, lost, told }: OnCases) => ({
  answers,
  sentences,
  lost,
  lies: { n: told.length, stopped: told.filter(({ stopped }) => stopped).length },
  per_kind: lieKinds.map((kind) => {
    const all = told.filter((one) => one.kind === kind);
    return { kind, n: all.length, stopped: all.filter(({ stopped }) => stopped).length };
  }),
  passed: told.filter(({ stopped }) => !stopped),
});

function casesReport(all: OnCases): string {
  const { answers, sentences, lost, lies, per_kind, passed } = casesOf(all);
  return [
    `#### Over ${answers} simulated cases`,
    `Of ${sentences} lines of the product's own words its check keeps ${of(sentences - lost.length, sentences)}. One altered sentence per answer and kind, made by rule: ${of(lies.stopped, lies.n)} stopped. The seeds are for tuning and the check was mended with them.`,
    tableOf(
      ['altered', 'told', 'stopped'],
      per_kind.map(({ kind, n, stopped }) => [kind, String(n), percent(n === 0 ? null : stopped / n)]),
    ),
    ...(passed.length > 0
      ? [
          tableOf(
            ['an altered sentence that passed', 'altered'],
            passed.map(({ sentence, kind }) => [sentence, kind]),
          ),
        ]
      : []),
    ...(lost.length > 0
      ? [
          tableOf(
            ['an own sentence that the check drops', 'why'],
            lost.map(({ sentence, why }) => [sentence, why]),
          ),
        ]
      : []),
  ].join('\n\n');
}
