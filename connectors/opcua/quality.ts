import type { PlantRecord } from '../../plant/record.ts';
import type { Clock, Millis } from '../../plant/time.ts';
import { gapRecord } from './gaps.ts';
import type { Item } from './items.ts';

/** `bad`: keys of the items that are bad now; `all`: name and status of every item that was. */
type Stretch = { from: Millis; bad: Set<string>; all: Map<string, string> };

/** Stretches of bad quality per equipment, told as gaps. */
export type Quality = { source: string; clock: Clock; stretches: Map<string, Stretch> };

/** An item of a stretch that began before this process did. */
const earlier = '?';

/** `since`: the stretches that were open in the checkpoint. */
export const openQuality = (
  source: string,
  clock: Clock,
  since: Readonly<Record<string, Millis>>,
): Quality => ({
  source,
  clock,
  stretches: new Map(
    Object.entries(since).map(([equipment, from]) => [
      equipment,
      { from, bad: new Set([earlier]), all: new Map() },
    ]),
  ),
});

/** Equipment with an open gap, and since when: goes into the checkpoint. */
export const badSince = ({ stretches }: Quality): Record<string, Millis> =>
  Object.fromEntries([...stretches].map(([equipment, { from }]) => [equipment, from]));

const nameOf = (item: Item) => (item.role === 'signal' ? item.signal : item.role);

/** Bad or Uncertain: the value is not used; the first bad item of an equipment opens its gap. */
export function turnedBad(quality: Quality, item: Item, at: Millis, status: string): PlantRecord[] {
  const { source, clock, stretches } = quality;
  const { equipment, key } = item;
  const name = nameOf(item);
  const stretch = stretches.get(equipment);
  if (stretch) {
    stretch.bad.add(key);
    stretch.all.set(name, status);
    return [];
  }
  stretches.set(equipment, { from: at, bad: new Set([key]), all: new Map([[name, status]]) });
  const why = `Bad quality: ${name} (${status})`;
  return [gapRecord(source, equipment, { from: at, to: null }, why, clock())];
}

/** Good again; the last good item of an equipment closes its gap. */
export function turnedGood(quality: Quality, { equipment, key }: Item, at: Millis): PlantRecord[] {
  const { source, clock, stretches } = quality;
  const stretch = stretches.get(equipment);
  if (!stretch) return [];
  stretch.bad.delete(key);
  stretch.bad.delete(earlier);
  if (stretch.bad.size > 0) return [];
  stretches.delete(equipment);
  const names = [...stretch.all].map(([name, status]) => `${name} (${status})`);
  const why = `Bad quality: ${names.join(', ') || 'since before the last start'}`;
  return [gapRecord(source, equipment, { from: stretch.from, to: at }, why, clock())];
}
