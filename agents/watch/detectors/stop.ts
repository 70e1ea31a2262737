import { z } from 'zod';
import { listStops } from '../../../memory/floor/stops.ts';
import type { Stop } from '../../../plant/stop.ts';
import { iso, millis, type IsoTime, type Millis } from '../../../plant/time.ts';
import type { Detector, Finding } from '../detector.ts';

const options = z.strictObject({
  highAfterS: z
    .number()
    .positive()
    .default(900)
    .describe('a stop longer than this is of high severity, seconds'),
});

/** Stops begin at most this long before they are noticed; longer ones were noticed before. */
const lookBackMs = 24 * 3_600_000;

/** A line that stands longer than its own limit (`stopLimitS`), unless the plan says that it should. */
export default {
  options,
  async detect({ db, plant, now, open }, { highAfterS }) {
    const stops = await listStops(
      db,
      plant,
      plant.lines.map((line) => line.id),
      { from: now - lookBackMs, to: now },
      now,
    );
    const limits = new Map(plant.lines.map((line) => [line.id, line.stopLimitS]));
    const found = stops
      .filter((stop) => stop.to === null && !stop.planned)
      .flatMap((stop): Finding[] => {
        const told = open.find((key) => isSame(key, stop, stops));
        if (told === undefined && stop.durationS <= (limits.get(stop.line) ?? 0)) return [];
        const severity = stop.durationS > highAfterS ? 'high' : 'medium';
        return [{ key: told ?? `stop/${stop.id}`, line: stop.line, since: stop.from, severity }];
      });
    const still = new Set(found.map((one) => one.key));
    const over = open
      .filter((key) => key.startsWith('stop/') && !still.has(key))
      .map((key) => ({ key, at: endOf(key, stops) ?? iso(now) }));
    return { now: found, over };
  },
} satisfies Detector<typeof options>;

/** Line and start in the key of what was told: `stop/line-3@2026-...`. */
function toldOf(key: string): { line: string; from: Millis } | null {
  const [, line, from] = /^stop\/(.+)@(.+)$/.exec(key) ?? [];
  return line === undefined || from === undefined ? null : { line, from: millis(from) };
}

/** The first time after what was told at which the line ran again. */
function endOf(key: string, stops: readonly Stop[]): IsoTime | null {
  const told = toldOf(key);
  const ends = stops.flatMap(({ line, to }) => (line === told?.line && to !== null ? [to] : []));
  return told ? (ends.toSorted().find((to) => millis(to) > told.from) ?? null) : null;
}

/**
 * Late records move the beginning of a stop, and with it its id: what was told of a line goes on until the line
 * has run in between.
 */
function isSame(key: string, stop: Stop, stops: readonly Stop[]): boolean {
  const end = endOf(key, stops);
  return toldOf(key)?.line === stop.line && (end === null || millis(end) > millis(stop.from));
}
