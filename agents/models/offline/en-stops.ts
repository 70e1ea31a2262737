import type { Plant } from '../../../plant/equipment.ts';
import type { Millis } from '../../../plant/time.ts';
import { readTimes } from './en-times.ts';
import type { StopsAsked } from './understood.ts';

const most = String.raw`(?:most|worst|longest|biggest|largest|highest|least|more|oftenest)`;
const stopWords = String.raw`(?:stops?|stoppages?|stand ?stills?|down ?times?|interruptions?|breakdowns?|outages?)`;
const number = String.raw`(?:\d{1,2}|two|three|four|five|six|seven|eight|nine|ten)`;
const machineWord = String.raw`(?:machines?|stations?|units?|places?|equipment)`;

/** Which ranking words ask for; the first that fits. */
const rankings: readonly (readonly [NonNullable<StopsAsked['rank']>, RegExp])[] = [
  [
    'line',
    new RegExp(
      String.raw`\b(?:which|what|whose)(?: of)?(?: the| our)? lines?\b.*\b${most}\b|\b${most} (?:\w+ )?lines?\b(?! ?\d)|\b(?:which|what|the) line (?:is|was|did|does|runs?) (?:the )?(?:worst|most)\b|\brank\w* (?:of )?(?:the |our |all )*lines\b`,
    ),
  ],
  [
    'place',
    new RegExp(
      String.raw`\bwhat(?:'s|s| has| have| is| was)? (?:it )?(?:stop(?:s|ped|ping)?|costs?|costing|hurts?|holds?|held|delays?|delayed|kill(?:s|ed)|lost|took|takes)\b.*\b(?:most|worst|longest)\b|\b(?:which|what) ${machineWord}\b.*\b${most}\b|\b${most} ${machineWord}\b|\b(?:top|main|biggest|commonest|most (?:common|frequent)|worst) (?:${number} )?(?:reasons?|causes?|loss ?makers?|trouble ?makers?|culprits?|problems?|machines?)\b|\bwhere (?:did|do|have|are) we (?:lose|losing|lost)\b.*\bmost\b`,
    ),
  ],
  [
    'stop',
    new RegExp(
      String.raw`\b(?:longest|biggest|largest|worst|top)(?: ${number})? (?:unplanned |single )?${stopWords}\b|\b${number} (?:longest|biggest|worst) ${stopWords}\b|\b${stopWords} (?:ranked|sorted|ordered) by (?:length|duration|minutes|time)\b|\b(?:which|what) ${stopWords} (?:was|is|were|are) (?:the )?(?:longest|biggest|worst)\b`,
    ),
  ],
];

/** What is counted otherwise than in minutes of stops. */
const otherwise =
  /\b(?:orders?|jobs?|alerts?|alarms?|temperature|torque|pressure|speed|output|scrap|rejects?|produc\w+|made|makes?|fast\w*|slow\w*)\b/;

/** The ranking a question asks for. null: none. */
export const rankingIn = (text: string): StopsAsked['rank'] =>
  otherwise.test(text) ? null : (rankings.find(([, find]) => find.test(text))?.[0] ?? null);

const numbers = 'zero one two three four five six seven eight nine ten'.split(' ');
const valueOf = (word: string): number =>
  numbers.includes(word) ? numbers.indexOf(word) : Number(word.replace(',', '.'));

const unitS: Record<string, number> = { s: 1, m: 60, h: 3_600 };
const longer = new RegExp(
  String.raw`\b(?:over|above|longer than|more than|at least|beyond|exceeding) (\d+(?:[.,]\d+)?|${numbers.slice(1).join('|')}) ?(s|m|h)(?:ec(?:ond)?s?|in(?:ute)?s?|(?:ou)?rs?)?\b|\b(\d+) or (?:more|longer|over)(?: (s|m|h)(?:ec(?:ond)?s?|in(?:ute)?s?|(?:ou)?rs?))?\b`,
);

/** "Stops over 5 minutes": shorter ones are left out. Seconds. */
function leastIn(text: string): number | null {
  const match = longer.exec(text);
  if (!match) return null;
  return valueOf(match[1] ?? match[3] ?? '') * (unitS[match[2] ?? match[4] ?? 'm'] ?? 60);
}

const topNumber = new RegExp(
  String.raw`\b(?:top|worst|longest|biggest|largest|main) (${number})\b|\b(${number}) (?:longest|worst|biggest|largest|main)\b`,
);

/** How a question wants its stops told. */
export function stopsAsked(
  text: string,
  named: { line: boolean; window: boolean },
): Omit<StopsAsked, 'than'> {
  const top = topNumber.exec(text);
  // Why the longest stop of a line in a span was is asked of that stop.
  const explained = named.line && named.window && /^(?:so |and )?why\b|\breasons? for\b/.test(text);
  return {
    rank: explained ? null : rankingIn(text),
    top: top ? valueOf(top[1] ?? top[2] ?? '') || null : null,
    minSeconds: leastIn(text),
    loss: /\b(?:micro|minor|short|small)[- ]?(?:stops?|stoppages?)\b/.test(text) ? 'minor_stop' : null,
  };
}

/** Two spans to be compared, the later one first. Times are ISO 8601. */
type Compared = { from: string; to: string; than: { from: string; to: string } };

const between = /\b(?:than|compared? (?:to|with)|versus|vs\.?|against)\b/;
const beginsWithTime =
  /^\s*(?:it was |we had |we did |on |in |the |to |with )*(?:yesterday|today|last|previous|this|day before|early|late|night|morning|the shift|(?:mon|tues|wednes|thurs|fri|satur|sun)day)\b/;

/** "Was yesterday worse than today", "more stops than last shift", "compare today with yesterday". null: nothing is compared. */
export function comparedIn(text: string, plant: Plant, now: Millis): Compared | null {
  const said =
    /\bcompare (.*?)\b(?:with|to|and|against)\b(.*)$/.exec(text) ??
    new RegExp(`^(.*?)${between.source}(.*)$`).exec(text);
  const [, left = '', right = ''] = said ?? [];
  if (!beginsWithTime.test(right)) return null;
  const second = readTimes(right, plant, now);
  if (second.from === null || second.to === null) return null;
  const own = readTimes(left, plant, now);
  const usual = /\bshift\b/.test(right) ? 'this shift' : /\bweek\b/.test(right) ? 'this week' : 'today';
  const first = own.from === null ? readTimes(usual, plant, now) : own;
  if (first.from === null || first.to === null || first.from === second.from) return null;
  const [one, other] = [
    { from: first.from, to: first.to },
    { from: second.from, to: second.to },
  ];
  return one.from > other.from ? { ...one, than: other } : { ...other, than: one };
}
