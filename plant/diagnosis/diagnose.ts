import { decide } from './weigh/abstain.ts';
import type { Cause } from './causes/cause.ts';
import type { Diagnosis } from './diagnosis.ts';
import { explain } from './explain/explain.ts';
import { explainPlanned } from './explain/explain-planned.ts';
import { failingOf, toldOf } from './localise/hints.ts';
import { hypotheses } from './weigh/hypothesis.ts';
import { causesOf } from './causes/own-cause.ts';
import type { Signs } from './localise/localise.ts';
import { localise } from './localise/localise.ts';
import { extreme } from './records/signals.ts';
import type { Scene } from './scene.ts';
import { sceneOf } from './scene.ts';
import { breakTimes } from './frame/shift-times.ts';
import { rank } from './weigh/weigh.ts';
import type { StopCase } from './stop-case.ts';

/** An alarm came with the stop within this. A machine below this share of its usual speed in the minutes before ran slowly. */
const cameMs = 600_000;
const slow = { beforeMs: 300_000, below: 0.85 };

/** Machines without a state whose alarms came with the stop, and machines that ran on below their usual speed. */
function signsOf(scene: Scene): Signs {
  const alarmed = scene.alarms
    .filter((alarm) => alarm.says === 'fault' && !alarm.chatters)
    .filter((alarm) => Math.abs(alarm.from - scene.from) < cameMs)
    .map(({ equipment }) => equipment);
  const slowed = scene.signals
    .filter((signal) => signal.measure === 'speed')
    .filter((signal) => {
      const lowest = extreme(signal, scene.from - slow.beforeMs, scene.from, 'down');
      return lowest !== null && lowest.value < signal.usual * slow.below;
    })
    .map(({ window }) => window.equipment);
  return {
    alarmed: new Set(alarmed),
    slow: new Set(slowed),
    failing: new Set(failingOf(scene).keys()),
    told: toldOf(scene),
  };
}

/** A break begins or ends this much off what the shift plan says. */
const offPlanMs = 300_000;

/** What a list called planned by fewer records is planned only where the plan or a break of the shift says so here, too. */
const isPlanned = ({ case: given, plans, overrun, plant, from }: Scene): boolean =>
  given.stop.planned &&
  overrun === null &&
  (plans.length > 0 || breakTimes(plant, from - offPlanMs, from + offPlanMs).length > 0);

/**
 * Why a line stopped, from the records around the stop alone: planned first, then where it began, then why.
 * Pure and quick. `known`: the causes to choose from; default: the whole catalogue and the plant's own.
 */
export function diagnose(given: StopCase, known: readonly Cause[] = causesOf(given.plant)): Diagnosis {
  const scene = sceneOf(given);
  if (isPlanned(scene)) return explainPlanned(scene);
  const origins = localise(scene.floor, scene.plant, signsOf(scene));
  const ranking = rank(scene, hypotheses(scene, origins, known), origins);
  return explain(scene, origins, ranking, decide(ranking, origins), known);
}
