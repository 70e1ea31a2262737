import type { Plant } from '../../plant/equipment.ts';
import type { PlantRecord } from '../../plant/record.ts';
import { millis, type Millis } from '../../plant/time.ts';
import type { Staged } from '../cases/stage.ts';
import type { Dials, OneCause } from '../cases/types.ts';
import { bookedAs } from '../people/reasons.ts';
import type { Random } from '../random.ts';
import { demoSources as ids } from '../records/recorder.ts';
import { bookReason, knowArrivals, laboratoryLate, missCount, staleAlarm } from './books.ts';
import { darken, silence, speakPlainly } from './machines.ts';
import { nuisanceAlarms } from './noise.ts';
import { writeNotes } from './notes.ts';
import { sufferOutages } from './outages.ts';
import { atOf, type Told } from './told.ts';

/** What the sources of a case really show: `misleading` are the records that point elsewhere, as they stand in `told`. */
type Observed = {
  plant: Plant;
  told: Told;
  misleading: Set<PlantRecord>;
  /** Alarms that nothing is behind. */
  noise: ReadonlySet<PlantRecord>;
};

/** Where alarms of the origin would come from: the machine, or the first one that stands for something outside. */
const silentAt = (staged: Staged, origin: string | null) =>
  staged.line.machines.find((one) => one.id === origin)?.id ?? null;

/** Bends a played case by its dials: dark and plain machines, silence, noise, notes, books, missing sources. */
export function observe(
  staged: Staged,
  dials: Dials,
  stop: Stop | null,
  hit: string | null,
  rng: Random,
): Observed {
  const { line, live, askedAt } = staged;
  const misleading = new Set<PlantRecord>();
  let { plant } = staged;
  let told = sufferOutages(
    { ...staged.told, records: staged.told.records.filter((one) => one.kind !== 'note') },
    live.floor.outages,
    ids.machines,
    askedAt,
  );
  const mute = dials.silentRoot ? (silentAt(staged, staged.causes[0]?.place ?? null) ?? hit) : null;
  if (mute) told = silence(told, mute);
  const real = new Set(told.records);
  told = { ...told, records: withNoise(staged, told, dials, mute, stop, misleading, rng.fork('noise')) };
  const noise = new Set(told.records.filter((one) => !real.has(one)));
  told = withPeople(staged, told, dials, { stop, hit }, misleading, rng.fork('people'));
  told = withBooks(staged, told, dials, misleading, rng.fork('books'));
  const pick = rng.fork('machines');
  const shuffled = pick.shuffle(line.machines.map((one) => one.id));
  const plainOnes = new Set(shuffled.slice(0, Math.round(dials.genericShare * shuffled.length)));
  const referenceToo = rng.fork('reference').chance(0.15);
  const dark = pick
    .shuffle(shuffled.filter((id) => referenceToo || id !== line.reference.id))
    .slice(0, dials.darkMachines);
  told = speakPlainly(told, plainOnes, pick);
  ({ told, plant } = darken(told, plant, new Set(dark)));
  const { sources } = dials;
  const off = new Set([
    ...(sources.erp ? [] : [ids.erp]),
    ...(sources.mes ? [] : [ids.mes]),
    ...(sources.notes ? [] : [ids.notes]),
  ]);
  told = {
    ...told,
    records: told.records.filter(
      (one) => !off.has(one.source) && millis(one.observedAt) <= askedAt && atOf(one) <= askedAt,
    ),
  };
  if (!sources.utilities) ({ told, plant } = withoutSupplies(told, plant));
  return { plant, told, misleading, noise };
}

function withoutSupplies(told: Told, plant: Plant): { told: Told; plant: Plant } {
  const supplies = new Set(plant.utilities.map((one) => one.id));
  const kept = <T extends { equipment: string }>(rows: T[]) =>
    rows.filter((one) => !supplies.has(one.equipment));
  return {
    plant: { ...plant, utilities: plant.utilities.map((one) => ({ ...one, signals: [] })) },
    told: { ...told, readings: kept(told.readings), minutes: kept(told.minutes) },
  };
}

function withNoise(
  staged: Staged,
  told: Told,
  dials: Dials,
  mute: string | null,
  stop: { from: Millis } | null,
  misleading: Set<PlantRecord>,
  rng: Random,
): PlantRecord[] {
  const { line, recordedFrom: from, askedAt: to } = staged;
  const span = { from, to, source: ids.machines, level: dials.alarmNoise };
  const noise: PlantRecord[] = nuisanceAlarms(line, told.records, span, rng).filter(
    (one) => one.equipment !== mute,
  );
  if (rng.chance(0.5 * dials.decoys)) {
    const machine = rng.pick(line.machines);
    if (machine.id !== mute) noise.push(staleAlarm(machine, ids.machines, from, rng));
  }
  const places = new Set(staged.causes.map((one) => one.place));
  for (const one of noise) {
    const near = stop !== null && Math.abs(atOf(one) - stop.from) < 600_000;
    if (one.kind === 'alarm' && one.active && one.severity >= 550 && near && !places.has(one.equipment ?? ''))
      misleading.add(one);
  }
  return [...told.records, ...noise];
}

type Stop = { from: Millis; to: Millis | null };
/** Where somebody says it was, why, when they say so, and what they say was missing. */
type Saying = { cause: string; machine: string; material: string; at: Millis };

/** The truth as people see it, or something else. `hit`: the first machine that stood. */
function sayingOf(
  { line, causes, plannedAt, askedAt }: Staged,
  wrong: boolean,
  { stop, hit }: { stop: Stop | null; hit: string | null },
  rng: Random,
): Saying {
  const [first] = causes;
  const machines = line.machines.map((one) => one.id);
  const lie = wrongReason(first?.cause, rng);
  const blamed = rng.pick(machines);
  const from = stop?.from ?? plannedAt;
  const lasts = Math.min(stop?.to ?? askedAt, askedAt) - from;
  const at = Math.round(from + Math.min(lasts * 0.9, rng.between(200, 900) * 1000));
  const own = line.machines.find((one) => one.id === first?.place);
  const seen = own?.id ?? (hit !== null && machines.includes(hit) ? hit : machines[0]) ?? line.id;
  return {
    cause: wrong || !first ? lie : first.cause,
    machine: wrong ? blamed : seen,
    material: own?.of.consumable?.noun.toLowerCase() ?? line.warehouse[0]?.description.toLowerCase() ?? '',
    at,
  };
}

/** What people wrote and booked: nothing, the truth as they see it, or something else. */
function withPeople(
  staged: Staged,
  told: Told,
  dials: Dials,
  what: { stop: Stop | null; hit: string | null },
  misleading: Set<PlantRecord>,
  rng: Random,
): Told {
  const { stop } = what;
  const { line, causes, askedAt, recordedFrom } = staged;
  const wrong = dials.reason === 'wrong';
  const saying = sayingOf(staged, wrong, what, rng);
  const says = dials.reason !== 'missing' && (stop !== null || wrong);
  const about = says ? { ...saying, equipment: rng.chance(0.6) ? saying.machine : line.id } : null;
  const written = writeNotes(
    {
      source: ids.notes,
      line: line.id,
      machines: line.machines.map((one) => one.id),
      from: recordedFrom,
      askedAt,
      style: dials.noteStyle,
      about,
    },
    rng,
  );
  if (wrong || dials.noteStyle === 'contradictory' || dials.noteStyle === 'instruction')
    for (const one of written.about) misleading.add(one);
  let { records } = told;
  if (says && stop && rng.chance(0.5)) {
    const group = wrong ? rng.pick(Object.values(bookedAs)) : (bookedAs[causes[0]?.class ?? 'machine'] ?? '');
    const done = bookReason(records, { from: stop.from, to: stop.to ?? askedAt }, group);
    records = done.records;
    if (wrong) for (const one of done.booked) misleading.add(one);
  }
  return { ...told, records: [...records, ...written.notes] };
}

const blamable = [
  'infeed_jam',
  'drive_trip',
  'consumable_empty',
  'no_operator',
  'quality_hold',
  'dispatch_full',
  'compressed_air_low',
  'valve_leak',
  'changeover_overrun',
  'system_no_answer',
];
const wrongReason = (cause: string | undefined, rng: Random) =>
  rng.pick(blamable.filter((one) => one !== cause));

function withBooks(
  staged: Staged,
  told: Told,
  dials: Dials,
  misleading: Set<PlantRecord>,
  rng: Random,
): Told {
  let records = laboratoryLate(knowArrivals(told.records), dials.lateLabS);
  const { line } = staged;
  const material = wantedMaterial(
    staged,
    line.warehouse.map((one) => one.material),
    rng,
  );
  if (dials.wrongStock) {
    const done = missCount(records, material);
    records = done.records;
    for (const one of done.bent) misleading.add(one);
  }
  const first = new Set(staged.causes.map((one) => one.place));
  for (const one of records) {
    if (one.kind === 'lot' && one.held && one.lot !== line.lot.id) misleading.add(one);
    const decoy =
      one.kind === 'quality' || one.kind === 'lot' || one.kind === 'system' || one.kind === 'inspection';
    const elsewhere =
      one.equipment !== null &&
      !first.has(one.equipment) &&
      line.machines.some((it) => it.id === one.equipment);
    if (decoy && elsewhere && one.source !== ids.machines) misleading.add(one);
  }
  return { ...told, records };
}

/** The count that is off concerns what the stop is about in half of the cases, else anything. */
function wantedMaterial(staged: Staged, materials: readonly string[], rng: Random): string {
  const [first]: (OneCause | undefined)[] = staged.causes;
  const own = staged.line.machines.find((one) => one.id === first?.place)?.magazine?.material;
  const main = first?.place === staged.line.supplyId ? materials[0] : undefined;
  const any = rng.pick(materials);
  return rng.chance(0.5) ? (own ?? main ?? any) : any;
}
