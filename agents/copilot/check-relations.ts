import type { Diagnosis } from '../../plant/diagnosis/diagnosis.ts';
import type { Plant } from '../../plant/equipment.ts';
import { localClock } from '../../plant/say/local-time.ts';
import { machineGroups, type Against } from './check-support.ts';
import { figuresOf } from './figures.ts';
import { mentionsIn, type Mention } from './known.ts';
import { deniesAnything, normalWords } from './lexicon.ts';

/** Who stopped whom, who waited for whom: as the chain says, or as one result says in the same order. */
export function checkRelations(words: string, against: Against): string | null {
  const { plant, known } = against;
  const mentions = mentionsIn(words, plant);
  const itself = ofItself(words, mentions, plant);
  if (itself !== null) return `"${itself}" does not stand to itself like that`;
  for (const [index, effect] of mentions.entries()) {
    const cause = mentions[index - 1];
    if (!cause || cause.key === effect.key) continue;
    const between = words.slice(cause.end, effect.start);
    if (
      /^[\s,]*(?:(?:and|or|nor|both|the|of|at|possibly|a|an|either|jam|infeed|outfeed)[\s,]*)*$/.test(between)
    )
      continue;
    const turned = /\b(?:by|because|since|due to|from|behind|as|for|after|until)\b/.test(between);
    const [from, to] = turned ? [effect, cause] : [cause, effect];
    const verb = normalWords(words);
    if (!follows(known.diagnosis, from.ids, to.ids, verb) && !saidInOrder(from.ids, to.ids, against))
      return `"${cause.key}" and "${effect.key}" do not stand to each other like that in any result`;
  }
  return checkWaiting(words, against) ?? checkReported(words, against);
}

/** What one machine does to another, or waits for from it. */
const relates =
  /\b(?:left|leav\w+|starv\w*|block\w*|stop\w*|halt\w*|h[eo]ld\w*|delay\w*|wait\w*|behind|suppl(?:y|ies|ied)|feeds?|fed|ma[dk]es?|hand\w*)\b/;
/** Where a statement ends and another may begin about the same machine. */
const parts = /[.:;]|\b(?:because|since|while|when|although|but|so|after|until|which|that|where|as)\b/;
/** "..., which left the": what came before does it. */
const follower = new RegExp(String.raw`\bwhich (?:then )?${relates.source} (?:the )?$`);
/** Before a name that says where something was, not who did it: "a jam at the infeed of the". A stop of it is its own. */
const atPlace = /(?:\b(?:at|in)|(?<!\b(?:because|stops?|stand|standstill|halt|lack) )\bof) (?:the )?$/;
/** What happens at a place may bring its machine to a stand; it does not starve or block it. */
const bringsToStand = /\b(?:stop\w*|halt\w*|h[eo]ld\w*)\b/g;
/** Between the names of a list, of machines or of who waited after whom. */
const listing =
  /^(?:[\s,()]|\d\d?:\d\d|\b(?:and|or|then|the|a|an|possibly|also|at|of|line|left|leaves|without|product|supply)\b)*$/;
/** After the last name of a list: its end, a time, or what is said of all of them. */
const listed = /^\s*(?:$|[,.;()]|(?:and|or|then|without|at|reports?)\b)/;

/** A machine that is said to stop itself, to wait for itself, or twice among those who waited. */
function ofItself(words: string, mentions: readonly Mention[], plant: Plant): string | null {
  if (new RegExp(String.raw`${relates.source} (?:for )?itself\b`).test(words)) return 'itself';
  let run: Mention[] = [];
  for (const [index, one] of mentions.entries()) {
    const before = mentions[index - 1];
    const between = before ? words.slice(before.end, one.start) : '';
    const inList = before !== undefined && listing.test(between);
    run = inList ? [...run, one] : [one];
    const isPlace = before !== undefined && atPlace.test(words.slice(0, before.start));
    const done = isPlace ? between.replaceAll(bringsToStand, ' ') : between;
    const acts = (relates.test(done) && !parts.test(between)) || follower.test(done);
    if (before?.key === one.key && acts && !isSeveral(one, plant)) return one.key;
    const twice = run.some((other) => other !== one && other.key === one.key);
    const joined = before?.key === one.key && /^ (?:and|or|nor) (?:the )?$/.test(between);
    if ((joined || (twice && listed.test(words.slice(one.end)))) && !isSeveral(one, plant)) return one.key;
  }
  return null;
}

/** Do several machines of one line carry the name? */
const isSeveral = ({ ids }: Mention, plant: Plant): boolean =>
  plant.lines.some(({ machines }) => machines.filter(({ id }) => ids.includes(id)).length > 1);

function follows(
  found: Diagnosis | null,
  from: readonly string[],
  to: readonly string[],
  verb: string,
): boolean {
  if (!found) return false;
  const direct = found.chain.find((step) => from.includes(step.from) && to.includes(step.to));
  if (direct) {
    if (/\bblock\b/.test(verb) && direct.kind !== 'blocks') return false;
    return !(/\bstarve\b/.test(verb) && direct.kind === 'blocks');
  }
  const reached = new Set(from);
  for (const step of found.chain) if (reached.has(step.from)) reached.add(step.to);
  return !/\b(?:block|starve)\b/.test(verb) && to.some((id) => reached.has(id) && !from.includes(id));
}

const saidInOrder = (
  first: readonly string[],
  second: readonly string[],
  { units, plant }: Against,
): boolean =>
  units.some((unit) => {
    const order = mentionsIn(unit.known.words, plant);
    const at = order.findIndex(({ ids }) => ids.some((id) => first.includes(id)));
    return at >= 0 && order.slice(at + 1).some(({ ids }) => ids.some((id) => second.includes(id)));
  }) &&
  first.every((id) => !second.includes(id)) &&
  unitsAgree(first, second, units, plant);

/** No result tells it the other way round. */
const unitsAgree = (
  first: readonly string[],
  second: readonly string[],
  units: Against['units'],
  plant: Plant,
): boolean =>
  !units.some((unit) => {
    const order = mentionsIn(unit.known.words, plant);
    const at = order.findIndex(({ ids }) => ids.some((id) => second.includes(id)));
    const before = order.findIndex(({ ids }) => ids.some((id) => first.includes(id)));
    return at >= 0 && before > at;
  });

/** What follows from the neighbours alone was reported by nobody. */
function checkReported(words: string, { known, plant }: Against): string | null {
  if (!/\b(?:report|said|says|told|tells)/.test(words) || deniesAnything(words)) return null;
  const inferred = (known.diagnosis?.chain ?? []).filter((step) => step.inferred).map(({ to }) => to);
  return machineGroups(words, plant).some((ids) => ids.some((id) => inferred.includes(id)))
    ? 'nobody reported it; it was inferred'
    : null;
}

/** "The capper was starved": only who is said to wait, waits. */
function checkWaiting(words: string, { known, units, plant }: Against): string | null {
  const text = normalWords(words.replace(/\bleft\b[^.;]*/g, ' '));
  const kind = /\bstarve\b/.test(text) ? 'starve' : /\bblock\b/.test(text) ? 'block' : null;
  if (!kind || /\bby\b/.test(text)) return null;
  const groups = machineGroups(words.slice(0, words.search(/\bbecause\b/) >>> 0), plant);
  for (const ids of groups) {
    const inChain = known.diagnosis?.chain.some(
      (step) => ids.includes(step.to) && (kind === 'block') === (step.kind === 'blocks'),
    );
    const recorded = units.some(
      (unit) => unit.record && unit.stems.has(kind) && ids.some((id) => unit.known.equipment.has(id)),
    );
    if (!inChain && !recorded) return 'nobody says that it waited';
  }
  return null;
}

const ending = /\b(?:rerun|again|end(?:ed|s)?|until|till|to|cleared|over)\b/;
const starting = /\b(?:stop|began|begun|start(?:ed|s)?|since|from)\b/;

/** The time after "stopped" is when it stopped, the time after "runs again" when it ran again. */
export function checkStopTimes(words: string, { known, plant }: Against): string | null {
  const stop = known.diagnosis?.stop;
  if (!stop) return null;
  const clock = (iso: string) => localClock(Date.parse(iso), plant.timezone);
  for (const clause of words.split(/;\s+|, (?=which|and|but|while)|\b(?:because|while|when)\b(?! of)/)) {
    const text = normalWords(clause);
    const lineSpeaks = plant.lines.some(({ id }) =>
      mentionsIn(clause, plant, true).some(({ ids }) => ids.includes(id)),
    );
    if (
      !lineSpeaks &&
      (machineGroups(clause, plant).length > 0 || /\b(?:data|alarm|note|order|record)/.test(clause))
    )
      continue;
    for (const figure of figuresOf(text)) {
      if (figure.kind !== 'clock') continue;
      const before = text.slice(0, text.indexOf(figure.raw));
      const last = Math.max(...[...before.matchAll(new RegExp(ending, 'g'))].map(({ index }) => index), -1);
      const first = Math.max(
        ...[...before.matchAll(new RegExp(starting, 'g'))].map(({ index }) => index),
        -1,
      );
      if (last < 0 && first < 0) continue;
      const ends = last > first || /\b(?:rerun|again)\b[^.;]*?\bsince\s*$/.test(before);
      const right = ends ? stop.to : stop.from;
      const said = `${String(Math.floor(figure.minute / 60)).padStart(2, '0')}:${String(figure.minute % 60).padStart(2, '0')}`;
      if (right === null || clock(right) !== said)
        return `"${figure.raw.trim()}" is another time of the stop`;
    }
  }
  return null;
}

/** "15 minutes ago" and "has run again for 15 minutes" count from now to when it stopped, or to when it ran again. */
export function checkAgo(words: string, { known, now }: Against): string | null {
  for (const clause of words.split(/[;,]\s+/)) {
    const text = normalWords(clause);
    const ago = /\bago\b/.exec(text)?.index;
    const ranFor = /\brerun for\b/.test(text);
    if (ago === undefined && !ranFor) continue;
    const said = figuresOf(text.slice(0, ago)).findLast(({ kind }) => kind === 'duration');
    if (said?.kind !== 'duration' && ranFor) continue;
    const stop = known.diagnosis?.stop;
    if (!stop || said?.kind !== 'duration') return '"ago" of something that is in no result';
    const at = /\b(?:rerun|again|end(?:ed|s)?|over)\b/.test(text) ? stop.to : stop.from;
    const since = at === null ? Number.NaN : (now - Date.parse(at)) / 1_000;
    if (!(Math.abs(since - said.seconds) <= said.step)) return `"${said.raw.trim()}" is another time`;
  }
  return null;
}
