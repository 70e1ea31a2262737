import type { Plant } from '../../plant/equipment.ts';
import type { Millis } from '../../plant/time.ts';
import { deniesAlike } from './check-denials.ts';
import { checkFigures } from './check-figures.ts';
import { saysUnknown } from './check-cause.ts';
import { causeWords } from './cause-words.ts';
import { figuresOf } from './figures.ts';
import { equipmentIn, withoutNamed, type Known } from './known.ts';
import { apart, denialsIn, deniesAnything, isNeutral, normalWords, stemsOf } from './lexicon.ts';
import type { Unit } from './units.ts';

export type Against = { known: Known; units: readonly Unit[]; plant: Plant; now: Millis };

/** Every word is neutral, a name of the plant, or a word of the results; every quotation stands in them. */
export function checkWords(words: string, { known, units, plant }: Against): string | null {
  const { plain, quotes } = apart(words);
  const strange = quotes.find((quote) => !known.words.includes(quote.trim().replace(/[.!?]+$/, '')));
  if (strange !== undefined) return `"${strange}" was written nowhere`;
  const stems = new Set(units.flatMap((unit) => [...unit.stems, ...(attributes(plain) ? unit.quoted : [])]));
  const unknown = stemsOf(strongText(plain, plant, known)).find(
    (word) => !isNeutral(word) && !stems.has(word),
  );
  return unknown === undefined ? null : `"${unknown}" is no word of the results`;
}

/** Each clause is said by one claim, record or row: its words, names and figures stand together there, and not denied. */
export function checkSupport(words: string, against: Against): string | null {
  const turned = turnedRound(words, against.known);
  if (turned !== null) return turned;
  const listed = afterHeading(words, against.known);
  // Its own reason alone: a heading such as "no order to run" denies for itself.
  const heading = normalWords(words.split(': ')[0] ?? '');
  const units =
    listed === null
      ? against.units
      : against.units.filter(
          (unit) => !unit.ruledOut && unit.words !== heading && !unit.words.includes(`${heading}:`),
        );
  for (const clause of clausesOf(listed ?? words)) {
    const why = uncovered(clause, { ...against, units }, listed !== null);
    if (why !== null) return why;
  }
  return null;
}

/** "Low compressed air: the pressure stayed at 6.1 bar" lists what was ruled out; what stands after the colon is said of it. */
function afterHeading(words: string, { diagnosis }: Known): string | null {
  const [heading = '', ...rest] = words.split(': ');
  const known = diagnosis?.ruled_out.some((one) => heading.endsWith(one.words.toLowerCase()));
  return known && rest.length > 0 ? rest.join(': ') : null;
}

/** The reason why something was ruled out, under a heading that says the contrary. */
function turnedRound(words: string, { diagnosis }: Known): string | null {
  const [heading = '', ...rest] = words.split(': ');
  const reason = rest.join(': ');
  const listed = diagnosis?.ruled_out.find(
    ({ because }) => reason !== '' && reason.startsWith(because.toLowerCase()),
  );
  return listed &&
    deniesAnything(heading) &&
    !deniesAnything(listed.words.toLowerCase()) &&
    !/^no |\b(?:ruled out|excluded)$/.test(heading)
    ? 'it turns round what was ruled out'
    : null;
}

/** Commas part a sentence only before a new statement; "because" parts what happened from why. */
const clausesOf = (words: string): string[] =>
  words
    .split(
      /;\s+|, (?=(?:which|and|but|so|while|after which|although|as|against) )|\b(?:because(?! of)|while|when|although)\b(?! of)|, (?=it |since )/,
    )
    .map((one) => one.trim())
    .filter((one) => /[\p{L}\d]/u.test(one));

/** `reason`: it tells why something was ruled out. */
function uncovered(clause: string, against: Against, reason: boolean): string | null {
  const { plant } = against;
  const { plain, quotes } = apart(clause);
  const open = against.known.diagnosis?.abstained === true && saysUnknown.test(plain);
  const denies = open ? null : deniesAnything(plain);
  const named = machineGroups(plain, plant);
  const wanted: Wanted = {
    stems: strongStems(plain, against),
    quotes,
    clause,
    denies,
    reason,
    lines: [...equipmentIn(plain, plant)].filter((id) => plant.lines.some((line) => line.id === id)),
    named,
  };
  if (
    wanted.stems.length === 0 &&
    named.length === 0 &&
    quotes.length === 0 &&
    figuresOf(withoutNamed(plain, plant)).length === 0
  )
    return null;
  if (against.units.some((unit) => covers(unit, wanted, against))) return null;
  // "The sealer and the cartoner stopped at 14:54" says it of each.
  const apartFromEachOther =
    named.length > 1 &&
    /\band\b/.test(plain) &&
    named.every((group) =>
      against.units.some((unit) => covers(unit, { ...wanted, named: [group] }, against)),
    );
  return apartFromEachOther ? null : `"${clause.slice(0, 60)}" is not said so by any result`;
}

/** Told as what an alarm or a note says. */
const attributes = (words: string): boolean =>
  /\b(?:alarms?|notes?|noted|messages?|wrote|written)\b/.test(words);

type Wanted = {
  stems: readonly string[];
  quotes: readonly string[];
  clause: string;
  denies: boolean | null;
  reason: boolean;
  lines: readonly string[];
  /** Ids that one name could mean, a list per name. */
  named: readonly (readonly string[])[];
};

function covers(unit: Unit, wanted: Wanted, against: Against): boolean {
  const { plant, now } = against;
  // What a quotation names is somebody's word, and told as such.
  const equipment = attributes(wanted.clause) ? unit.known.equipment : unit.equipment;
  if (wanted.denies !== null && unit.denies !== null && unit.denies !== wanted.denies) return false;
  const { plain } = apart(wanted.clause);
  const denials = wanted.denies ? denialsIn(plain) : 0;
  if (
    wanted.denies !== null &&
    unit.denies !== null &&
    !deniesAlike(plain, { words: pieceOf(unit, wanted.stems), ruledOut: unit.ruledOut }, wanted.reason)
  )
    return false;
  if (denials > 1 && (denials - Math.max(1, denialsIn(unit.words))) % 2 !== 0) return false;
  if (
    !wanted.stems.every(
      (word) => unit.stems.has(word) || (attributes(wanted.clause) && unit.quoted.has(word)),
    )
  )
    return false;
  if (!wanted.quotes.every((quote) => unit.known.words.includes(quote.trim()))) return false;
  if (!wanted.named.every((ids) => ids.some((id) => equipment.has(id)))) return false;
  if (wanted.lines.length > 0 && !ofLine(wanted, equipment, against)) return false;
  return (
    checkFigures(wanted.clause, wanted.clause, unit.known, plant, now) === null &&
    sameRoles(wanted.clause, unit.words) &&
    sameTurn(wanted.clause, unit.words)
  );
}

/** What a result says up to the clause that has all the words: what follows it says something else. */
function pieceOf({ words }: Unit, stems: readonly string[]): string {
  const piece = clausesOf(words).find((clause) => {
    const all = new Set(stemsOf(clause));
    return stems.length > 0 && stems.every((word) => all.has(word));
  });
  return piece === undefined ? words : words.slice(0, words.indexOf(piece) + piece.length);
}

/** About the line; what names nothing is about the line whose stop is explained, where one is. */
function ofLine(
  { lines, named }: Wanted,
  equipment: ReadonlySet<string>,
  { plant, known }: Against,
): boolean {
  const told = [...equipment].filter((id) => plant.lines.some((line) => line.id === id));
  if (told.length > 0) return lines.every((id) => told.includes(id));
  const explained = known.diagnosis?.stop.line;
  if (explained !== undefined && !lines.every((id) => id === explained)) return false;
  const others = [...equipment].filter((id) => !named.some((ids) => ids.includes(id)));
  return others.length === 0;
}

/** The figure after "usual" or "limit" in a sentence is the one after it in the result, and no other is. */
function sameRoles(clause: string, result: string): boolean {
  for (const role of ['usual', 'normal', 'limit', 'target', 'planned', 'needs']) {
    const after = new RegExp(String.raw`\b${role}\w*[^\d,;.]{0,24}?(-?\d[\d,]*(?:\.\d+)?)`, 'g');
    const figures = (text: string) =>
      [...text.matchAll(after)].map(([, figure = '']) => Number(figure.replaceAll(',', '')));
    const meant = figures(result);
    if (meant.length === 0) continue;
    const said = figures(clause);
    if (said.some((one) => !meant.includes(one))) return false;
    const bare = (clause.match(/-?\d[\d,]*(?:\.\d+)?/g) ?? []).map((one) => Number(one.replaceAll(',', '')));
    if (said.length === 0 && bare.some((one) => meant.includes(one))) return false;
  }
  return true;
}

/** Once more, since when, up or down: as the result has it. */
function sameTurn(clause: string, result: string): boolean {
  if (/\bagain\b/.test(normalWords(clause)) && !/\bagain\b/.test(result)) return false;
  if (/\bdata\b/.test(clause) && /\bsince\b/.test(clause) && !/\bsince\b/.test(result)) return false;
  const [up, down] = [
    /\b(?:rose|raised to|higher|above|increased)\b/,
    /\b(?:fell|dropped|lower|below|decreased)\b/,
  ];
  if (!up.test(clause) && !down.test(clause)) return true;
  if (up.test(result) || down.test(result)) return up.test(clause) === up.test(result);
  const usual = /\busual\w*[^\d]{0,12}?(-?\d+(?:\.\d+)?)/.exec(result)?.[1];
  const value = /-?\d+(?:\.\d+)?/.exec(clause.replace(/\busual\w*[^\d]{0,24}?-?\d+(?:\.\d+)?/, ' '))?.[0];
  if (usual === undefined || value === undefined) return false;
  return up.test(clause) === Number(value) > Number(usual);
}

/** What a clause names besides lines: one list of ids per name, as several machines may carry it. */
export function machineGroups(words: string, plant: Plant): string[][] {
  const groups = new Map<string, string[]>();
  for (const id of equipmentIn(words, plant)) {
    if (plant.lines.some((line) => line.id === id)) continue;
    const key = id.slice(id.lastIndexOf('.') + 1);
    groups.set(key, [...(groups.get(key) ?? []), id]);
  }
  return [...groups.values()];
}

/** A clause without names, figures and the words of a cause that the diagnosis weighs. */
function strongText(plain: string, plant: Plant, known: Known): string {
  let text = normalWords(withoutNamed(plain, plant));
  for (const figure of figuresOf(text)) text = text.replace(figure.raw, ' ');
  for (const cause of causesWeighed(known))
    text = text.replace(new RegExp(causeWords[cause]?.source ?? '(?!)', 'g'), ' ');
  return text;
}

/** Words of the results in a clause; a cause in other words than theirs counts as named there too. */
function strongStems(plain: string, { known, plant }: Against): string[] {
  let text = normalWords(withoutNamed(plain, plant));
  for (const figure of figuresOf(text)) text = text.replace(figure.raw, ' ');
  const stems = stemsOf(text).filter((word) => !isNeutral(word));
  const spoken = causesWeighed(known).flatMap((cause) => [
    ...text.matchAll(new RegExp(causeWords[cause]?.source ?? '(?!)', 'g')),
  ]);
  const ofCauses = new Set(spoken.flatMap(([said]) => stemsOf(said)));
  return stems.filter((word) => !ofCauses.has(word) || known.words.includes(word));
}

const causesWeighed = ({ diagnosis }: Known): string[] =>
  diagnosis
    ? [
        diagnosis.cause,
        ...diagnosis.candidates.map(({ cause }) => cause),
        ...diagnosis.ruled_out.map(({ cause }) => cause),
      ]
    : [];
