import type { Stop } from '../plant/stop.ts';
import type { OpenMcp } from './server.ts';

type Tools = Pick<OpenMcp, 'tools' | 'context'>;

/** In a new process the first call takes ten times what the twentieth takes; after that little changes. */
const calls = 20;

/**
 * Explains the newest stops for nobody, so that whoever asks first does not wait until code is compiled and
 * statements are planned. Nothing is kept of it; where no line stopped there is nothing to do. `ended`: no more of it.
 */
export async function warmUp({ tools, context }: Tools, ended: () => boolean = () => false): Promise<void> {
  const run = async (name: string, input: object) =>
    tools.find((tool) => tool.name === name)?.run(input, context());
  const listed = await run('list_stops', { planned: false, limit: calls });
  const stops = (listed?.['stops'] ?? []) as readonly Stop[];
  for (let call = 0; call < calls && !ended(); call += 1) {
    const stop = stops[call % stops.length];
    if (stop === undefined) return;
    await run('explain_stop', { line: stop.line, at: stop.from });
  }
}

/** `warmUp` a little later, when whoever waits for the start has been served. */
export function warmUpSoon(mcp: Tools, { afterMs = 2_000 } = {}): { close(): Promise<void> } {
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
