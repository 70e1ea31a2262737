import { setTimeout as sleep } from 'node:timers/promises';
import { gatherStopCase } from '../../memory/floor/stop-case.ts';
import { recordBatch } from '../../memory/floor/record-batch.ts';
import type { Memory } from '../../memory/open.ts';
import { emptyFloor } from '../../memory/test-database.ts';
import explainStop from '../../mcp-server/tools/explain-stop.ts';
import type { Structured } from '../../mcp-server/result.ts';
import { AndonError } from '../../plant/errors.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { StopCase } from '../../plant/diagnosis/stop-case.ts';
import type { SourceHealth } from '../../plant/source.ts';
import { sentencesIn } from '../../plant/say/index.ts';
import { iso, millis } from '../../plant/time.ts';
import { inputOf } from './ask.ts';
import type { Case } from './case.ts';

/** `refused`: the tool would not answer. */
export type Outcome = 'explained' | 'ran' | 'no_stop' | 'no_data' | 'refused';
/** What the product made of a case. */
export type Played = {
  outcome: Outcome;
  /** The tool's whole result; null where it refused. */
  told: Structured | null;
  diagnosis: Diagnosis | null;
  /** Gathers what the diagnosis saw, until the next case is played; null where it saw no stop. */
  found: () => Promise<StopCase | null>;
  /** Of one call of the tool in a process that did nothing else then: processor time of all threads, milliseconds. */
  cpuMs: number;
};

/** One case by the product's own road: recorded batch by batch, then asked through `explain_stop`. Empties the memory's floor before. */
export async function play(memory: Memory, one: Case): Promise<Played> {
  await emptyFloor(memory);
  for (const batch of one.batches) await recordBatch(memory.pool, batch, one.askedAt);
  const health = healthOf(one);
  const { pool } = memory;
  const { plant, askedAt: now } = one;
  const input = inputOf(one);
  const context = { pool, plant, people: [], now, health, decisions: { pool }, say: sentencesIn('en') };
  await rested();
  const before = process.cpuUsage();
  const told = await explainStop.run(input, context).catch(refusal);
  const cpuMs = spentSince(before);
  const { outcome, diagnosis } = (told ?? { outcome: 'refused', diagnosis: null }) as {
    outcome: Outcome;
    diagnosis: Diagnosis | null;
  };
  const found = async () =>
    diagnosis === null
      ? null
      : gatherStopCase(pool, plant, { line: diagnosis.stop.line, stop: diagnosis.stop }, { now, health });
  return { outcome, told, diagnosis, found, cpuMs };
}

const spentSince = (before: NodeJS.CpuUsage): number => {
  const { user, system } = process.cpuUsage(before);
  return (user + system) / 1_000;
};

/**
 * Waits, at most a fifth of a second, until the process does nothing: making and recording the case leaves garbage
 * to collect and code to compile for threads of their own, which is not what an answer costs.
 */
async function rested(): Promise<void> {
  for (let look = 0; look < 20; look += 1) {
    const before = process.cpuUsage();
    await sleep(10);
    if (spentSince(before) < 1) return;
  }
}

function refusal(error: unknown): null {
  if (error instanceof AndonError) return null;
  throw error;
}

/** Every source that handed something over answers, up to its newest record. */
function healthOf({ batches, askedAt }: Case): SourceHealth[] {
  const newest = new Map<string, number>();
  for (const { source, records, readings } of batches) {
    const times = [...records.map(({ at }) => millis(at)), readings.at(-1)?.at ?? 0];
    newest.set(
      source,
      times.reduce((a, b) => Math.max(a, b), newest.get(source) ?? 0),
    );
  }
  return [...newest].map(([source, at]) => ({
    source,
    system: source,
    state: 'up',
    lastOkAt: iso(askedAt),
    lastRecordAt: at > 0 ? iso(at) : null,
    clockOffsetMs: null,
    problem: null,
  }));
}
