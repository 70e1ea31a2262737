import { setTimeout as sleep } from 'node:timers/promises';
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { Checkpoint, SourceContext, SourceHealth } from '../../plant/source.ts';
import { iso, type Millis } from '../../plant/time.ts';
import { foldAlarms, type ActiveAlarm } from './alarms.ts';
import { createFold, type Sample } from './fold.ts';
import { gapRecord } from './gaps.ts';
import { readHistory } from './history.ts';
import { planItems } from './items.ts';
import { goLive, type Live } from './live.ts';
import type { OpcuaOptions } from './options.ts';
import { openOutlet, type Outlet } from './outlet.ts';

/** What `read` needs to go on: up to when all came (server time), what was on, what was unreadable. */
export type OpcuaCheckpoint = {
  at: string;
  alarms?: Record<string, ActiveAlarm>;
  bad?: Record<string, Millis>;
};

export type Supervised = { outlet: Outlet; done: Promise<void> };

const firstWaitMs = 500;
const longestWaitMs = 10_000;
/** Even without a change the checkpoint moves, so that a restart does not claim a gap where nothing happened. */
const beatMs = 5000;

function checkpointFrom(since: Checkpoint | null) {
  const at = typeof since?.['at'] === 'string' ? Date.parse(since['at']) : Number.NaN;
  return {
    at: Number.isFinite(at) ? at : null,
    alarms: (since?.['alarms'] ?? {}) as Record<string, ActiveAlarm>,
    bad: (since?.['bad'] ?? {}) as Record<string, Millis>,
  };
}

/** Reads the server until `signal` fires: connects, and after every loss says so, rebuilds and goes on. */
export function supervise(
  options: OpcuaOptions,
  context: SourceContext,
  since: Checkpoint | null,
  signal: AbortSignal,
  health: SourceHealth,
): Supervised {
  const { id, clock } = context;
  const start = checkpointFrom(since);
  /** Everything up to here is in the outlet; server time. */
  let completeTo: Millis | null = start.at;
  let held = true;
  let settling = false;
  const pendingAlarms: PlantRecord[] = [];
  const fold = createFold({ source: id, clock, templates: planItems(options).templates, openBad: start.bad });
  const alarms = foldAlarms(id, clock, start.alarms, (record) => {
    pendingAlarms.push(record);
    settleSoon();
  });
  const outlet = openOutlet({
    source: id,
    clock,
    checkpoint: () =>
      completeTo === null
        ? null
        : ({ at: iso(completeTo), alarms: alarms.active(), bad: fold.openBad() } satisfies OpcuaCheckpoint),
    onDrained: () => {
      fold.restate();
      settleSoon();
    },
  });

  function settle(): void {
    settling = false;
    if (held) return;
    const rows = fold.settle();
    rows.records.push(...pendingAlarms.splice(0));
    outlet.add(rows);
    const newest = fold.lastRecordAt();
    if (newest !== null) health.lastRecordAt = iso(newest);
    const words = [...fold.unmapped()]
      .slice(0, 3)
      .map(([equipment, raw]) => `${equipment}: ${[...raw].join(', ')}`);
    if (words.length > 0 && health.state === 'up') {
      health.state = 'degraded';
      health.problem = `States without a meaning in the YAML (${words.join('; ')}). Add them under \`states\`.`;
    }
  }
  /** One publication is handed over value by value in one go; after it, it is turned as a whole. */
  function settleSoon(): void {
    if (settling) return;
    settling = true;
    setImmediate(settle);
  }
  const say = (records: PlantRecord[]) => outlet.add({ records, readings: [] });
  const wire = {
    clock,
    alarms: options.alarms ? alarms : null,
    onSample: (sample: Sample) => {
      fold.add(sample);
      settleSoon();
    },
  };

  /** Values of the time without connection from the server's own history, and the end of the gap. */
  async function closeGap(live: Live, from: Millis, to: Millis): Promise<void> {
    const filled = await readHistory(live, from, to);
    outlet.add(fold.replay(filled.samples));
    const kept = `${filled.items} of ${live.items.length} nodes`;
    if (filled.whole)
      say([
        {
          ...gapRecord(
            id,
            null,
            { from, to: from },
            `Filled up to ${iso(to)} from the server's history; alarms in between are not known`,
            clock(),
          ),
          version: iso(to),
        },
      ]);
    else
      say([
        gapRecord(
          id,
          null,
          { from, to },
          filled.items > 0
            ? `No connection; filled from the server's history for ${kept}`
            : 'No connection to the server',
          clock(),
        ),
      ]);
  }

  async function connectOnce(): Promise<Live | null> {
    held = true;
    const live = goLive(options, context.folder, wire, (items) => fold.expect(items));
    const aborted = new Promise<null>((resolve) => {
      if (signal.aborted) resolve(null);
      signal.addEventListener('abort', () => resolve(null), { once: true });
    });
    const first = await Promise.race([live, aborted]);
    // Whoever closes does not wait for a server that does not answer; what comes of it is closed when it comes.
    if (!first) void live.then(({ close }) => close()).catch(() => {});
    return first;
  }

  async function begin(live: Live, lostAt: Millis | null): Promise<void> {
    health.clockOffsetMs = live.offsetMs;
    live.traffic.onSkipped((from, to) =>
      say([gapRecord(id, null, { from, to }, 'The server skipped a publication', clock())]),
    );
    const here = await Promise.race([live.traffic.first, live.traffic.lost.then(() => null)]);
    if (here === null) return; // gone before it spoke: the loss goes on
    // The first publication may be older than the last subscription of an item; from this moment on all comes.
    const whole = Math.max(here, clock() + (live.offsetMs ?? 0));
    if (lostAt !== null && whole > lostAt) await closeGap(live, lostAt, whole);
    const refused = live.bad.slice(0, 3).map(({ node, status }) => `${node} (${status})`);
    health.state = live.bad.length > 0 ? 'degraded' : 'up';
    health.problem =
      live.bad.length > 0
        ? `${live.bad.length} of ${live.items.length} nodes cannot be watched: ${refused.join(', ')}. Check them in the YAML.`
        : null;
    held = false;
    settle();
  }

  /** Until the connection is lost: keeps the checkpoint and the health moving. Returns what ended it. */
  async function stay(live: Live): Promise<string> {
    const mark = () => {
      if (held) return;
      completeTo = live.traffic.publishedAt() ?? completeTo;
      health.lastOkAt = iso(live.traffic.heardAt());
    };
    const stop = () => live.traffic.stop();
    signal.addEventListener('abort', stop, { once: true });
    const timers = [setInterval(mark, 100), setInterval(() => outlet.beat(), beatMs)];
    try {
      return await live.traffic.lost;
    } finally {
      for (const timer of timers) clearInterval(timer);
      signal.removeEventListener('abort', stop);
      mark();
      settle();
    }
  }

  async function run(): Promise<void> {
    let waitMs = firstWaitMs;
    let met = false;
    for (;;) {
      let live: Live | null = null;
      try {
        live = await connectOnce();
        if (!live) return;
      } catch (error) {
        health.state = error instanceof AndonError && error.code === 'unauthorised' ? 'unauthorised' : 'down';
        health.problem = sentenceOf(error);
        if (completeTo !== null)
          say([gapRecord(id, null, { from: completeTo, to: null }, 'No connection to the server', clock())]);
        if (!met || health.state === 'unauthorised') throw error;
      }
      if (live) {
        met = true;
        const since = performance.now();
        const { traffic } = live;
        const whole = begin(live, completeTo).catch((error: unknown) => {
          context.log(`${id}: ${sentenceOf(error)}`);
          traffic.stop();
        });
        const why = await stay(live);
        await whole;
        await live.close();
        if (signal.aborted) return;
        if (performance.now() - since > longestWaitMs) waitMs = firstWaitMs;
        health.state = 'down';
        health.problem = `The connection to ${options.endpoint} was lost: ${why}. It is being rebuilt.`;
        context.log(`${id}: ${why}; rebuilding the connection to ${options.endpoint}.`);
        if (completeTo !== null)
          say([gapRecord(id, null, { from: completeTo, to: null }, `No connection: ${why}`, clock())]);
      }
      await sleep(waitMs, undefined, { signal }).catch(() => {});
      if (signal.aborted) return;
      waitMs = Math.min(waitMs * 2, longestWaitMs);
    }
  }

  const done = run().then(
    () => outlet.end(),
    (error: unknown) => outlet.end(error instanceof Error ? error : new Error(String(error))),
  );
  return { outlet, done };
}
