import { activitiesOf } from '../plant/bottleneck/activity.ts';
import type { Activity } from '../plant/bottleneck/activity.ts';
import { flowOf } from '../plant/diagnosis/localise/topology.ts';
import type { Flow } from '../plant/diagnosis/localise/topology.ts';
import { producesIn, timelines } from '../plant/diagnosis/records/timeline.ts';
import type { StateSpan } from '../plant/diagnosis/records/timeline.ts';
import { evidenceId } from '../plant/diagnosis/stop-case.ts';
import type { Line } from '../plant/equipment.ts';
import type { Evidence } from '../plant/evidence.ts';
import type { Absorbed } from '../plant/say/en/no-stop.ts';
import type { Millis } from '../plant/time.ts';
import { stateRecords } from '../memory/floor/states.ts';
import { asEvidence, gapsOf, silentIn } from './gaps.ts';
import type { ToolContext } from './tool.ts';
import { hourMs } from './window.ts';

/** People round: a stand this close to the time they name is the one they saw. */
const nearMs = 5 * 60_000;
/** Shorter than this a machine only starts and stops, as one that fills a case does. */
const leastMs = 10_000;
/** Until this long after it a stand may still come through the buffers to the end of the line. */
const throughMs = 10 * 60_000;
/** The state a machine was in when the time began is looked for this far back, and the end of its stand this far on. */
const farMs = 12 * hourMs;
/** Told one by one. */
const mostTold = 2;

type States = ReadonlyMap<string, readonly StateSpan[]>;

/** Units of product that fit on the way from one machine to another, on the narrowest one; null: there is no way but past `not`. */
function roomTo(flow: Flow, from: string, to: string, not: string | null = null): number | null {
  if (from === to) return 0;
  const rooms = (flow.outOf.get(from) ?? []).flatMap(({ to: next, capacity }) => {
    const rest = next === not ? null : roomTo(flow, next, to, not);
    return rest === null ? [] : [capacity + rest];
  });
  return rooms.length === 0 ? null : Math.min(...rooms);
}

/** Does product of a machine before this one come to the end of the line on a lane beside it? */
function hasLaneBeside(flow: Flow, reference: string, machine: string): boolean {
  const before = (flow.into.get(machine) ?? []).map(({ from }) => from);
  return before.some(
    (id) => roomTo(flow, id, reference, machine) !== null || hasLaneBeside(flow, reference, id),
  );
}

/** What kept the line running: buffers on one side of the machine, or a lane beside it; null: nothing is known that could have. */
function carriedBy(flow: Flow, reference: string, machine: string): Absorbed['carried'] {
  if (hasLaneBeside(flow, reference, machine)) return 'beside';
  if ((roomTo(flow, machine, reference) ?? 0) > 0) return 'behind';
  return (roomTo(flow, reference, machine) ?? 0) > 0 ? 'before' : null;
}

/** What is known of a line from some time before until `until`. */
type Known = {
  flow: Flow;
  states: States;
  silent: ReturnType<typeof silentIn>;
  reference: string;
  until: Millis;
  now: Millis;
};

/** Did the line run from one time to another, as far as that was read and told? */
const ranThrough = ({ states, silent, reference, until, now }: Known, from: Millis, to: Millis): boolean =>
  Math.min(to, now) <= until &&
  silent.every(
    (gap) => (gap.machine !== null && gap.machine !== reference) || gap.to <= from || gap.from >= to,
  ) &&
  (states.get(reference) ?? []).every((span) => producesIn(span) || span.to <= from || span.from >= to);

/** The state with which a machine began what it did from a time on; undefined: what it did before was cut there. */
const stateFrom = ({ states }: Known, machine: string, at: Millis): StateSpan | undefined =>
  (states.get(machine) ?? []).find(({ from }) => from === at);

function absorbedBy(known: Known, { machine, stood }: { machine: string; stood: Activity }): Absorbed {
  const { flow, reference, now } = known;
  const end = stateFrom(known, machine, stood.to);
  const to = stood.to >= now ? 'still' : end ? stood.to : 'unknown';
  const through =
    to !== 'unknown' && machine !== reference && ranThrough(known, stood.from, stood.to + throughMs);
  return {
    machine,
    from: stood.from,
    to,
    doing: stood.doing === 'runs' || stood.doing === 'unclear' ? 'own' : stood.doing,
    isReference: machine === reference,
    carried: through ? carriedBy(flow, reference, machine) : null,
    evidence: [stood.record, ...(end ? [evidenceId(end.record)] : [])],
  };
}

/** Machines that stood for a reason of their own around a time in which the line ran, the longest first; without one, who waited longest. */
export async function absorbedIn(
  context: ToolContext,
  line: Line,
  reference: string,
  span: { from: Millis; to: Millis },
): Promise<{ absorbed: Absorbed[]; evidence: Evidence[] }> {
  const { pool, now } = context;
  const around = { from: span.from - nearMs, to: Math.min(now, span.to + nearMs) };
  const window = { from: around.from - farMs, to: Math.min(now, around.to + farMs) };
  const records = await stateRecords(pool, line, window.from, window.to);
  const { gaps } = await gapsOf(context, [line], window);
  const states = timelines(records);
  const silent = silentIn(gaps, line, states, now);
  const known: Known = { flow: flowOf(line), states, silent, reference, until: window.to, now };
  const near = activitiesOf(known.flow, states, { from: -Infinity, to: window.to }, { planned: [], silent })
    .flatMap(({ machine, did }) => did.map((stood) => ({ machine, stood })))
    .filter(
      ({ machine, stood: { doing, from, to } }) =>
        doing !== 'runs' &&
        to - from >= leastMs &&
        from <= around.to &&
        to >= around.from &&
        // What lies behind a gap began in it: nobody knows when.
        stateFrom(known, machine, from) !== undefined,
    )
    .toSorted((a, b) => b.stood.to - b.stood.from - (a.stood.to - a.stood.from));
  const own = near.filter(({ stood: { doing } }) => doing === 'own' || doing === 'unclear');
  // Where the one that stood tells nothing, who waited for it does.
  const stands = own.length > 0 ? own : near.slice(0, 1);
  const absorbed = stands.slice(0, mostTold).map((one) => absorbedBy(known, one));
  const ids = new Set(absorbed.flatMap(({ evidence }) => evidence));
  return {
    absorbed,
    evidence: records.filter((one) => ids.has(evidenceId(one))).map((one) => asEvidence(context, one)),
  };
}
