import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import { flowOf } from '../../plant/diagnosis/localise/topology.ts';
import type { Line, Plant } from '../../plant/equipment.ts';
import { allNamed, portalsOf } from '../../plant/names.ts';
import { localClock } from '../../plant/say/local-time.ts';
import { capital, listed, placeWords } from '../../plant/say/en/words.ts';
import type { MachineSpans } from '../../plant/surface.ts';
import { millis } from '../../plant/time.ts';

/** One place in the picture. `row` from the top, `column` of `columns` in that row. */
export type Node = {
  id: string;
  name: string;
  /** What it did and since when, in plant time. */
  note: string;
  look: 'root' | 'waits' | 'stands' | 'runs' | 'plain';
  inferred: boolean;
  /** It told nothing itself. */
  dark: boolean;
  /** Beside the flow of product: a utility, a system, the plan. */
  shared: boolean;
  row: number;
  column: number;
  columns: number;
};
/** `flow`: product goes this way. `cause`: this brought that to a stand, on the way to the line's stop; `wait`: beside it. */
export type Edge = { from: string; to: string; kind: 'flow' | 'cause' | 'wait'; inferred: boolean };
export type Layout = { title: string; nodes: Node[]; edges: Edge[]; rows: number; alt: string };

type Told = Pick<Node, 'note' | 'look' | 'inferred'>;

const waits = { starved: 'nothing came', blocked: 'could not deliver' } as const;
const effects = {
  starves: waits.starved,
  blocks: waits.blocked,
  stops: 'stood',
  supplies: 'was without supply',
  holds: 'was held',
} as const;

/** Rows of the flow: as late as what comes after it allows, so that a short branch stands beside the end of a long one. */
function rowsOf(line: Line): string[][] {
  const { machines, into, outOf } = flowOf(line);
  const depth = new Map<string, number>();
  const deepest = (id: string): number => {
    const known = depth.get(id);
    if (known !== undefined) return known;
    const own = Math.max(-1, ...(into.get(id) ?? []).map(({ from }) => deepest(from))) + 1;
    depth.set(id, own);
    return own;
  };
  machines.forEach(deepest);
  for (const id of machines) {
    const next = (outOf.get(id) ?? []).map(({ to }) => depth.get(to) ?? 0);
    if ((into.get(id) ?? []).length === 0 && next.length > 0) depth.set(id, Math.min(...next) - 1);
  }
  const count = Math.max(0, ...depth.values()) + 1;
  return Array.from({ length: count }, (_, row) => machines.filter((id) => depth.get(id) === row));
}

/** A machine that stood longer than this before the line did shows no beginning. Milliseconds. */
export const beforeMs = 2 * 3_600_000;

/** A wait that was over sooner is hardly a line in the bars. Milliseconds. */
const shortMs = 15_000;

/**
 * What a machine did in the stop: the state it was in when the line stopped or, where it ran on then, its first wait
 * until the line ran again, for a queue reaches the machines further away only later. null: it told nothing.
 */
function spanOf(id: string, spans: readonly MachineSpans[], { stop }: Diagnosis) {
  const at = millis(stop.from);
  const end = stop.to === null ? Infinity : millis(stop.to);
  const own = spans.find(({ machine }) => machine === id)?.spans ?? [];
  const then = own.find(({ from, to }) => from <= at && to > at) ?? null;
  if (!then || !produces(then.state)) return then;
  const goesOn = stop.to === null ? own.at(-1) : null;
  const waited = (span: typeof then): boolean =>
    span.from > at && (span === goesOn || Math.min(span.to, end) - span.from >= shortMs);
  const stood = own.filter(({ state }) => !produces(state) && state !== 'Unknown');
  return stood.find(waited) ?? then;
}
const produces = (state: string): boolean => state === 'Execute' || state === 'Completing';

/** What a machine did then, by its own records. */
function stateOf(span: ReturnType<typeof spanOf>, { stop }: Diagnosis, clock: (at: number) => string): Told {
  if (!span || span.state === 'Unknown') return { note: 'no data', look: 'plain', inferred: false };
  if (produces(span.state)) return { note: 'ran on', look: 'runs', inferred: false };
  const since = span.from > millis(stop.from) - beforeMs ? `${clock(span.from)} ` : '';
  if (span.waiting) return { note: `${since}${waits[span.waiting]}`, look: 'waits', inferred: false };
  const did = /^(Held|Holding|Unholding)/.test(span.state)
    ? 'held'
    : /^(Abort|Clearing)/.test(span.state)
      ? 'tripped'
      : 'stood';
  return { note: `${since}${did}`, look: 'stands', inferred: false };
}

/** What the diagnosis says of a place: that it began there, or who made it wait. null: nothing. */
function toldOf(id: string, diagnosis: Diagnosis, clock: (at: number) => string): Told | null {
  const { roots, place, chain } = diagnosis;
  const at = roots.findIndex((one) => one.place === id);
  const step = chain.find(({ to }) => to === id);
  if (at >= 0 || (roots.length === 0 && place === id)) {
    const time = roots[at] ? `${clock(millis(roots[at].at))} ` : '';
    return { note: `${time}${at > 0 ? 'then here' : 'began here'}`, look: 'root', inferred: false };
  }
  if (!step) return null;
  const note = `${clock(millis(step.at))} ${effects[step.kind]}`;
  return { note: step.inferred ? `${note}, inferred` : note, look: 'waits', inferred: step.inferred };
}

/** The line as it stood: machines in the order of the flow, what is shared below, the root and who waited for whom. */
export function chainLayout(
  diagnosis: Diagnosis,
  plant: Plant,
  spans: readonly MachineSpans[],
): Layout | null {
  const line = plant.lines.find(({ id }) => id === diagnosis.stop.line);
  if (!line) return null;
  const { rows, own } = placesOf(line, diagnosis, plant);
  const nodes = rows.flatMap((ids, row) =>
    ids.map((id, column): Node => ({
      ...nodeOf(id, { line, diagnosis, plant, spans }),
      shared: !own.has(id),
      row,
      column,
      columns: ids.length,
    })),
  );
  const edges = edgesOf(line, diagnosis, own, spans);
  const title = `${line.name}, stopped at ${localClock(millis(diagnosis.stop.from), plant.timezone)}`;
  return { title, nodes, edges, rows: rows.length, alt: altOf(title, nodes, edges) };
}

/** Which places are shown, from the top, and which of them are the line's own: machines, supply, dispatch. */
function placesOf(
  line: Line,
  diagnosis: Diagnosis,
  plant: Plant,
): { rows: string[][]; own: ReadonlySet<string> } {
  const touched = new Set([
    ...diagnosis.roots.map(({ place }) => place),
    ...diagnosis.chain.flatMap(({ from, to }) => [from, to]),
    ...(diagnosis.place === null ? [] : [diagnosis.place]),
  ]);
  const portals = portalsOf(line).filter(({ id }) => touched.has(id));
  const machines = rowsOf(line);
  const own = new Set([...machines.flat(), ...portals.map(({ id }) => id)]);
  const serves = (ids: readonly string[]): boolean => ids.some((id) => id === line.id || own.has(id));
  const shared = [...plant.utilities, ...plant.systems.filter(({ id }) => touched.has(id))]
    .filter((one) => touched.has(one.id) || serves(one.serves))
    .map(({ id }) => id)
    // What it began at stands at the right, where its way to the machines is free.
    .toSorted((a, b) => Number(touched.has(a)) - Number(touched.has(b)));
  const rest = [...touched].filter((id) => !own.has(id) && !shared.includes(id));
  const of = (kind: string) => portals.flatMap((one) => (one.kind === kind ? [one.id] : []));
  const rows = [of('supply'), ...machines, of('dispatch'), ...inPairs([...shared, ...rest])];
  return { rows: rows.filter((row) => row.length > 0), own };
}

type Shown = { line: Line; diagnosis: Diagnosis; plant: Plant; spans: readonly MachineSpans[] };

/** One place and what it did: what the diagnosis says of it comes before its own records. */
function nodeOf(
  id: string,
  { line, diagnosis, plant, spans }: Shown,
): Pick<Node, 'id' | 'name' | 'dark' | keyof Told> {
  const clock = (at: number): string => localClock(at, plant.timezone);
  const isMachine = line.machines.some((one) => one.id === id);
  const span = spanOf(id, spans, diagnosis);
  const dark = isMachine && (span === null || span.state === 'Unknown');
  const told = toldOf(id, diagnosis, clock);
  const nothing: Told = { note: '', look: 'plain', inferred: false };
  return {
    id,
    name: allNamed(plant).find((one) => one.id === id)?.name ?? capital(placeWords(plant, id)),
    ...(told ?? (isMachine ? stateOf(span, diagnosis, clock) : nothing)),
    ...(dark && told ? { note: `${told.note}, no data`, inferred: true } : {}),
    dark,
  };
}

const inPairs = (ids: readonly string[]): string[][] =>
  Array.from({ length: Math.ceil(ids.length / 2) }, (_, at) => ids.slice(at * 2, at * 2 + 2));

function edgesOf(
  line: Line,
  diagnosis: Diagnosis,
  own: ReadonlySet<string>,
  spans: readonly MachineSpans[],
): Edge[] {
  const { edges } = flowOf(line);
  const { chain } = diagnosis;
  const ends = portalsOf(line).filter(({ id }) => own.has(id));
  const flow = [
    ...edges.map(({ from, to }) => ({ from, to })),
    ...ends.flatMap(({ id, kind }) => {
      const step = chain.find(({ from }) => from === id);
      if (!step) return [];
      return kind === 'supply' ? [{ from: id, to: step.to }] : [{ from: step.to, to: id }];
    }),
  ].map((one): Edge => ({ ...one, kind: 'flow', inferred: false }));
  const causes = chain.map(({ from, to, inferred }): Edge => ({ from, to, kind: 'cause', inferred }));
  const told = (a: string, b: string): boolean => chain.some(({ from, to }) => from === a && to === b);
  const state = (id: string) => spanOf(id, spans, diagnosis);
  const stands = (id: string): boolean => !produces(state(id)?.state ?? 'Unknown');
  const waited = edges.flatMap(({ from, to }): Edge[] => {
    const wait = { kind: 'wait' as const, inferred: false };
    if (told(from, to) || told(to, from)) return [];
    // A feeder that is blocked did not starve what comes after it: another one did.
    if (state(from)?.waiting === 'blocked') return stands(to) ? [{ from: to, to: from, ...wait }] : [];
    return state(to)?.waiting === 'starved' && stands(from) ? [{ from, to, ...wait }] : [];
  });
  return [...flow, ...waited, ...causes];
}

/** The same in words, in the order of the flow. */
function altOf(title: string, nodes: readonly Node[], edges: readonly Edge[]): string {
  const said = nodes.filter(({ note }) => note !== '').map(({ name, note }) => `${name}: ${note}.`);
  const name = (id: string) => nodes.find((one) => one.id === id)?.name ?? id;
  const waited = edges
    .filter(({ kind }) => kind !== 'flow')
    .map(({ from, to }) => `${name(to)} for ${name(from)}`);
  return `${title}. ${said.join(' ')}${waited.length > 0 ? ` Who waited for whom: ${listed(waited)}.` : ''}`;
}
