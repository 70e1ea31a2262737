import type { Plant } from '../../plant/equipment.ts';
import type { PlantRecord } from '../../plant/record.ts';
import { millis, type Millis } from '../../plant/time.ts';
import { atOf, recordId, signalId, type Told } from '../observers/told.ts';
import type { Floor, LineSim } from '../physics/model.ts';
import { isTelling } from '../physics/wordings.ts';
import { decidedBy, type Mark } from './marks.ts';
import type { ChainLink, OneCause, TruthEvidence } from './types.ts';

export type Scene = {
  floor: Floor;
  line: LineSim;
  plant: Plant;
  told: Told;
  source: string;
  causes: readonly OneCause[];
  chain: readonly ChainLink[];
  /** What belongs to it: from before the first cause until the question. */
  from: Millis;
  until: Millis;
};

const minute = 60_000;

/** Records (or signals) that show a mark in this scene; none: nobody could see it. */
export function seen(scene: Scene, one: OneCause, mark: Mark): { id: string; record: PlantRecord | null }[] {
  const { told, line, floor } = scene;
  const near = (t: Millis) => t >= millis(one.t0) - 45 * minute && t <= scene.until;
  const machine = line.machines.find((it) => it.id === one.place);
  // Of a supply, what enters the line, or what the machine behind it takes from its magazine.
  const users = line.machines.filter(
    (it) => scene.chain[0]?.kind === 'material' && it.id === scene.chain[0].to,
  );
  const materials = new Set([
    ...(users.length === 0 ? [line.supply.material] : []),
    ...users.flatMap((it) => it.magazine?.material ?? []),
  ]);
  if (mark.sees === 'signal') {
    const [equipment, name] = signalOf(scene, one, mark.of);
    const shown = told.readings.some((it) => it.equipment === equipment && it.signal === name && near(it.at));
    return shown ? [{ id: signalId(scene.source, { equipment, signal: name }), record: null }] : [];
  }
  const fits = (record: PlantRecord): boolean => {
    if (mark.sees === 'alarm') {
      if (record.kind !== 'alarm' || !record.active || atOf(record) < millis(one.t0) - 45 * minute)
        return false;
      if (mark.at === 'place' && record.equipment !== one.place) return false;
      if (!isTelling(record.text, record.alarm)) return false;
      const known = floor.byId
        .get(record.equipment ?? '')
        ?.machine.alarms.find((it) => it.id === record.alarm);
      return known !== undefined && mark.of.includes(known.when);
    }
    if (mark.sees === 'state') {
      const at = mark.at === 'place' ? (machine?.id ?? line.reference.id) : line.reference.id;
      return record.kind === 'state' && record.equipment === at && !record.plain && near(atOf(record));
    }
    if (record.kind !== mark.kind) return false;
    if (mark.at === 'place' && record.equipment !== one.place) return false;
    if (mark.at === 'material' && (!('material' in record) || !materials.has(record.material))) return false;
    // Another lot's hold stops nothing here.
    if (record.kind === 'lot' && record.held && record.lot !== line.lot.id) return false;
    if (record.kind === 'stock' && record.stock === 'blocked' && record.batch !== line.lot.id) return false;
    // A full crew is no sign of anybody missing.
    if (record.kind === 'crew') return record.present < record.planned;
    if (mark.field === undefined) return true;
    const value = (record as Record<string, unknown>)[mark.field];
    return mark.is?.some((it) => it === value) ?? false;
  };
  // Of a book the day counts, of a machine the hour.
  const early = mark.sees === 'record' ? 24 * 60 * minute : 45 * minute;
  return told.records
    .filter((it) => atOf(it) >= millis(one.t0) - early && atOf(it) <= scene.until && fits(it))
    .map((record) => ({ id: recordId(record), record }));
}

function signalOf(scene: Scene, one: OneCause, of: string): [string, string] {
  const machine = scene.line.machines.find((it) => it.id === one.place);
  if (of === 'main') return [one.place, machine?.of.main ?? ''];
  if (of === 'magazine') return [one.place, machine?.of.consumable?.signal ?? ''];
  if (of === 'reference') return [scene.line.reference.id, 'speed'];
  if (of === 'supply') {
    const utility = scene.floor.plant.utilities.find((it) => it.id === one.place);
    return [one.place, utility?.signals[0]?.name ?? ''];
  }
  return [one.place, of];
}

/** Could an observer of these records say where it began? */
function placeShows(scene: Scene, one: OneCause): boolean {
  const { line, told } = scene;
  const clear = (id: string) =>
    told.records.some(
      (it) => it.kind === 'state' && it.equipment === id && !it.plain && atOf(it) >= scene.from,
    );
  const machine = line.machines.find((it) => it.id === one.place);
  if (machine) {
    if (clear(machine.id)) return true;
    const around = [...machine.inputs.map((edge) => edge.from), ...machine.outputs.map((edge) => edge.to)];
    return around.length > 0 && around.every((it) => clear(it.id));
  }
  if (one.place === line.id) return true;
  const [first] = scene.chain;
  return first === undefined || clear(first.to);
}

/** Whether anybody who has only the records could decide it, and by which of them. */
export function decide(scene: Scene): { answerable: 'yes' | 'partly' | 'no'; evidence: TruthEvidence[] } {
  const evidence = new Map<string, TruthEvidence>();
  const all = scene.causes.map((one) => {
    const ways = decidedBy[one.cause] ?? [];
    const found = ways.map((way) => way.map((mark) => seen(scene, one, mark)));
    const complete = found.findIndex((way) => way.every((it) => it.length > 0));
    for (const [i, way] of found.entries())
      for (const { id } of way.flat())
        if (evidence.get(id)?.role !== 'necessary')
          evidence.set(id, { id, role: i === complete ? 'necessary' : 'supporting' });
    return { decided: complete >= 0, place: placeShows(scene, one) };
  });
  // What decides lies at the place itself, and so shows it.
  const yes = all.every((one) => one.decided);
  const partly = all.some((one) => one.decided || one.place);
  return { answerable: yes ? 'yes' : partly ? 'partly' : 'no', evidence: [...evidence.values()] };
}
