import { z } from 'zod';
import { diagnose } from '../../plant/diagnosis/diagnose.ts';
import { diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Line } from '../../plant/equipment.ts';
import { AndonError } from '../../plant/errors.ts';
import { resolveLine } from '../../plant/names.ts';
import type { Stop } from '../../plant/stop.ts';
import { millis } from '../../plant/time.ts';
import type { Millis } from '../../plant/time.ts';
import { gatherStopCase } from '../../memory/floor/stop-case.ts';
import { confirmedFor } from '../../memory/corrections.ts';
import { listStops } from '../../memory/floor/stops.ts';
import { chooseStop, farFrom } from '../choose-stop.ts';
import type { AskedStop } from '../choose-stop.ts';
import { completenessOf } from '../completeness.ts';
import { distinct } from '../gaps.ts';
import { lookAt, withoutStop } from '../no-stop.ts';
import { evidenceOfStops } from '../stop-evidence.ts';
import { defineTool, reads } from '../tool.ts';
import type { ToolContext } from '../tool.ts';
import type { ToolResult } from '../result.ts';
import { hourMs, timeInput, windowOf } from '../window.ts';

const data = {
  outcome: z.enum(['explained', 'ran', 'no_stop', 'no_data']),
  line: z.string(),
  diagnosis: diagnosis.nullable(),
  /** What a person confirmed of it, which the first line then says. */
  confirmed: z.object({ place: z.string().nullable(), cause: z.string().nullable() }).nullable(),
};
type Result = ToolResult<z.input<z.ZodObject<typeof data>>>;

function askedOf(
  input: { at?: string | undefined; from?: string | undefined; to?: string | undefined },
  now: Millis,
): AskedStop {
  if (input.at !== undefined) {
    const at = millis(input.at);
    if (at > now + 60_000)
      throw new AndonError(
        'bad_input',
        `The time ${input.at} is in the future.`,
        'Ask about a time that has passed.',
      );
    return { kind: 'at', at: Math.min(at, now) };
  }
  if (input.from !== undefined || input.to !== undefined) return { kind: 'window', ...windowOf(input, now) };
  return { kind: 'latest' };
}

/** Stops are looked for this far around: a stop must be seen from its start, and the nearest one is named. */
function searched(asked: AskedStop, now: Millis): { from: Millis; to: Millis } {
  if (asked.kind === 'at') return { from: asked.at - 12 * hourMs, to: Math.min(now, asked.at + 12 * hourMs) };
  if (asked.kind === 'window') return { from: asked.from - 12 * hourMs, to: asked.to };
  return { from: now - 36 * hourMs, to: now };
}

/** A month has hundreds of stops: that one is the longest is told by it and the next longest, the others are counted. */
const mostCited = 10;

/** `of`: the stops of which it is the longest, where it was chosen of several. */
async function explained(context: ToolContext, line: Line, stop: Stop, of: readonly Stop[]): Promise<Result> {
  const { plant, pool, now, health, say } = context;
  const found = await gatherStopCase(pool, plant, { line: line.id, stop }, { now, health });
  if (!found)
    throw new AndonError(
      'not_found',
      `The records of this stop of ${line.name} are gone.`,
      'Call list_stops to see which stops are known.',
    );
  const why = diagnose(found);
  const told = new Set(why.completeness.sources);
  const others = health.filter(({ source }) => !told.has(source));
  const missing = [...why.completeness.missing, ...completenessOf({ ...context, health: others }).missing];
  const nextLongest = of
    .filter(({ id }) => id !== stop.id)
    .toSorted((a, b) => b.durationS - a.durationS)
    .slice(0, mostCited - 1);
  const cited = of.length > 0 ? [stop, ...nextLongest] : [];
  const chosen = (await evidenceOfStops(context, line, cited)).flat();
  const lead = {
    lead: say.longestOf(
      of.length,
      chosen.map(({ id }) => id),
    ),
  };
  const said = say.sayDiagnosis(why, plant, { now, ...(of.length > 0 ? lead : {}) });
  const confirmed = await confirmedFor(pool, stop);
  return {
    said: confirmed ? say.withConfirmed(said, confirmed, why, plant, { now }) : said,
    data: {
      outcome: 'explained',
      line: line.id,
      diagnosis: why,
      confirmed: confirmed && { place: confirmed.place, cause: confirmed.cause },
    },
    evidence: distinct([...why.evidence, ...chosen]),
    claims: why.claims,
    completeness: {
      ...why.completeness,
      missing,
      complete: why.completeness.complete && missing.length === 0,
    },
  };
}

export default defineTool({
  name: 'explain_stop',
  title: 'Explain a stop',
  description:
    'Why did a line stop? Returns the cause, where it began, the chain to the stop, evidence for and against, what was ruled out, what is unknown and the next check. Without a time: the latest stop within 24 hours, also when the line runs again. With "at": the stop at that time; with "from"/"to": the longest one in it. If the line ran then, or no data exists for then, the result says so: do not look for a cause.',
  input: {
    line: z.string().max(200).describe('Line (or a machine of it) as people call it'),
    at: timeInput('ISO time at which it is said to have stopped'),
    from: timeInput('ISO time'),
    to: timeInput('ISO time'),
  },
  data,
  annotations: reads,
  async run(input, context) {
    const { plant, pool, now } = context;
    const line = resolveLine(plant, input.line);
    const asked = askedOf(input, now);
    const stops = await listStops(pool, plant, [line.id], searched(asked, now), now);
    const stop = chooseStop(stops, asked, now);
    const sure =
      stop !== null && !stop.uncertain && (asked.kind !== 'at' || farFrom(stop, asked.at, now) === 0);
    if (stop === null || !sure) {
      const look = await lookAt(context, line, asked);
      if (stop === null || (asked.kind === 'at' && look.blind.length > 0)) {
        const { outcome, said, evidence } = await withoutStop(context, line, asked, look, stops);
        return {
          said,
          data: { outcome, line: line.id, diagnosis: null, confirmed: null },
          evidence,
          completeness: completenessOf(context, { gaps: look.gaps }),
        };
      }
    }
    const inside =
      asked.kind === 'window' ? stops.filter((one) => !one.planned && millis(one.from) >= asked.from) : [];
    return explained(context, line, stop, inside.length > 1 ? inside : []);
  },
});
