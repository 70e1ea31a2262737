/** docs/transcripts/stops.md: one stop of each class as Andon explains it. Rewritten by `npx vitest run check/docs-stops.test.ts -u`. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { play } from '../evals/stops/play.ts';
import { simulatedCase } from '../evals/stops/simulated.ts';
import type { Memory } from '../memory/open.ts';
import { openTestMemory } from '../memory/test-database.ts';
import { wrapped } from './wrapped.ts';

/** The first simulated stop of its kind, by number; each with sources missing, clocks off and people's words as drawn. */
const stops = [
  { of: 'A machine', seed: 6, truth: 'drive_trip' },
  { of: 'A machine that only seems to have a jam', seed: 112, truth: 'sensor_dirty' },
  { of: 'Material', seed: 65, truth: 'consumable_empty' },
  { of: 'Material, and then nobody came', seed: 21, truth: 'bad_lot' },
  { of: 'Quality', seed: 33, truth: 'inspection_drift' },
  { of: 'People', seed: 163, truth: 'no_operator' },
  { of: 'Planning', seed: 19, truth: 'changeover_overrun' },
  { of: 'Utilities', seed: 108, truth: 'cooling_warm' },
  { of: 'Outside the line, at its end', seed: 31, truth: 'dispatch_full' },
  { of: 'Outside the line, at its beginning', seed: 150, truth: 'upstream_late' },
  { of: 'IT', seed: 52, truth: 'system_no_answer' },
  { of: 'A planned break', seed: 18, truth: 'break' },
  { of: 'No stop: the line ran slowly', seed: 90, truth: 'none' },
  { of: 'No stop: only the data failed', seed: 5, truth: 'sensor_outage' },
  { of: 'Nobody could tell', seed: 160, truth: 'parameter_changed' },
] as const;

let memory: Memory;
beforeAll(async () => void (memory = await openTestMemory()));
afterAll(async () => memory.close());

test('the answers in docs/transcripts/stops.md are what Andon says', async () => {
  const parts = [
    '# Fifteen questions about a stop',
    'One simulated stop of each class, as `explain_stop` answers without a language model. How often such answers are right is in [evals/report.md](../../evals/report.md).',
  ];
  for (const { of, seed, truth } of stops) {
    const one = simulatedCase(seed);
    expect([seed, one.truth.cause]).toEqual([seed, truth]);
    const { told } = await play(memory, one);
    expect(told?.first_line.length, of).toBeGreaterThan(20);
    const said = [`> ${one.question}`, told?.first_line ?? '', '', told?.text ?? ''].join('\n').trim();
    parts.push(`## ${of}`, `\`\`\`text\n${said.split('\n').map(wrapped).join('\n')}\n\`\`\``);
  }
  await expect(`${parts.join('\n\n')}\n`).toMatchFileSnapshot('../docs/transcripts/stops.md');
});
