import type { Plant } from '../../../plant/equipment.ts';
import { iso, type Millis } from '../../../plant/time.ts';
import { momentOf, type Day, type When } from './en-clock.ts';
import { dayRules, type Found, type Rule } from './en-days.ts';
import { readBreak, shiftAfterDay, shiftNamed } from './en-shifts.ts';
import { dayStart, instantOf, wallTime, weekday } from './zone.ts';

/** Times that a question names. `rest`: the question without them. `now`: it says "now" or the like. */
export type NamedTimes = {
  from: string | null;
  to: string | null;
  at: string | null;
  now: boolean;
  future: boolean;
  rest: string;
};

const hourMs = 3_600_000;
const unitMs: Record<string, Millis> = {
  s: 1000,
  m: 60_000,
  h: hourMs,
  d: 24 * hourMs,
  w: 7 * 24 * hourMs,
};
const numbers = 'zero one two three four five six seven eight nine ten eleven twelve'.split(' ');

const amount = String.raw`(\d+(?:\.\d+)?|a|an|the|half an?|a couple of|couple of|a few|few)`;
const unit = String.raw`(seconds?|secs?|minutes?|mins?|hours?|hrs?|h|days?|weeks?)`;
const clock = String.raw`((?:half|quarter|twenty|\d{1,2}) past \d{1,2}|quarter to \d{1,2}|half \d{1,2}|noon|midday|lunch(?: ?time)?|midnight|\d{1,2}(?:[:.h]\d{2})?(?: ?[ap]\.?m\b\.?)?|\d{4}(?= ?(?:hours|hrs|h)?\b))`;
const amountOf = (text: string): number =>
  text.startsWith('half') ? 0.5 : /couple/.test(text) ? 2 : /few/.test(text) ? 3 : Number(text) || 1;
const spanOf = (count: string, name: string): Millis => amountOf(count) * (unitMs[name.charAt(0)] ?? hourMs);

/** Parts of the day by the plant's clock, hours from the day's midnight. A night begins the evening before its morning. */
const dayParts: Record<string, readonly [number, number]> = {
  morning: [6, 12],
  afternoon: [12, 18],
  evening: [18, 24],
  night: [22, 30],
};

function partOfDay(part: string, start: Millis, { plant, now }: When): Found {
  const [first, last] = dayParts[part] ?? [0, 24];
  const wall = wallTime(start, plant.timezone);
  const at = (hour: number) => instantOf({ ...wall, hour, minute: 0 }, plant.timezone);
  // "This morning" asked at 05:30 is the time since midnight.
  const from = at(first) > now ? at(0) : at(first);
  return { from, to: Math.min(at(last), now) };
}

/** What goes on until now, and what is a piece of a day. Tried in this order; the first that fits is taken. */
const spanRules: readonly Rule[] = [
  { find: /\btomorrow\b|\bnext (?:shift|week|hour|month)\b/, read: () => ({ future: true }) },
  {
    find: new RegExp(
      String.raw`\b(?:in |over |during |for |within )?(?:the )?(?:last|past|previous) ${amount} ?${unit}\b`,
    ),
    read: (match, { now }) => ({ from: now - spanOf(match[1] ?? '', match[2] ?? ''), to: now }),
  },
  {
    find: new RegExp(
      String.raw`\b(?:in |over |during |within )?the (?:last|past) ${unit}\b|\b(?:last|past) hour\b`,
    ),
    read: (match, { now }) => ({ from: now - spanOf('1', match[1] ?? 'h'), to: now }),
  },
  {
    find: new RegExp(String.raw`\b(?:about |around )?${amount} ?${unit} ago\b`),
    read: (match, { now }) => ({ at: now - spanOf(match[1] ?? '', match[2] ?? '') }),
  },
  {
    find: /\b(?:so far )?(?:since |from )?(?:the )?(?:shift start(?:ed)?|start of (?:the |this |our )?shift|beginning of (?:the |this |our )?shift|(?:this|the current|our|current) shift(?: (?:started|began))?)(?: so far)?\b/,
    read: (match, when) => shiftNamed(match[0], when),
  },
  {
    find: /\b(?:in |on |during )?(?:the )?(?:last|previous|early|late|night|morning|day) shift(?:'s)?\b|\bthe shift before\b/,
    read: (match, when) => shiftNamed(` ${match[0]} `, when),
  },
  {
    find: /\b(?:last night|overnight|over night|during the night)\b/,
    read: (_, when) => partOfDay('night', dayStart(when.now, when.plant.timezone, -1), when),
  },
  { find: /\b(?:this|in the|during the) (morning|afternoon|evening)\b/, read: readPart },
  { find: /\btonight\b/, read: (_, when) => partOfDay('evening', when.day.from, when) },
  {
    find: /\bthis week\b/,
    read: (_, { plant, now }) => ({
      from: dayStart(now, plant.timezone, -((weekday(now, plant.timezone) + 6) % 7)),
      to: now,
    }),
  },
  {
    find: /\blast week\b/,
    read: (_, { plant, now }) => {
      const monday = -((weekday(now, plant.timezone) + 6) % 7);
      return {
        from: dayStart(now, plant.timezone, monday - 7),
        to: dayStart(now, plant.timezone, monday),
      };
    },
  },
  {
    find: new RegExp(String.raw`\b(?:between|from) ${clock} (?:and|to|till|until|-) ${clock}`),
    read: readBetween,
  },
  { find: /\b(\d{1,2}:\d{2}) ?(?:-|–|to) ?(\d{1,2}:\d{2})\b/, read: readBetween },
  { find: /\b(since|after|before|until|in|during) (?:the |our )?break\b/, read: readBreak },
  {
    find: new RegExp(String.raw`\b(?:since|after) ${clock}(?![\d:])`),
    read: (match, when) => {
      const from = momentOf(match[1] ?? '', when);
      return from === null ? null : { from, to: when.day.named ? Math.min(when.day.to, when.now) : when.now };
    },
  },
  {
    find: new RegExp(String.raw`\b(?:before|until|till) ${clock}(?![\d:])`),
    read: (match, when) => {
      const to = momentOf(match[1] ?? '', when);
      return to === null ? null : { from: dayStart(to - 1, when.plant.timezone), to };
    },
  },
  {
    find: new RegExp(
      String.raw`\b(?<!\bdo )(?:at|around|about|by|near|approx\.?|@) ?(?:about |around )?${clock}(?: ?o'?clock)?(?![\d:])`,
    ),
    read: readAt,
  },
  {
    find: /\b(\d{1,2}(?::\d{2}) ?(?:[ap]\.?m\b\.?)?|\d{1,2} ?[ap]\.?m\b\.?|\d{1,2}(?= ?o'?clock))(?: ?o'?clock)?/,
    read: readAt,
  },
  {
    find: /\b(?:right now|now|at the moment|currently|just now|at present|presently)\b/,
    read: () => ({ now: true }),
  },
];

function readPart(match: RegExpExecArray, when: When): Found {
  return partOfDay(match[1] ?? '', when.day.from, when);
}

function readAt(match: RegExpExecArray, when: When): Found | null {
  const at = momentOf(match[1] ?? '', when);
  if (at === null) return null;
  return at > when.now ? { future: true } : { at };
}

function readBetween(match: RegExpExecArray, when: When): Found | null {
  const [, first = '', second = ''] = match;
  // "between 1 and 3 pm": the half of the day stands only at the end, and means both unless the order says otherwise.
  const half = /[ap]\.?m/.exec(second)?.[0];
  const firstHour = Number.parseInt(first, 10);
  const shared =
    half && !/[ap]\.?m/.test(first) && firstHour < Number.parseInt(second, 10) ? `${first} ${half}` : first;
  const from = momentOf(shared, when);
  const to = from === null ? null : momentOf(second, when, from);
  return from === null || to === null ? null : { from, to: Math.min(to, when.now) };
}

/** `yesterday morning`, `monday night`: a part of the day that was just named. */
const partAfterDay = /^\s*(?:in the )?(morning|afternoon|evening|night)\b/;

/** Finds the times of an English question and resolves them in the plant's zone. `text` is lower case. */
export function readTimes(text: string, plant: Plant, now: Millis): NamedTimes {
  let rest = withDigits(text);
  const today = dayStart(now, plant.timezone);
  let day: Day = { from: today, to: dayStart(today + 12 * hourMs, plant.timezone, 1), named: false };
  let found: Found = {};
  for (const rule of dayRules) {
    const match = rule.find.exec(rest);
    const read = match && rule.read(match, { plant, now, day });
    if (!match || read?.from === undefined || read.to === undefined) continue;
    const after = rest.slice(match.index + match[0].length);
    const part = partAfterDay.exec(after);
    const shift = part ? null : shiftAfterDay(after, plant);
    day = { from: read.from, to: read.to, named: true };
    found = { from: read.from, to: Math.min(read.to, now) };
    if (read.from > now) found = { future: true };
    else if (part) found = partOfDay(part[1] ?? '', read.from, { plant, now, day });
    else if (shift) found = shiftNamed(` ${shift.trim()} `, { plant, now, day }) ?? found;
    rest = `${rest.slice(0, match.index)} ${after.slice((part?.[0] ?? shift ?? '').length)}`;
    break;
  }
  for (const rule of spanRules) {
    const match = rule.find.exec(rest);
    const read = match && rule.read(match, { plant, now, day });
    if (!match || !read) continue;
    found = read.now && day.named ? found : read;
    rest = `${rest.slice(0, match.index)} ${rest.slice(match.index + match[0].length)}`;
    break;
  }
  const said = (at: Millis | undefined) => (at === undefined ? null : iso(at));
  return {
    from: said(found.from),
    to: said(found.to),
    at: said(found.at),
    now: found.now ?? false,
    future: found.future ?? false,
    rest: rest.replace(/\s+/g, ' ').trim(),
  };
}

/** "two hours ago", "at three": numbers as digits, but not where they may be part of a name, such as "line two". */
function withDigits(text: string): string {
  return text
    .replace(
      new RegExp(
        String.raw`\b(at|past|last|to|and|between|from|since|after|before|around|about) (${numbers.join('|')})\b`,
        'g',
      ),
      (all, lead: string, word: string) =>
        lead === 'and' && /\bline\b/.test(text) ? all : `${lead} ${numbers.indexOf(word)}`,
    )
    .replace(new RegExp(String.raw`\b(${numbers.join('|')})(?= (?:${unit.slice(1, -1)})\b)`, 'g'), (word) =>
      String(numbers.indexOf(word)),
    );
}
