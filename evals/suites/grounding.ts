import { faithfulApart, liesApart } from '../words/apart.ts';
import { faithful } from '../words/faithful.ts';
import { productCheck, reaches, type Judge } from '../words/judge.ts';
import { lies } from '../words/lies.ts';
import { inventedOnTheRoad } from '../words/road.ts';
import { scenes, type Scene } from '../words/scenes.ts';
import { percent, tableOf } from '../tables.ts';
import type { Suite } from '../run.ts';

type Lie = { kind: string; scene: string; sentence: string; apart: boolean; stopped: boolean };
type True = { scene: string; sentence: string; apart: boolean; kept: boolean };

/**
 * Sentences a fluent model could write of three stops, true ones and lies, held against their claims. `apart`: lists
 * the check was not first shaped on. Lies with figures go the whole road too, through a provider over HTTP.
 */
export default {
  async run() {
    const { told, kept } = judgedBy(productCheck);
    const road = await inventedOnTheRoad();
    return { figures: { ...figuresOf(told, kept), road }, report: reportOf(told, kept, road) };
  },
} satisfies Suite;

/** A lie passes that reaches the reader as first line or after a true one. */
export function judgedBy(judge: Judge): { told: Lie[]; kept: True[] } {
  const told = scenes.flatMap((scene) =>
    [lies, liesApart].flatMap((list, index) =>
      Object.entries(list[scene.name] ?? {}).flatMap(([kind, sentences]) =>
        sentences.map((sentence) => ({
          kind,
          scene: scene.name,
          sentence,
          apart: index === 1,
          stopped: !reaches(judge, scene, sentence, 'opening') && !reaches(judge, scene, sentence, 'body'),
        })),
      ),
    ),
  );
  return { told, kept: scenes.flatMap((scene) => trueOf(judge, scene)) };
}

function trueOf(judge: Judge, scene: Scene): True[] {
  const { openings = [], sentences = [] } = faithful[scene.name] ?? {};
  const one = (sentence: string, as: 'opening' | 'body', apart: boolean): True => ({
    scene: scene.name,
    sentence,
    apart,
    kept: reaches(judge, scene, sentence, as),
  });
  return [
    ...openings.map((sentence) => one(sentence, 'opening', false)),
    ...sentences.map((sentence) => one(sentence, 'body', false)),
    ...(faithfulApart[scene.name] ?? []).map((sentence) => one(sentence, 'body', true)),
  ];
}

const stoppedOf = (all: readonly Lie[]) => ({
  n: all.length,
  stopped: all.filter(({ stopped }) => stopped).length,
});
const keptOf = (all: readonly True[]) => ({ n: all.length, kept: all.filter(({ kept }) => kept).length });

function figuresOf(told: readonly Lie[], kept: readonly True[]) {
  return {
    n: told.length + kept.length,
    lies: stoppedOf(told),
    faithful: keptOf(kept),
    lies_apart: stoppedOf(told.filter(({ apart }) => apart)),
    faithful_apart: keptOf(kept.filter(({ apart }) => apart)),
    per_kind: perKind(told),
    passed: told.filter(({ stopped }) => !stopped),
    lost: kept.filter((one) => !one.kept),
  };
}

const perKind = (told: readonly Lie[]) =>
  [...new Set(told.map(({ kind }) => kind))]
    .toSorted()
    .map((kind) => ({ kind, ...stoppedOf(told.filter((one) => one.kind === kind)) }));

type Road = Awaited<ReturnType<typeof inventedOnTheRoad>>;

function reportOf(told: readonly Lie[], kept: readonly True[], road: Road): string {
  const all = stoppedOf(told);
  const fair = keptOf(kept);
  const lost = kept.filter((one) => !one.kept);
  const passed = told.filter(({ stopped }) => !stopped);
  return [
    `### Grounding: ${all.n} lies and ${fair.n} faithful sentences about ${scenes.length} stops`,
    tableOf(
      ['lie about', 'told', 'stopped'],
      [
        ...perKind(told).map(({ kind, n, stopped }) => [kind, String(n), percent(stopped / n)]),
        ['all', String(all.n), percent(all.stopped / all.n)],
      ],
    ),
    `Faithful sentences kept: ${fair.kept} of ${fair.n} (${percent(fair.kept / fair.n)}). Invented figures that reached the reader over the whole road: ${road.invented} in ${road.n} answers; lies that did: ${road.reached}.`,
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
            ['a faithful sentence lost'],
            lost.map(({ sentence }) => [sentence]),
          ),
        ]
      : []),
  ].join('\n\n');
}
