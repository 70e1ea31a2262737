import type { Plant } from '../../../plant/equipment.ts';
import { allNamed, type Named } from '../../../plant/names.ts';
import type { Millis } from '../../../plant/time.ts';
import { intentsOf, isFollowUp, refersBack } from './en-intents.ts';
import { signalsNamed, withoutStock } from './en-signals.ts';
import { spelled } from './en-spelling.ts';
import { comparedIn, stopsAsked } from './en-stops.ts';
import { dictated } from './en-record.ts';
import { readNames, type NamedEquipment } from './en-names.ts';
import { readTimes, type NamedTimes } from './en-times.ts';
import { unclearOf, whichStop } from './en-unclear.ts';
import { placesNamed } from '../../../plant/correction/place-words.ts';
import { addressesLine, saidCause, type SaidCause } from './said-cause.ts';
import { talkContext, type Intent, type TalkContext, type Understood, type Where } from './understood.ts';

/** What a question is read against. `now` in milliseconds; `context`: what the thread talked about last, as it was kept; what is no `TalkContext` is nothing. */
type Reading = {
  plant: Plant;
  now: Millis;
  context: unknown;
  /** The line a person works for, where it is one: meant where none is named. */
  home?: string | null;
};

/** Questions can be as long as a chat allows; a grammar needs their beginning. */
const longestQuestion = 600;

/** Reads an English question: what it wants, about which equipment, of which time. Never throws. */
export function understand(
  question: string,
  { plant, now, context: kept, home = null }: Reading,
): Understood {
  const context = contextIn(kept, plant);
  const text = spelled(question.slice(0, longestQuestion));
  const sentence = sentenceOf(text, plant, now);
  const { names, stops, signals, compared } = sentence;
  const correction = correctionIn(question, { context, names, plant });
  const said: readonly Intent[] = correction ? ['correct'] : saidIn(text, sentence);
  // What a person wants kept may speak of the future; its times belong to the record, not to a search.
  const times = said.includes('record') || correction ? { ...sentence.times, ...noTime } : sentence.times;
  const follows = context !== null && isFollowUp(text, said, names, times);
  // "Why?" after a ranking of the plant asks for the ranking by what it was.
  const whyRanked = follows && said.join() === 'why' && Boolean(context?.rank) && context?.line === null;
  const wanted = whyRanked
    ? (['stops'] as const)
    : said.length > 0
      ? said
      : follows && context
        ? [context.intent]
        : bareName(names, times);
  const talked = correction ? ofTalk(names, context, home, plant) : null;
  const place = talked ?? placeOf(names, wanted, { plant, context, follows, text, home });
  const where = wanted[0] === 'signals' ? withSignalOwner(place, signals, plant) : place;
  const when = timeOf(times, { context, follows, text, where, said });
  const open = correction && !addressesLine(question) && context?.stopAt;
  const unclear =
    (open && whichStop(linesIn(names, context), correction.words, plant)) ||
    unclearOf({ wanted, names, times, where, plant, text });
  const rank = whyRanked ? 'place' : (stops.rank ?? (follows ? (context?.rank ?? null) : null));
  return {
    intents: wanted,
    lines: where.lines,
    machine: where.machine,
    ...when,
    signals,
    cause: when.stopAt ? (context?.cause ?? null) : null,
    record: wanted.includes('record') ? dictated(question.slice(0, longestQuestion), plant, now) : null,
    correction,
    stops: { ...stops, rank, than: compared?.than ?? null },
    topic: contentOf(names.rest),
    unclear,
    context: unclear || !wanted[0] ? null : contextOf(wanted, where, { ...when, rank }, context),
  };
}

const noTime = { from: null, to: null, at: null, future: false } as const;

/** What the words of a question name, without the talk before. */
type Sentence = {
  names: NamedEquipment;
  times: NamedTimes;
  stops: ReturnType<typeof stopsAsked>;
  signals: readonly string[];
  compared: ReturnType<typeof comparedIn>;
};

function sentenceOf(text: string, plant: Plant, now: Millis): Sentence {
  const compared = comparedIn(text, plant, now);
  const times = { ...readTimes(text, plant, now), ...(compared && { ...compared, at: null, future: false }) };
  const named = readNames(withoutStock(times.rest, plant), plant);
  const stops = stopsAsked(text, { line: named.lines.length > 0, window: times.from !== null });
  // "Which line stood longest" asks about all of them.
  const names = stops.rank === 'line' && named.lines.length === 0 ? { ...named, all: true } : named;
  return { names, times, stops, signals: signalsNamed(text, plant), compared };
}

const saidIn = (text: string, { names, times, stops, signals, compared }: Sentence): readonly Intent[] =>
  intentsOf(text, names.rest, {
    signals,
    equipment: names.things.length > 0 || names.lines.length > 0,
    window: times.from !== null,
    compared: compared !== null,
    ranked: stops.rank !== null,
  });

/** What is said of the cause that the talk is about, or of a line that is named. */
function correctionIn(
  question: string,
  { context, names, plant }: { context: TalkContext | null; names: NamedEquipment; plant: Plant },
): SaidCause | null {
  const line = plant.lines.find(({ id }) => id === (names.lines[0] ?? context?.line));
  const about = names.lines.length > 0 || (context?.stopAt ?? null) !== null;
  if (!about) return null;
  const sentence = question.slice(0, longestQuestion);
  return saidCause(
    sentence,
    names.things.length > 0 || (line ? placesNamed(sentence, plant, line).length > 0 : false),
  );
}

/** The line of the talk and those that are named, also by a machine that only one of them has. */
const linesIn = ({ lines, things }: NamedEquipment, context: TalkContext | null): (string | null)[] => [
  context?.line ?? null,
  ...lines,
  ...things.map(([first, ...more]) => (more.length === 0 ? (first?.line ?? null) : null)),
];

/** The line of the stop that is corrected; which machine it was is read from the words, not here. */
function ofTalk(
  names: NamedEquipment,
  context: TalkContext | null,
  home: string | null,
  plant: Plant,
): Where {
  const line = names.lines[0] ?? context?.line ?? knownLine(home, plant);
  return { lines: line ? [line] : [], machine: null, which: [] };
}

/** A thread may be older than the plant's configuration: a line that is gone is forgotten. */
function contextIn(kept: unknown, plant: Plant): TalkContext | null {
  const read = talkContext.safeParse(kept);
  if (!read.success) return null;
  const { line } = read.data;
  return line === null || plant.lines.some(({ id }) => id === line) ? read.data : null;
}

type WhenSaid = Pick<Understood, 'from' | 'to' | 'at' | 'stopAt'>;

/** Asked about the whole plant unless a line is named: a line that was talked about before does not narrow them. */
const plantWide: readonly Intent[] = ['alerts', 'sources', 'capabilities', 'summary', 'equipment'];

function placeOf(
  names: NamedEquipment,
  wanted: readonly Intent[],
  talk: { plant: Plant; context: TalkContext | null; follows: boolean; text: string; home: string | null },
): Where {
  const { plant, context, follows, text, home } = talk;
  const inherits =
    context !== null &&
    !names.all &&
    names.lines.length === 0 &&
    (follows || refersBack(text) || !wanted.every((intent) => plantWide.includes(intent)));
  const wide = names.all || wanted.every((intent) => plantWide.includes(intent));
  const line = names.lines[0] ?? (inherits ? context.line : null) ?? (wide ? null : knownLine(home, plant));
  const choices = names.things[0] ?? [];
  const here = choices.filter((thing) => thing.line === line);
  const fitting =
    here.length > 0
      ? here
      : names.lines.length > 0
        ? choices.filter((thing) => thing.line === null)
        : choices;
  const machine = fitting.length === 1 ? fitting[0] : undefined;
  if (machine) return { lines: machine.line ? [machine.line] : names.lines, machine: machine.id, which: [] };
  if (fitting.length > 1) return { lines: [], machine: null, which: fitting };
  if (choices.length > 0)
    return { lines: names.lines, machine: null, which: plantChoices(plant, names.lines) };
  const kept = inherits && names.lines.length === 0 && (follows || refersBack(text)) ? context.machine : null;
  return { lines: names.lines.length > 0 ? names.lines : line ? [line] : [], machine: kept, which: [] };
}

/** A signal that only one machine has names that machine. */
function withSignalOwner(where: Where, signals: readonly string[], plant: Plant): Where {
  if (where.machine !== null || where.which.length > 0 || signals.length === 0) return where;
  const places = [
    ...plant.lines
      .filter(({ id }) => where.lines.length === 0 || where.lines.includes(id))
      .flatMap(({ machines }) => machines),
    ...plant.utilities,
  ];
  const owners = places.filter((place) => place.signals.some(({ name }) => signals.includes(name)));
  const owner = owners.length === 1 ? owners[0] : undefined;
  if (!owner) return where;
  const line = plant.lines.find(({ machines }) => machines.some(({ id }) => id === owner.id))?.id;
  return { lines: line ? [line] : where.lines, machine: owner.id, which: [] };
}

const knownLine = (id: string | null, plant: Plant): string | null =>
  plant.lines.some((line) => line.id === id) ? id : null;

/** A machine that the named line does not have: what it has instead. */
const plantChoices = (plant: Plant, lines: readonly string[]): Named[] =>
  allNamed(plant).filter(({ kind, line }) => kind === 'machine' && line !== null && lines.includes(line));

function timeOf(
  times: NamedTimes,
  talk: {
    context: TalkContext | null;
    follows: boolean;
    text: string;
    where: Where;
    said: readonly Intent[];
  },
): WhenSaid {
  const { context, follows, text, where, said } = talk;
  if (times.from !== null || times.at !== null || times.now)
    return { from: times.from, to: times.to, at: times.at, stopAt: null };
  const sameLine = context !== null && context.line === (where.lines[0] ?? null);
  const keeps =
    context !== null && (follows || refersBack(text) || said[0] === 'decisions' || said[0] === 'correct');
  if (!keeps) return { from: null, to: null, at: null, stopAt: null };
  // The same words again for another line keep the asked time; the stop that was found belongs to its line.
  return {
    from: context.from,
    to: context.to,
    at: sameLine || said.length === 0 ? context.at : null,
    stopAt: sameLine ? (context.stopAt ?? null) : null,
  };
}

const askingWords = new Set(
  (
    'i what which when why how who did do does done was were is are has have had we you they it that this there last time times ' +
    'decide decided decision decisions agree agreed about help helped any about should could can would before with to and or from ' +
    'on of in at for me my our us please tell show again so then back now if be been by as stop stopped stops line lines happened seen'
  ).split(' '),
);
/** What is left of a question to look for: "what helped last time the labels came off" -> "labels came off". */
const contentOf = (rest: string): string =>
  rest
    .split(' ')
    .filter((word) => !askingWords.has(word))
    .join(' ');

/** "line 3?" alone asks how it is; "line 3 at 14:20" alone asks what was then. */
function bareName(names: NamedEquipment, times: NamedTimes): readonly Intent[] {
  const filler = names.rest
    .split(' ')
    .filter((word) => word !== '' && !/^(?:and|what|about|how|please|so|ok|okay)$/.test(word));
  if (filler.length > 0 || (names.lines.length === 0 && names.things.length === 0)) return [];
  return times.at !== null ? ['why'] : times.from !== null ? ['stops'] : ['status'];
}

function contextOf(
  wanted: readonly Intent[],
  where: Where,
  when: WhenSaid & Pick<TalkContext, 'rank'>,
  before: TalkContext | null,
): TalkContext | null {
  const intent = wanted[0] ?? 'status';
  if (intent === 'capabilities') return before;
  // After a correction the talk is about the same stop.
  if (intent === 'correct' && before) return { ...before, line: where.lines[0] ?? before.line };
  // "What is open?" in between does not end the talk about a line.
  const still = plantWide.includes(intent) && where.lines.length === 0 ? before : null;
  const cause = when.stopAt ? (before?.cause ?? null) : null;
  return { intent, line: where.lines[0] ?? still?.line ?? null, machine: where.machine, ...when, cause };
}
