import type { PlantRecord } from '../../plant/record.ts';
import type { Millis } from '../../plant/time.ts';
import { gapRecord } from './gaps.ts';
import type { Item } from './items.ts';

type Stretch = { from: Millis; bad: Set<string>; all: Map<string, string> };

export type QualityWatch = {
  /** Bad or Uncertain: the value is not used; the first bad item of an equipment opens its gap. */
  bad(item: Item, at: Millis, status: string): PlantRecord[];
  /** Good again; the last good item of an equipment closes its gap. */
  good(item: Item, at: Millis): PlantRecord[];
  /** Equipment with an open gap, and since when: goes into the checkpoint. */
  open(): Record<string, Millis>;
};

/** An item of a stretch that began before this process did. */
const earlier = '?';

/** Stretches of bad quality per equipment, as gaps. `since`: the stretches that were open in the checkpoint. */
export function watchQuality(
  source: string,
  clock: () => Millis,
  since: Readonly<Record<string, Millis>>,
): QualityWatch {
  const stretches = new Map<string, Stretch>(
    Object.entries(since).map(([equipment, from]) => [
      equipment,
      { from, bad: new Set([earlier]), all: new Map() },
    ]),
  );
  const label = (item: Item) => (item.role === 'signal' ? item.signal : item.role);
  return {
    bad(item, at, status) {
      const stretch = stretches.get(item.equipment);
      if (stretch) {
        stretch.bad.add(item.key);
        stretch.all.set(label(item), status);
        return [];
      }
      stretches.set(item.equipment, {
        from: at,
        bad: new Set([item.key]),
        all: new Map([[label(item), status]]),
      });
      return [
        gapRecord(
          source,
          item.equipment,
          { from: at, to: null },
          `Bad quality: ${label(item)} (${status})`,
          clock(),
        ),
      ];
    },
    good(item, at) {
      const stretch = stretches.get(item.equipment);
      if (!stretch) return [];
      stretch.bad.delete(item.key);
      stretch.bad.delete(earlier);
      if (stretch.bad.size > 0) return [];
      stretches.delete(item.equipment);
      const names = [...stretch.all].map(([name, status]) => `${name} (${status})`);
      const reason = `Bad quality: ${names.join(', ') || 'since before the last start'}`;
      return [gapRecord(source, item.equipment, { from: stretch.from, to: at }, reason, clock())];
    },
    open: () => Object.fromEntries([...stretches].map(([equipment, { from }]) => [equipment, from])),
  };
}
