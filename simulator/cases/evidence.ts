import type { PlantRecord } from '../../plant/record.ts';
import { millis, type Millis } from '../../plant/time.ts';
import { atOf, recordId, signalId } from '../observers/told.ts';
import { fits, signalShown } from './fits.ts';
import { decidedBy, type Mark } from './marks.ts';
import { placeShows, standsAlone } from './place-shows.ts';
import type { Scene } from './scene.ts';
import type { Answerable, OneCause, TruthEvidence } from './types.ts';

type Found = { id: string; record: PlantRecord | null };
const minute = 60_000;

/** Records (or signals) that show a mark in this scene; none: nobody could see it. */
export function seen(scene: Scene, one: OneCause, mark: Mark): Found[] {
  const { told } = scene;
  if (mark.sees === 'alone') return [];
  if (mark.sees === 'signal' || mark.sees === 'served')
    return signalShown(scene, one, mark).map(([equipment, signal]) => ({
      id: signalId(scene.source, { equipment, signal }),
      record: null,
    }));
  // Of a book the day counts, of a machine the hour.
  const early = mark.sees === 'record' || mark.sees === 'waited' ? 24 * 60 * minute : 45 * minute;
  return told.records
    .filter((it) => atOf(it) >= millis(one.t0) - early && atOf(it) <= scene.until)
    .filter((it) => fits(scene, one, mark, it))
    .map((record) => ({ id: recordId(record), record }));
}

/** A mark and whether it is there: some are no record but what follows from several. */
function look(scene: Scene, one: OneCause, mark: Mark): { found: Found[]; there: boolean } {
  const found = seen(scene, one, mark);
  if (mark.sees === 'alone') return { found, there: standsAlone(scene, one) };
  if (mark.sees === 'state' && mark.at === 'place') return { found, there: placeShows(scene, one) };
  return { found, there: found.length >= (mark.sees === 'served' ? 2 : 1) };
}

/** Records of the place itself show where it is besides what it is. */
const atPlace = (one: OneCause, found: readonly Found[]) =>
  found.some(({ id, record }) =>
    record ? record.equipment === one.place : id.split('/').includes(one.place),
  );

function judge(scene: Scene, one: OneCause, evidence: Map<string, TruthEvidence>): Answerable {
  const ways = (decidedBy[one.cause] ?? []).map((way) =>
    way.map((mark) => ({ mark, name: JSON.stringify(mark), ...look(scene, one, mark) })),
  );
  const complete = ways.filter((way) => way.every(({ there }) => there));
  const noMachine = !scene.line.machines.some(({ id }) => id === one.place);
  for (const { found, mark, name } of ways.flat()) {
    // Without it nobody could tell: every way to tell has it, and of several alike the nearest stands for them.
    const needed =
      complete.length > 0 &&
      !(mark.sees === 'state' && mark.at === 'place') &&
      complete.every((way) => way.some((other) => other.name === name));
    const nearest = needed ? nearestTo(millis(one.t0), found) : null;
    for (const { id } of found)
      if (evidence.get(id)?.role !== 'necessary')
        evidence.set(id, { id, role: id === nearest ? 'necessary' : 'supporting' });
  }
  const decided = complete.length > 0;
  const shown =
    placeShows(scene, one) ||
    complete.some((way) => noMachine || way.some(({ found }) => atPlace(one, found)));
  if (decided && shown) return 'yes';
  return decided || shown ? 'partly' : 'no';
}

function nearestTo(t: Millis, found: readonly Found[]): string | null {
  const far = ({ record }: Found) => (record ? Math.abs(atOf(record) - t) : 0);
  return found.toSorted((a, b) => far(a) - far(b))[0]?.id ?? null;
}

/** Whether anybody who has only the records could decide each of the causes, and by which of them. */
export function decide(scene: Scene): { answerable: Answerable[]; evidence: TruthEvidence[] } {
  const evidence = new Map<string, TruthEvidence>();
  const answerable = scene.causes.map((one) => judge(scene, one, evidence));
  return { answerable, evidence: [...evidence.values()] };
}
