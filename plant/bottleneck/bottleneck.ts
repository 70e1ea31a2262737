import type { Stretch } from '../diagnosis/frame/shift-times.ts';
import type { Flow } from '../diagnosis/localise/topology.ts';
import type { Activity, MachineActivity } from './activity.ts';
import {
  ahead,
  averageActiveDuration,
  lead,
  secondsOf,
  shiftingBottleneck,
  turningPoint,
} from './methods.ts';

/** What one machine did in the time asked about, seconds. `record`: the state it stood longest in, else its last one. */
export type MachineFigures = {
  machine: string;
  ran: number;
  /** It stood for a reason of its own, and how often. */
  stood: number;
  stands: number;
  starved: number;
  blocked: number;
  /** It waited, in all; also where nothing tells for which side. */
  waited: number;
  /** It stood, and nothing tells whether it waited. */
  unclear: number;
  /** Active without a wait, on average. */
  active: number;
  /** How long it was the one that was active longest. */
  longest: number;
  record: string;
};

/** Which machine each method names; null: none is ahead. */
export type Methods = {
  average_active_duration: string | null;
  shifting_bottleneck: string | null;
  turning_point: string | null;
};

/** The machine that holds a line back. */
export type Bottleneck = {
  /** Named by two methods at least. */
  machine: string | null;
  /** How many of the three name it. */
  agree: number;
  methods: Methods;
  /** Its neighbours waited longest beyond what it waited itself; told where the methods disagree. */
  waitedFor: string | null;
  machines: readonly MachineFigures[];
  /** Machines that told no state. */
  dark: readonly string[];
  /** One of these stands where waiting turns from no room to no product: it may be the one. */
  hidden: string | null;
  /** A first machine waited for material (or a last one for room) longer, by a lead, than the line waited for any of its own. */
  outside: { machine: string; side: 'starved' | 'blocked'; seconds: number } | null;
};

const lasted = ({ from, to }: Stretch): number => to - from;

function figuresOf({ machine, did }: MachineActivity, active: number, longest: number): MachineFigures {
  const stands = did.filter(({ doing }) => doing === 'own');
  const still = did.filter(({ doing }) => doing !== 'runs').toSorted((a, b) => lasted(b) - lasted(a));
  return {
    machine,
    ran: secondsOf(did, ['runs']),
    stood: secondsOf(did, ['own']),
    stands: stands.length,
    starved: secondsOf(did, ['starved']),
    blocked: secondsOf(did, ['blocked']),
    waited: secondsOf(did, ['starved', 'blocked', 'waits']),
    unclear: secondsOf(did, ['unclear']),
    active,
    longest,
    record: (still[0] ?? (did.at(-1) as Activity)).record,
  };
}

type Figures = ReadonlyMap<string, MachineFigures>;

/** Machines directly before and behind one. */
export const beside = (flow: Flow, machine: string): { before: string[]; behind: string[] } => ({
  before: (flow.into.get(machine) ?? []).map(({ from }) => from),
  behind: (flow.outOf.get(machine) ?? []).map(({ to }) => to),
});

/** A machine that tells nothing, and every neighbour of which waits for it rather than for anybody else. */
function hiddenAmong(flow: Flow, dark: readonly string[], figures: Figures): string | null {
  const waitsFor = dark.filter((machine) => {
    const { before, behind } = beside(flow, machine);
    const [up, down] = [before, behind].map((ids) => ids.flatMap((id) => figures.get(id) ?? []));
    return (
      (up?.length ?? 0) > 0 &&
      (down?.length ?? 0) > 0 &&
      up?.every(({ starved, blocked }) => blocked > starved) &&
      down?.every(({ starved, blocked }) => starved > blocked)
    );
  });
  return waitsFor.length === 1 ? (waitsFor[0] ?? null) : null;
}

/** How long the line waited for this machine: how much longer its neighbours waited than it did itself. */
function cost(flow: Flow, machine: string, figures: Figures): number {
  const own = figures.get(machine);
  if (!own) return 0;
  const { before, behind } = beside(flow, machine);
  return Math.max(0, ...[...before, ...behind].map((id) => (figures.get(id)?.waited ?? 0) - own.waited));
}

/** A machine that waited longer than anybody for it only hands a wait on. */
function mostWaitedFor(flow: Flow, figures: Figures): string | null {
  const costs = [...figures.values()].map(({ machine, waited }): [string, number] => {
    const seconds = cost(flow, machine, figures);
    return [machine, seconds > waited ? seconds : 0];
  });
  return ahead(new Map(costs));
}

/**
 * How long the line waited for this machine, room and product apart: in the sum of both, waits for two machines in turn
 * hide each other. A wait passes through it and began elsewhere as long as it waited for that itself; of a machine that
 * tells nothing its other side says so. Only in a row: where branches meet, one waits for room because another brought nothing.
 */
function costInRow(flow: Flow, machine: string, figures: Figures): number {
  const own = figures.get(machine);
  const { before, behind } = beside(flow, machine);
  const isAlone = (ids: readonly string[], way: 'before' | 'behind'): boolean =>
    ids.length < 2 && ids.every((id) => beside(flow, id)[way].length === 1);
  if (!isAlone(before, 'behind') || !isAlone(behind, 'before')) return 0;
  const [up, down] = [before, behind].map(([id]) => figures.get(id ?? ''));
  return Math.max(
    (up?.blocked ?? 0) - (own?.blocked ?? down?.blocked ?? 0),
    (down?.starved ?? 0) - (own?.starved ?? up?.starved ?? 0),
  );
}

function outsideOf(flow: Flow, figures: Figures): Bottleneck['outside'] {
  const ends = flow.machines.flatMap((id) => {
    const own = figures.get(id);
    const { before, behind } = beside(flow, id);
    if (!own) return [];
    return [
      ...(before.length === 0 ? [{ machine: id, side: 'starved' as const, seconds: own.starved }] : []),
      ...(behind.length === 0 ? [{ machine: id, side: 'blocked' as const, seconds: own.blocked }] : []),
    ];
  });
  const most = ends.toSorted((a, b) => b.seconds - a.seconds)[0];
  const ownCosts = flow.machines.flatMap((id) => [cost(flow, id, figures), costInRow(flow, id, figures)]);
  return most && most.seconds > lead * Math.max(0, ...ownCosts) && most.seconds > 0 ? most : null;
}

/** Asks all three methods; what two of them name is the bottleneck. `machines`: those that told a state. */
export function bottleneckOf(flow: Flow, machines: readonly MachineActivity[]): Bottleneck {
  const average = averageActiveDuration(machines);
  const shifting = shiftingBottleneck(machines);
  const turning = turningPoint(flow, machines);
  const methods: Methods = {
    average_active_duration: average.machine,
    shifting_bottleneck: shifting.machine,
    turning_point: turning.machine,
  };
  // One alone would be ahead of nobody.
  const named = machines.length > 1 ? Object.values(methods) : [];
  const votes = (id: string | null): number => named.filter((one) => one === id && one !== null).length;
  const machine = named.find((id) => votes(id) > 1) ?? null;
  const figures = machines.map((one) =>
    figuresOf(one, average.seconds.get(one.machine) ?? 0, shifting.seconds.get(one.machine) ?? 0),
  );
  const byId = new Map(figures.map((one) => [one.machine, one]));
  const dark = flow.machines.filter((id) => !byId.has(id));
  return {
    machine,
    agree: votes(machine),
    methods,
    waitedFor: mostWaitedFor(flow, byId),
    machines: figures,
    dark,
    hidden: hiddenAmong(flow, dark, byId),
    outside: outsideOf(flow, byId),
  };
}
