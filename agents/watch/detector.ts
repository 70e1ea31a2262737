import type { z } from 'zod';
import type { Db } from '../../memory/db.ts';
import type { Plant } from '../../plant/equipment.ts';
import type { IsoTime, Millis } from '../../plant/time.ts';

/** Something that deserves attention now. The same `key` is the same thing, however often it is found. */
export type Finding = { key: string; line: string; since: IsoTime; severity: 'low' | 'medium' | 'high' };

/** What a detector found, and of what it opened earlier, what is over and since when. */
type Findings = { now: readonly Finding[]; over: readonly { key: string; at: IsoTime }[] };

/**
 * A file in `detectors/` exports this by default; its name is its key under `detectors:` in the YAML.
 * `detect` looks at what was recorded and is quick: it runs every few seconds. `open`: keys that are open now.
 * No model, no message, no state of its own.
 */
export type Detector<Options extends z.ZodType = z.ZodType> = {
  options: Options;
  detect(
    look: { db: Db; plant: Plant; now: Millis; open: readonly string[] },
    options: z.infer<Options>,
  ): Promise<Findings>;
};
