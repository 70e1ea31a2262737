import type { Stop } from '../plant/stop.ts';
import { iso } from '../plant/time.ts';
import type { OpenMcp } from './server.ts';
import { hourMs } from './window.ts';

type Tools = Pick<OpenMcp, 'tools' | 'context'>;

/**
 * In a new process the first call takes 250 ms of processor time; from the sixtieth to the hundredth the median still falls
 * from 32 to 26 ms, then it stays (`npm run -s bench -- explain`).
 */
const calls = 60;
/** After a weekend or a holiday the newest stops are old; one question reaches back 32 days at most. */
const daysBack = [1, 5, 30];
/** Whoever waits for the start is served first. */
const afterMs = 2_000;

/**
 * Explains the newest stops for nobody, so that whoever asks first does not wait until code is compiled and
 * statements are planned. Nothing is kept of it; where no line stopped there is nothing to do. `ended`: no more of it.
 */
export async function warmUp({ tools, context }: Tools, ended: () => boolean = () => false): Promise<void> {
  const run = async (name: string, input: object) =>
    tools.find((tool) => tool.name === name)?.run(input, context());
  let stops: readonly Stop[] = [];
  for (const days of daysBack) {
    if (stops.length > 0 || ended()) break;
    const from = iso(context().now - days * 24 * hourMs);
    const listed = await run('list_stops', { planned: false, limit: calls, from });
    stops = (listed?.['stops'] ?? []) as readonly Stop[];
  }
  for (let call = 0; call < calls && !ended(); call += 1) {
    const stop = stops[call % stops.length];
    if (stop === undefined) return;
    await run('explain_stop', { line: stop.line, at: stop.from });
  }
}

/** `warmUp` a little later. */
export function warmUpSoon(mcp: Tools): { close(): Promise<void> } {
  let ended = false;
  let working: Promise<void> = Promise.resolve();
  const timer = setTimeout(() => {
    // What is wrong is told to the first who asks, in words that belong to the question.
    working = warmUp(mcp, () => ended).catch(() => {});
  }, afterMs);
  timer.unref();
  return {
    close: async () => {
      ended = true;
      clearTimeout(timer);
      await working;
    },
  };
}
