import type { Scope } from '../diagnosis/causes/cause.ts';
import type { Diagnosis } from '../diagnosis/diagnosis.ts';
import { causesOf } from '../diagnosis/causes/own-cause.ts';
import type { Plant } from '../equipment.ts';
import { portalsOf } from '../names.ts';
import { causesNamed } from './cause-words.ts';
import { bare, machinesUsing, placesNamed, placesOf } from './place-words.ts';

/** What a person says it was, as far as their words tell it. `place`, `cause`: null where they do not, or leave it open. */
type Heard = { place: string | null; cause: string | null; words: string };

/**
 * What stands before what it was. "No", "wrong" and "mal" only where they stand for themselves: "no caps", "wrong
 * labels" and "mal lote" say what it was.
 */
const alone = /(?:no|nah|ne|wrong|falsch|incorrecto|mal|equivocado)(?=\s*(?:$|[,;:.!–—])|\s+-\s)/;
const contradicting =
  /(?:no|wrong|falsch|incorrecto|equivocado)(?=\s+(?:it|that|this|the|they|there|wrong|not|actually|because|das|es|weil|porque|la causa)\b)/;
const begins =
  /(?:@?andon|nope|nein|(?:wrong|falsche[rs]?) (?:cause|reason|machine|place|ursache|grund|maschine|stelle)|causa (?:equivocada|incorrecta)|not (?:true|right|correct)|that['’]?s (?:wrong|not (?:it|right|true))|(?:das )?stimmt nicht|no es (?:as[ií]|correcto|verdad)|actually|really|eigentlich|en realidad|it (?:was|is)|it['’]?s|the (?:real )?(?:cause|reason) (?:was|is)|es (?:war(?:en)?|ist|sind|lag(?:en)? an)|das (?:war(?:en)?|ist)|die ursache war|der grund war|fue(?:ron)?|era|es(?!\s+(?:gab|gibt|fehl\w*)\b)|la causa (?:fue|era)|porque|because(?: of)?|weil|wegen|sondern|but|aber|sino|pero)(?=$|[\s,;:.!–—-])/;
const opening = new RegExp(
  `^(?:${[alone, contradicting, begins].map(({ source }) => source).join('|')})[\\s,;:.!–—-]*`,
  'iu',
);

/** The sentence without "wrong, it was" before it. The words stay the person's own. */
export function withoutOpening(text: string): string {
  let rest = text.trim();
  for (let before = ''; before !== rest;) {
    before = rest;
    rest = rest.replace(opening, '');
  }
  return rest.replace(/[\s.!]+$/, '');
}

/** "not the packer", "statt des Packers": what it was not. */
const notThis =
  /\b(?:not|wasn t|isn t|nicht|no (?:fue|era|es|se)|instead of|rather than|statt|anstatt|anstelle|en vez de|en lugar de)\b(?: (?:at|in|an|am|von|of|en|de))*(?: (?:the|a|der|die|das|dem|den|des|la|el|un|una))? [\p{L}\d]+/gu;

/** Where a cause of this scope lies, where that follows from the line alone. null: at a machine that must be said. */
function placeOf(scope: Scope, plant: Plant, lineId: string, named: readonly string[]): string | null {
  const line = plant.lines.find(({ id }) => id === lineId);
  if (!line) return null;
  const here = placesOf(plant, line);
  const only = (ids: readonly string[]): string | null =>
    ids.find((id) => named.includes(id)) ?? (ids.length === 1 ? (ids[0] ?? null) : null);
  const portals = (kind: 'supply' | 'dispatch') =>
    portalsOf(line).flatMap((one) => (one.kind === kind ? [one.id] : []));
  if (typeof scope === 'object')
    return only(
      plant.utilities
        .filter((one) => one.kind === scope.utility && here.includes(one.id))
        .map(({ id }) => id),
    );
  switch (scope) {
    case 'line':
      return line.id;
    case 'supply':
      return only(portals('supply'));
    case 'dispatch':
      return only(portals('dispatch'));
    case 'system':
      return only(plant.systems.filter(({ id }) => here.includes(id)).map(({ id }) => id));
    case 'supply or machine':
      return only(named.filter((id) => here.includes(id))) ?? only(portals('supply'));
    case 'machine or line':
    case 'machine':
      return only(line.machines.filter(({ id }) => named.includes(id)).map(({ id }) => id));
  }
}

/** A cause of the plant's own, by its words or those of its alarms. */
function ownNamed(text: string, { causes = [] }: Plant): string | null {
  const said = ` ${text}`;
  const own = causes.find(({ words, alarms }) =>
    [words.split('{at}')[0] ?? '', ...alarms.filter(({ weight }) => weight > 0).flatMap(({ says }) => says)]
      .map((one) =>
        bare(one).replace(/(?:^(?:a|an|the|ein|eine|un|una) | (?:at|of|on|in|an|am|de|en)$)/g, ''),
      )
      .some((one) => one.length > 2 && said.includes(` ${one}`)),
  );
  return own?.id ?? null;
}

/** Reads what it was against the plant and the diagnosis. What is not clear stays null and is asked for. */
export function hear(text: string, plant: Plant, diagnosis: Diagnosis): Heard {
  const { line: lineId } = diagnosis.stop;
  const line = plant.lines.find(({ id }) => id === lineId);
  const words = withoutOpening(text).slice(0, 300);
  if (!line || words === '') return { place: null, cause: null, words };
  const positive = bare(words).replace(notThis, ' ');
  const cause = ownNamed(positive, plant) ?? causesNamed(positive)[0] ?? null;
  const named = placesNamed(positive, plant, line);
  const using = named.length === 0 ? machinesUsing(positive, line) : [];
  const meant = named.length > 0 ? named : using;
  if (cause === null) return { place: meant.length === 1 ? (meant[0] ?? null) : null, cause, words };
  const scope = causesOf(plant).find(({ id }) => id === cause)?.scope ?? 'machine';
  const told = diagnosis.candidates.filter((one) => one.cause === cause);
  const place =
    placeOf(scope, plant, lineId, meant) ??
    (meant.length === 0 && told.length === 1 ? (told[0]?.place ?? null) : null);
  return { place, cause, words };
}
