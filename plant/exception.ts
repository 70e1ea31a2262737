import { z } from 'zod';
import { isoTime } from './time.ts';
import { causeClass } from './cause-class.ts';

/** Something that deserves a person's attention; one per cause. Open until what it is about is over. */
const exception = z.object({
  id: z.string(),
  detector: z.string(),
  /** One open exception per key: `stop/line-3@2026-...`. */
  key: z.string(),
  line: z.string(),
  place: z.string().nullable(),
  cause: z.string(),
  class: causeClass.nullable(),
  openedAt: isoTime,
  /** When the thing itself began, which is earlier. */
  since: isoTime,
  endedAt: isoTime.nullable(),
  timeline: z.array(z.object({ at: isoTime, text: z.string() })),
});
export type PlantException = z.infer<typeof exception>;
