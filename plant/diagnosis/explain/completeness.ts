import type { Completeness } from '../../evidence.ts';
import { together } from '../../gaps.ts';
import { durationWords, localAt, localSpan } from '../../say/local-time.ts';
import type { ClockJump } from '../records/jumps.ts';
import { nameOf } from '../records/says.ts';
import type { Scene } from '../scene.ts';
import { timeOf } from '../records/timeline.ts';

/** At most this many gaps, and machines of one, are told by name. */
const most = 3;

const missed = { values: 'No values and alarms', alarms: 'No alarms' };

/** Some by name, and how many more. */
function named(names: readonly string[]): string {
  const shown = names.length > most + 1 ? names.slice(0, most) : names;
  const all = shown.length < names.length ? [...shown, `${names.length - shown.length} more`] : shown;
  return all.length < 2 ? all.join('') : `${all.slice(0, -1).join(', ')} and ${all.at(-1)}`;
}

/** Records of a kind as people call them. */
const recordWords: Record<string, string> = {
  stock: 'stock',
  maintenance: 'maintenance notifications',
  order: 'orders',
  lot: 'lots',
};
const recordsOf = (kind: string): string => recordWords[kind] ?? `${kind.replaceAll('_', ' ')} records`;

/** A clock that jumped: by how much, when, and what was done with its times. */
function jumpWords({ plant, systems, case: { now } }: Scene, { source, from, to, byMs }: ClockJump): string {
  const minutes = Math.round(Math.abs(byMs) / 60_000);
  const by = minutes === 60 ? 'an hour' : durationWords(minutes * 60);
  const way = byMs > 0 ? 'ahead' : 'behind';
  const clock = `The clock of ${systems.get(source) ?? source}`;
  return from === -Infinity
    ? `${clock} was ${by} ${way} until it jumped ${localAt(to, plant.timezone, now)}; its times before that were put right.`
    : `${clock} jumped ${by} ${way} ${localAt(from, plant.timezone, now)}; its times since then were put right.`;
}

/** What is missing from the records, one sentence each: dead sources, gaps, what was cut off. */
export function completenessOf(scene: Scene): Completeness {
  const { plant, coverage, truncated } = scene.case;
  const missing: string[] = [];
  const sources: string[] = [];
  for (const { source, system, state, closed = [], gaps, lastRecordAt } of coverage) {
    if (closed.length > 0) {
      sources.push(source);
      missing.push(`${system} does not let us read ${named(closed.map(recordsOf))}.`);
    }
    const near = gaps.filter(
      (gap) => gap.from <= scene.end && (gap.to ?? Infinity) >= scene.from - 1_800_000,
    );
    if (near.length === 0 && (state === 'up' || state === 'degraded')) continue;
    if (!sources.includes(source)) sources.push(source);
    const told = together(near.map((gap) => ({ ...gap, source })));
    for (const same of told.slice(0, most)) {
      const [{ from, to, only }] = same;
      const machines = same.flatMap(({ equipment }) => (equipment === null ? [] : nameOf(plant, equipment)));
      const whose = machines.length === 0 ? system : `${system} for ${named(machines)}`;
      const what = only ? missed[only] : 'No data';
      missing.push(`${what} of ${whose} ${localSpan(from, to, plant.timezone, scene.case.now)}.`);
    }
    const more = told.length - most;
    if (more > 0) missing.push(`${system} has ${more} more ${more === 1 ? 'time' : 'times'} without data.`);
    if (near.length > 0) continue;
    const last =
      lastRecordAt === null
        ? ''
        : `, its last word came ${localAt(lastRecordAt, plant.timezone, scene.case.now)}`;
    missing.push(`${system} ${state === 'unauthorised' ? 'refuses our sign-in' : 'does not answer'}${last}.`);
  }
  for (const jump of scene.jumps) {
    missing.push(jumpWords(scene, jump));
    if (!sources.includes(jump.source)) sources.push(jump.source);
  }
  if (truncated)
    missing.push(
      'There were more records than could be looked at; those farthest from its beginning were left out.',
    );
  const newest = scene.case.records.reduce((latest, record) => Math.max(latest, timeOf(record)), -Infinity);
  return {
    complete: missing.length === 0,
    asOf: Number.isFinite(newest) ? new Date(newest).toISOString() : null,
    missing,
    sources,
    truncated,
  };
}
