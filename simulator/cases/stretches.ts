import type { PlantRecord, RecordOf } from '../../plant/record.ts';
import { isProducing } from '../../plant/state.ts';
import { millis, type Millis } from '../../plant/time.ts';

export type State = RecordOf<'state'>;
export type Stretch = { from: Millis; to: Millis | null };

export const statesOf = (records: readonly PlantRecord[]): State[] =>
  records.filter((one) => one.kind === 'state');

/** Standing times of one machine, oldest first; a run shorter than a minute in between does not end one. */
export function stretchesOf(states: readonly State[], equipment: string): Stretch[] {
  const found: Stretch[] = [];
  for (const one of states) {
    if (one.equipment !== equipment) continue;
    const at = millis(one.at);
    const last = found.at(-1);
    if (isProducing(one.state)) {
      if (last && last.to === null) last.to = at;
    } else if (!last) found.push({ from: at, to: null });
    else if (last.to !== null) {
      if (at - last.to < 60_000) last.to = null;
      else found.push({ from: at, to: null });
    }
  }
  return found;
}

/** Of a machine at `t`: since when it stands; null: it produces. */
export function stoodSince(states: readonly State[], equipment: string, t: Millis): Millis | null {
  const one = stretchesOf(
    states.filter((state) => millis(state.at) <= t),
    equipment,
  ).at(-1);
  return one && one.to === null ? one.from : null;
}
