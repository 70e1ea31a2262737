import { z } from 'zod';
import { listStops } from '../../../memory/floor/stops.ts';
import { iso } from '../../../plant/time.ts';
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
    const keyOf = (id: string) => `stop/${id}`;
    const standing = stops.filter(
      (stop) => stop.to === null && !stop.planned && stop.durationS > (limits.get(stop.line) ?? 0),
    );
    const found = standing.map((stop): Finding => ({
      key: keyOf(stop.id),
      line: stop.line,
      since: stop.from,
      severity: stop.durationS > highAfterS ? 'high' : 'medium',
    }));
    const still = new Set(found.map((one) => one.key));
    const over = open
      .filter((key) => key.startsWith('stop/') && !still.has(key))
      .map((key) => ({ key, at: stops.find((stop) => keyOf(stop.id) === key)?.to ?? iso(now) }));
    return { now: found, over };
  },
} satisfies Detector<typeof options>;
