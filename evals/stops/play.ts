import { gatherStopCase } from '../../memory/floor/stop-case.ts';
import { recordBatch } from '../../memory/floor/record-batch.ts';
import type { Memory } from '../../memory/open.ts';
import { emptyFloor } from '../../memory/test-database.ts';
import { diagnose } from '../../plant/diagnosis/diagnose.ts';
import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { StopCase } from '../../plant/diagnosis/stop-case.ts';
import type { SourceHealth } from '../../plant/source.ts';
import { iso, millis } from '../../plant/time.ts';
import { plainWords } from '../../plant/names.ts';
import { baselines, type Learned } from './baselines.ts';
import type { Case } from './case.ts';
import { judge, type Judged } from './score.ts';

/** One case by the product's own road: recorded batch by batch, gathered by SQL, diagnosed. */
export async function play(memory: Memory, one: Case, learned: Learned): Promise<Judged> {
  const { found, diagnosis } = await diagnoseCase(memory, one);
  const guesses =
    found === null
      ? []
      : baselines.map((baseline) => ({ name: baseline.name, ...baseline.guess(found, learned) }));
  return judge(one.name, one.truth, diagnosis, guesses);
}

/** What the product makes of a case; the memory's floor is emptied before. null: it found no stop. */
export async function diagnoseCase(
  memory: Memory,
  one: Case,
): Promise<{ found: StopCase | null; diagnosis: Diagnosis | null }> {
  await emptyFloor(memory);
  for (const batch of one.batches) await recordBatch(memory.pool, batch, one.askedAt);
  const query = { line: lineOf(one) };
  const found = await gatherStopCase(memory.pool, one.plant, query, {
    now: one.askedAt,
    health: healthOf(one),
  });
  return { found, diagnosis: found === null ? null : diagnose(found) };
}

/** The line that the question names; a plant with one line needs no name. */
function lineOf({ plant, question }: Case): string {
  const asked = ` ${plainWords(question).join(' ')} `;
  const named = plant.lines.find(({ name, aliases }) =>
    [name, ...aliases].some((words) => asked.includes(` ${plainWords(words).join(' ')} `)),
  );
  const line = named ?? plant.lines[0];
  if (!line) throw new Error('the plant of this case has no line');
  return line.id;
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
