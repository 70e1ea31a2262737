import type { Batch } from '../plant/record.ts';
import type { Millis } from '../plant/time.ts';
import type { Live } from './live-world.ts';
export function* writeHistory(live: Live, now: Millis): Generator<Batch> {
  while (live.floor.now < now) live.minute();
}
