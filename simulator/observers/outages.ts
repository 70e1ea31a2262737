import type { PlantRecord, RecordOf } from '../../plant/record.ts';
import { iso, type Millis } from '../../plant/time.ts';
import type { Outage } from '../physics/ledger.ts';
import { atOf, headerOf, type Told } from './told.ts';

/** What the machines' source could not tell, or told without meaning it. Records of the time between arrive late or not at all. */
export function sufferOutages(told: Told, outages: readonly Outage[], source: string, until: Millis): Told {
  return outages
    .filter((one) => one.from < until)
    .reduce((now, one) => suffer(now, one, source, until), told);
}

function suffer(told: Told, outage: Outage, source: string, askedAt: Millis): Told {
  const { equipment, how, from } = outage;
  const until = Math.min(outage.until, askedAt + 1);
  const touches = (one: string | null) => equipment === null || one === equipment;
  const inside = (at: Millis) => at >= from && at < until;
  const readings = told.readings.filter((one) => !(touches(one.equipment) && inside(one.at)));
  const minutes = told.minutes.filter(
    (one) => !(touches(one.equipment) && one.at >= from - 30_000 && one.at < until),
  );
  const over = outage.until <= askedAt;
  const whole = told.readings.filter((one) => touches(one.equipment) && inside(one.at));
  if (how === 'frozen') {
    for (let at = Math.ceil(from / 60_000) * 60_000; at < until; at += 60_000)
      readings.push(...lastBefore(told.readings, from, touches).map((one) => ({ ...one, at })));
  }
  const signals = [...new Set(whole.map((one) => one.signal))];
  const reason =
    how === 'lost'
      ? 'Connection lost'
      : `Bad quality: ${signals.map((one) => `${one} (BadNoCommunication)`).join(', ') || 'all values'}`;
  const gap: PlantRecord = {
    kind: 'gap',
    ...headerOf(
      source,
      `${equipment ?? '*'}@${iso(from)}`,
      equipment,
      from,
      over ? outage.until : from + 9000,
    ),
    from: iso(from),
    to: over ? iso(outage.until) : null,
    reason,
  };
  const records =
    how === 'bad'
      ? [...told.records]
      : delayed(told.records, source, from, until, over ? outage.until : null);
  if (outage.offline) records.push(...offline(told.records, source, from, over ? outage.until : null));
  return { records: how === 'frozen' ? records : [...records, gap], readings, minutes };
}

/** A gateway that lost its machines says so in their place, and then what they are again. */
function offline(
  records: readonly PlantRecord[],
  source: string,
  from: Millis,
  back: Millis | null,
): RecordOf<'state'>[] {
  const last = new Map<string, RecordOf<'state'>>();
  for (const one of records)
    if (one.kind === 'state' && atOf(one) < (back ?? from)) last.set(one.equipment ?? '', one);
  return [...last].flatMap(([machine, state]) => {
    const told = (at: Millis) => headerOf(source, `${machine}@${iso(at)}`, machine, at);
    const gone: RecordOf<'state'> = {
      ...state,
      ...told(from + 5000),
      quality: 'bad',
      state: 'Unknown',
      waiting: null,
      mode: null,
      raw: 'Offline',
    };
    return back === null ? [gone] : [gone, { ...state, ...told(back) }];
  });
}

/** Of what changed while nobody listened, the last state of each machine is read afterwards, and alarms that still stand. */
function delayed(
  records: readonly PlantRecord[],
  source: string,
  from: Millis,
  until: Millis,
  back: Millis | null,
): PlantRecord[] {
  const missed = (one: PlantRecord) =>
    one.source === source &&
    one.kind !== 'gap' &&
    one.kind !== 'system' &&
    atOf(one) >= from &&
    atOf(one) < until;
  const kept = records.filter((one) => !missed(one));
  if (back === null) return kept;
  const last = new Map<string, PlantRecord>();
  for (const one of records.filter(missed)) {
    const name = one.kind === 'alarm' ? `${one.equipment}/${one.alarm}` : `${one.kind}/${one.equipment}`;
    last.set(name, one);
  }
  const read = [...last.values()].filter((one) => one.kind !== 'alarm' || one.active);
  return [...kept, ...read.map((one) => ({ ...one, observedAt: iso(back + 400) }))];
}

function lastBefore(
  readings: Told['readings'],
  t: Millis,
  touches: (one: string) => boolean,
): Told['readings'] {
  const last = new Map<string, Told['readings'][number]>();
  for (const one of readings)
    if (one.at < t && touches(one.equipment)) last.set(`${one.equipment}/${one.signal}`, one);
  return [...last.values()];
}
