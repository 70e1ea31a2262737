import type { Decision } from './decision.ts';
import { causesOf } from './diagnosis/causes/own-cause.ts';
import type { Plant } from './equipment.ts';
import type { Suggestion } from './message.ts';
import { capital, placeWords } from './say/en/words.ts';

/** Something people do about a cause, before anybody decided it here. */
type StandardResponse = { label: string; why: string; steps: readonly string[] };

/** One or two first moves per cause, as any line leader would name them. A plant's own decisions rank above these. */
const standard: Readonly<Record<string, readonly StandardResponse[]>> = {
  infeed_jam: [
    {
      label: 'Clear the jam and check the infeed guides',
      why: 'The machine holds until the infeed is free.',
      steps: [
        'Stop and lock the machine',
        'Clear the infeed',
        'Check guide width against the format',
        'Restart and watch 20 cycles',
      ],
    },
  ],
  drive_trip: [
    {
      label: 'Call maintenance for the drive, keep the line warm',
      why: 'A tripped drive that is only reset trips again.',
      steps: [
        'Call maintenance',
        'Check the bearing temperature and noise',
        'Reset once, at reduced speed, only if maintenance agrees',
      ],
    },
    {
      label: 'Run at reduced speed until the end of the shift',
      why: 'Less load on a worn bearing, at the price of output.',
      steps: ['Agree with maintenance', 'Set the speed down', 'Plan the repair for the next stop'],
    },
  ],
  consumable_empty: [
    {
      label: 'Refill now and send the forklift for the next load',
      why: 'Stock is in the warehouse; only the way to the machine is missing.',
      steps: ['Refill by hand', 'Call the forklift', 'Set a refill call at the low-level alarm'],
    },
  ],
  component_stockout: [
    {
      label: 'Change to an order whose material is here',
      why: 'Waiting does not bring the material.',
      steps: [
        'Ask planning for the next order with full stock',
        'Start the changeover',
        'Ask purchasing for the arrival time',
      ],
    },
  ],
  quality_hold: [
    {
      label: 'Ask quality for the release, prepare the next lot',
      why: 'Only quality can lift the hold.',
      steps: [
        'Call quality with the lot number',
        'Stage a lot that is free',
        'Do not restart before the release',
      ],
    },
  ],
  no_operator: [
    {
      label: 'Ask the neighbouring line for cover',
      why: 'Nobody is at the machine to clear a small fault.',
      steps: ['Ask for cover for the break', 'Clear the fault', 'Set the break order with the next shift'],
    },
  ],
  changeover_overrun: [
    {
      label: 'Find what the changeover waits for and ask for it',
      why: 'The changeover is past its standard time.',
      steps: ['Ask which part or tool is missing', 'Call the tool store', 'Tell planning the new start time'],
    },
  ],
  compressed_air_low: [
    {
      label: 'Call utilities and switch to the spare compressor',
      why: 'Several machines wait for the same air.',
      steps: [
        'Call utilities',
        'Start the spare compressor',
        'Restart the machines one after another when the pressure is back',
      ],
    },
  ],
  dispatch_full: [
    {
      label: 'Clear the dispatch lane, ask the warehouse for a truck',
      why: 'The line is fine; its product cannot leave.',
      steps: [
        'Call the warehouse',
        'Move pallets to the buffer area',
        'Slow the line if it takes longer than ten minutes',
      ],
    },
  ],
  system_no_answer: [
    {
      label: 'Call IT and switch to local mode',
      why: 'The machine waits for an answer from a computer.',
      steps: [
        'Call IT with the time it began',
        'Switch to local mode if the format allows it',
        'Check the first labels by hand',
      ],
    },
  ],
};
const lookThere: StandardResponse = {
  label: 'Go and look at the machine where it began',
  why: 'What is known is not enough to choose a response from here.',
  steps: ['Look at the machine', 'Tell Andon what you saw'],
};

/** What a response is asked for: a cause of the catalogue or of the plant, `other` or `unknown`, and its place. */
export type Named = { line: string; cause: string; place: string | null };

/** The standard moves; else the look that shows the cause, as its entry says it; where no cause is named, a look around. */
function usual(plant: Plant, { line, cause, place }: Named): readonly StandardResponse[] {
  const moves = standard[cause];
  if (moves) return moves;
  const check = causesOf(plant)
    .find(({ id }) => id === cause)
    ?.check(placeWords(plant, place ?? line));
  if (!check) return [lookThere];
  const look = capital(check);
  // A button holds the look, the step also what to look for.
  const [label = look] = look.split(/:|, /);
  return [{ label, why: 'It shows whether this was the cause.', steps: [look, 'Tell Andon what you saw'] }];
}

/** A response with its steps: a suggestion as it was shown, before it becomes a decision. */
export type Response = Suggestion & { steps: readonly string[] };

/**
 * At most three responses to a cause, best first: what was decided here and worked, newest first, then the standard ones.
 * What failed last time is not suggested again. `local` turns a time into the plant's own words.
 */
export function rankResponses(
  plant: Plant,
  named: Named,
  decisions: readonly Decision[],
  local: (iso: string) => string,
): Response[] {
  const { cause } = named;
  const score = (decision: Decision) =>
    decision.outcome?.status === 'worked' ? 2 : decision.outcome?.status === 'partly' ? 0 : 1;
  const failed = new Set(
    decisions.filter((one) => one.outcome?.status === 'failed').map((one) => one.response.toLowerCase()),
  );
  const seen = new Set<string>(failed);
  const decided = decisions
    .filter((one) => one.status === 'confirmed' && one.cause === cause)
    .toSorted((a, b) => score(b) - score(a) || (b.decidedAt ?? '').localeCompare(a.decidedAt ?? ''))
    .map((one): Response => ({
      id: `decision:${one.id}`,
      label: one.response,
      why: one.constraint,
      steps: one.steps,
      lastTime: lastTime(one, local),
    }));
  const first = usual(plant, named).map((one, index): Response => ({
    id: `standard:${cause}:${index}`,
    ...one,
    lastTime: null,
  }));
  return [...decided, ...first]
    .filter(({ label }) => !seen.has(label.toLowerCase()) && seen.add(label.toLowerCase()))
    .slice(0, 3);
}

function lastTime(decision: Decision, local: (iso: string) => string): string {
  const when = decision.decidedAt ? `Decided ${local(decision.decidedAt)}` : 'Decided earlier';
  const { outcome } = decision;
  if (!outcome) return `${when}; what came of it is not known.`;
  const verdict = {
    worked: 'it worked',
    partly: 'it helped in part',
    failed: 'it did not help',
    unknown: null,
  }[outcome.status];
  const ran =
    outcome.minutesToRun === null
      ? null
      : `the line ran again ${Math.max(1, Math.round(outcome.minutesToRun))} min later`;
  return `${when}; ${[verdict, ran].filter(Boolean).join(', ') || 'what came of it is not known'}.`;
}
