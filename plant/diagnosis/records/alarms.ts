import type { PlantRecord, RecordOf } from '../../record.ts';
import type { Millis } from '../../time.ts';
import type { Clocks } from './clocks.ts';
import { corrected } from './clocks.ts';
import { blocked, power, starved } from '../cues/concepts.ts';
import { ofKind } from './timeline.ts';
import { mentions, folded, spelledOut } from './words.ts';

/** One coming of an alarm, with its going. `text`: plain words of id and text. */
export type AlarmSpan = {
  equipment: string;
  alarm: string;
  text: string;
  from: Millis;
  to: Millis;
  severity: number;
  acknowledged: boolean;
  /** When somebody acknowledged it; null: not yet, or nobody tells when. */
  acknowledgedAt: Millis | null;
  record: RecordOf<'alarm'>;
  /** Comes and goes all the time, also while all runs: says little about one stop. */
  chatters: boolean;
  says: 'starved' | 'blocked' | 'fault';
};

function markChatter(spans: AlarmSpan[], stopAt: Millis): void {
  const byAlarm = new Map<string, AlarmSpan[]>();
  for (const span of spans) {
    const key = `${span.equipment}/${span.alarm}`;
    const same = byAlarm.get(key);
    if (same) same.push(span);
    else byAlarm.set(key, [span]);
  }
  for (const same of byAlarm.values()) {
    // ISA-18.2: three or more within a minute. Well before the stop it cannot be a sign of it.
    const early = same.filter((span) => span.from < stopAt - 300_000);
    const fast = same.some((span, index) => {
      const third = same[index + 2];
      return third !== undefined && third.from - span.from <= 60_000 && span.from < stopAt - 120_000;
    });
    if (fast || early.length >= 4) for (const span of same) span.chatters = true;
  }
}

/** A number such as ES-101 or LO-2: its letters are the maker's, no short form of a word. */
const isCode = (plain: string): boolean => /^\p{L}{1,5} ?\d[\d ]*$/u.test(plain);

/** The same alarm comes hundreds of times: its text is read once. Its number makes a short text no sentence. */
function reader(): (words: string, alarm: string) => Pick<AlarmSpan, 'text' | 'says'> {
  const known = new Map<string, Pick<AlarmSpan, 'text' | 'says'>>();
  return (words, alarm) => {
    const key = `${words}\n${alarm}`;
    const before = known.get(key);
    if (before) return before;
    const told = spelledOut(folded(words));
    const id = folded(alarm);
    const text = [told, told !== '' && isCode(id) ? id : spelledOut(id)].join(' ').trim();
    const says = mentions(text, blocked)
      ? 'blocked'
      : mentions(text, starved) && !mentions(text, power)
        ? 'starved'
        : 'fault';
    known.set(key, { text, says });
    return { text, says };
  };
}

/** All alarms with beginning and end, oldest first. An alarm that goes before it came, or comes twice, is one coming. */
export function alarmSpans(records: readonly PlantRecord[], clocks: Clocks, stopAt: Millis): AlarmSpan[] {
  const open = new Map<string, AlarmSpan>();
  const spans: AlarmSpan[] = [];
  const read = reader();
  for (const record of ofKind(records, 'alarm')) {
    if (record.equipment === null) continue;
    const id = `${record.equipment}/${record.alarm}`;
    const at = corrected(clocks, record);
    const before = open.get(id);
    if (!record.active) {
      if (before) before.to = at;
      open.delete(id);
    } else if (before) {
      // The acknowledgement is a newer version of the same coming: its own time is when it was seen.
      if (record.acknowledged === true && !before.acknowledged)
        before.acknowledgedAt = Date.parse(record.observedAt);
      before.acknowledged ||= record.acknowledged === true;
    } else {
      const { text, says } = read(record.text, record.alarm);
      const span: AlarmSpan = {
        equipment: record.equipment,
        alarm: record.alarm,
        text,
        from: at,
        to: Infinity,
        severity: record.severity,
        acknowledged: record.acknowledged === true,
        acknowledgedAt: null,
        record,
        chatters: false,
        says,
      };
      open.set(id, span);
      spans.push(span);
    }
  }
  markChatter(spans, stopAt);
  return spans.sort((a, b) => a.from - b.from);
}

/** A message is no fault: ISA-18.2 calls it low below a third of the scale of severities. */
export const isMessage = ({ severity }: Pick<AlarmSpan, 'severity'>): boolean => severity < 334;
