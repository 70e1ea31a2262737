import type { Clock } from '../plant/time.ts';
import type { World } from './world.ts';

/** Steps taken in one go when late, before others get their turn: about 20 ms of a plant of four lines. */
const stepsAtOnce = 200;

/**
 * Lets the world run in real time, one step a second; a world that is late runs faster until it is not.
 * `afterStep` is awaited before the next step. Ends when `signal` fires; throws what a step throws.
 */
export async function runLive(
  world: World,
  clock: Clock,
  afterStep: () => Promise<void>,
  signal: AbortSignal,
): Promise<void> {
  while (!signal.aborted) {
    for (let step = 0; step < stepsAtOnce && world.now() + 1000 <= clock() && !signal.aborted; step += 1) {
      world.step();
      await afterStep();
    }
    await turn(Math.max(0, world.now() + 1000 - clock()), signal);
  }
}

const turn = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, ms);
    signal.addEventListener('abort', done);
  });
