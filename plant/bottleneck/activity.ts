import type { Stretch } from '../diagnosis/frame/shift-times.ts';
import { kindOf } from '../diagnosis/localise/stands.ts';
import type { Flow } from '../diagnosis/localise/topology.ts';
import { producesIn } from '../diagnosis/records/timeline.ts';
import type { StateSpan } from '../diagnosis/records/timeline.ts';
import { evidenceId } from '../diagnosis/stop-case.ts';
import type { Millis } from '../time.ts';

/**
 * What a machine does, for the question which one holds the line back. Active (Roser): it runs, or stands for a reason of
 * its `own` (fault, repair, setup). Waiting: `starved`, `blocked`, or `waits` for its next order, or where nothing tells for which side.
 * `unclear`: it stands, and nothing tells whether it waits.
 */
type Doing = 'runs' | 'own' | 'starved' | 'blocked' | 'waits' | 'unclear';

/** `record`: the id of the state it begins with. */
export type Activity = Stretch & { doing: Doing; record: string };

/** A machine over the time asked about, oldest first. Holes: not known, or meant to stand. */
export type MachineActivity = { machine: string; did: readonly Activity[] };

export const isActive = ({ doing }: Activity): boolean => doing === 'runs' || doing === 'own';

type States = ReadonlyMap<string, readonly StateSpan[]>;

/** Long enough for a neighbour's product to come through again, or for room to come back: until then it is still the neighbour's. */
const afterMs = 60_000;

/** Index of the state at `at`; -1 before the first one. A month of short stands is too many to be gone through for each. */
function indexAt(spans: readonly StateSpan[], at: Millis): number {
  let [low, high] = [0, spans.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if ((spans[middle] as StateSpan).from <= at) low = middle + 1;
    else high = middle;
  }
  return low - 1;
}

/** When the machine began to stand that stands at `at` or did until shortly before; null: it ran. */
function stoodFrom(spans: readonly StateSpan[], at: Millis): Millis | null {
  let index = indexAt(spans, at);
  const now = spans[index];
  if (now && producesIn(now) && at - now.from <= afterMs) index -= 1;
  let from: Millis | null = null;
  for (let span = spans[index]; span && !producesIn(span); span = spans[(index -= 1)]) from = span.from;
  return from;
}

/** For which neighbour a machine waits that stood still at `at`: the one that had stood longest; null: both ran. */
function sideOf(flow: Flow, states: States, machine: string, at: Millis): 'starved' | 'blocked' | null {
  const before = (flow.into.get(machine) ?? []).map((edge) => ['starved', edge.from] as const);
  const behind = (flow.outOf.get(machine) ?? []).map((edge) => ['blocked', edge.to] as const);
  const stood = [...before, ...behind].flatMap(([side, id]) => {
    const from = stoodFrom(states.get(id) ?? [], at);
    return from !== null && from < at ? [{ side, from }] : [];
  });
  return stood.toSorted((a, b) => a.from - b.from)[0]?.side ?? null;
}

/** Reading a machine's own word takes longer than all else, and it uses the same few again and again. */
function kinds(): (span: StateSpan) => ReturnType<typeof kindOf> {
  const known = new Map<string, ReturnType<typeof kindOf>>();
  return (span) => {
    const word = `${span.state}/${span.waiting}/${span.mode}/${span.raw}`;
    const kind = known.get(word) ?? kindOf(span);
    known.set(word, kind);
    return kind;
  };
}

/** What each state of a machine means. `before`: of the same stand, what came before in it. */
function doingOf(flow: Flow, states: States, machine: string): (span: StateSpan, before: Doing) => Doing {
  const spans = states.get(machine) ?? [];
  const kindIn = kinds();
  const tellsWaits = spans.some((span) => ['starved', 'blocked', 'waiting'].includes(kindIn(span)));
  const seesAll = [
    ...(flow.into.get(machine) ?? []).map(({ from }) => from),
    ...(flow.outOf.get(machine) ?? []).map(({ to }) => to),
  ].every((id) => (states.get(id)?.length ?? 0) > 0);
  return (span, before) => {
    if (producesIn(span)) return 'runs';
    const kind = kindIn(span);
    if (kind === 'internal' || kind === 'setup') return 'own';
    if (kind === 'starved' || kind === 'blocked') return kind;
    if (before !== 'runs' && (kind === 'generic' || before !== 'own')) return before;
    if (kind === 'waiting') return sideOf(flow, states, machine, span.from) ?? 'waits';
    // "Stopped" of a machine that never says it waits may be a wait: its neighbours tell.
    const side = tellsWaits ? null : sideOf(flow, states, machine, span.from);
    if (side) return side;
    // Ready, or done with its order: it waits for the next one.
    if (span.state === 'Idle' || span.state === 'Complete') return 'waits';
    return tellsWaits || seesAll ? 'own' : 'unclear';
  };
}

/** A line runs empty before it stands as planned: a machine that stands this long before it stands for the plan. */
const runOutMs = 300_000;

/** A stand that began for a planned time belongs to it whole, also what of it lies around; a fault is a fault then too. */
const isPlanned = (span: StateSpan, planned: readonly Stretch[]): boolean =>
  planned.some(({ from, to }) => span.from >= from - runOutMs && span.from <= to && span.to >= from) &&
  !producesIn(span) &&
  kindOf(span) !== 'internal';

/** Cuts stretches out of one activity. */
const cut = (whole: Activity, out: readonly Stretch[]): Activity[] =>
  out.reduce<Activity[]>(
    (left, { from, to }) =>
      left.flatMap((one) =>
        one.to <= from || one.from >= to
          ? [one]
          : [
              ...(one.from < from ? [{ ...one, to: from }] : []),
              ...(one.to > to ? [{ ...one, from: to }] : []),
            ],
      ),
    [whole],
  );

const without = (did: readonly Activity[], out: readonly Stretch[]): Activity[] =>
  did.flatMap((one) =>
    cut(
      one,
      out.filter(({ from, to }) => one.to > from && one.from < to),
    ),
  );

/** The same done twice in a row is one. */
function joined(did: readonly Activity[]): Activity[] {
  const found: Activity[] = [];
  for (const one of did) {
    const last = found.at(-1);
    if (last && last.to === one.from && last.doing === one.doing) last.to = one.to;
    else found.push({ ...one });
  }
  return found;
}

/**
 * What each machine of a line did in a window, by its states. `planned`: the line was meant to stand; `silent`: nobody
 * told what a machine (null: any) did. A machine without states has no entry.
 */
export function activitiesOf(
  flow: Flow,
  states: States,
  window: Stretch,
  {
    planned,
    silent,
  }: { planned: readonly Stretch[]; silent: readonly (Stretch & { machine: string | null })[] },
): MachineActivity[] {
  return flow.machines.flatMap((machine) => {
    const doing = doingOf(flow, states, machine);
    let before: Doing = 'runs';
    const whole = (states.get(machine) ?? []).flatMap((span): Activity[] => {
      before = doing(span, before);
      const { from, to, record } = span;
      return isPlanned(span, planned) ? [] : [{ from, to, doing: before, record: evidenceId(record) }];
    });
    const out = silent.filter((one) => one.machine === null || one.machine === machine);
    const outside = [
      { from: -Infinity, to: window.from },
      { from: window.to, to: Infinity },
    ];
    const did = without(joined(whole), [...planned, ...out, ...outside]);
    return did.length > 0 ? [{ machine, did }] : [];
  });
}
