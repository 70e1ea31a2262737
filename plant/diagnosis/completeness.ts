import type { Completeness } from '../evidence.ts';
import { localAt, localSpan } from '../say/local-time.ts';
import { nameOf } from './says.ts';
import type { Scene } from './scene.ts';
import { timeOf } from './timeline.ts';

/** What is missing from the records, one sentence each: dead sources, gaps, what was cut off. */
export function completenessOf(scene: Scene): Completeness {
  const { plant, coverage, truncated } = scene.case;
  const missing: string[] = [];
  for (const { system, state, gaps, lastRecordAt } of coverage) {
    const near = gaps.filter(
      (gap) => gap.from <= scene.end && (gap.to ?? Infinity) >= scene.from - 1_800_000,
    );
    for (const gap of near.slice(0, 3)) {
      const whose = gap.equipment === null ? system : `${system} for ${nameOf(plant, gap.equipment)}`;
      missing.push(`No data of ${whose} ${localSpan(gap.from, gap.to, plant.timezone, scene.case.now)}.`);
    }
    if (near.length > 0 || state === 'up' || state === 'degraded') continue;
    const last =
      lastRecordAt === null
        ? ''
        : `, its last word came ${localAt(lastRecordAt, plant.timezone, scene.case.now)}`;
    missing.push(`${system} ${state === 'unauthorised' ? 'refuses our sign-in' : 'does not answer'}${last}.`);
  }
  if (truncated) missing.push('There were more records than could be looked at; the oldest were left out.');
  const newest = scene.case.records.reduce((latest, record) => Math.max(latest, timeOf(record)), -Infinity);
  return {
    complete: missing.length === 0,
    asOf: Number.isFinite(newest) ? new Date(newest).toISOString() : null,
    missing,
    truncated,
  };
}
