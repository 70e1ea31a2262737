import { causesNamed } from '../../../plant/correction/cause-words.ts';
import { withoutOpening } from '../../../plant/correction/hear.ts';
import { bare } from '../../../plant/correction/place-words.ts';

/** What a person says of the cause that was told: that it was right, or what it was in their words. */
export type SaidCause = { verb: 'wrong_cause' | 'right_cause'; words: string };

/** English, German, Spanish: said of a cause, these words mean that it was another one. */
const wrong =
  /^(?:(?:no|nope|nein|nah)[,.! ]+)?(?:(?:that|this|it|das|eso|esto)(?:'s| is| was| ist| war| es| fue)? )?(?:(?:is |was |ist |war )?(?:wrong|incorrect|falsch|incorrecto|equivocado)(?! (?:line|linie|linea)\b)|not (?:right|true|correct|it|the cause)|nicht (?:richtig|wahr|die ursache)|stimmt nicht|no es (?:correcto|asi|verdad|la causa)|wrong cause|falsche ursache|causa (?:equivocada|incorrecta))\b/;
/** "no, it was ...": a contradiction with what follows. */
const contradicts =
  /^(?:no|nope|nah|nein|ne|quatsch)\b[,.! ]+(?![,.! ])(?!(?:and|und|y|what about|show|tell|give|list|look|can|could|zeig|muestra|dame)\b)(?!.*\b(?:line|linie|linea) \d+$)/;
/** "it was the capper", "the cause was ...", "es war ...", "fue ...". */
const states =
  /^(?:actually |really |eigentlich |en realidad )?(?:it (?:was|is)|it's|the (?:real )?(?:cause|reason) (?:was|is)|es (?:war|lag)|die ursache war|der grund war|fue|era|la causa (?:fue|era))\b/;
/** Talk of what was asked, not of what it was. */
const elsewhere =
  /\b(?:i (?:mean|meant|asked)|wait|please|ich mein\w*|warte|moment|bitte|digo|quiero decir|espera|por favor)\b/;
const because = /\b(?:because|due to|weil|wegen|porque|debido)\b/;
/** "no caps", "keine Etiketten", "sin aire": what there was none of. */
const lacks = /^(?:no|kein\w*|ohne|sin|out of)\b/;
/** Nothing but a place: "the capper", "am Packer". */
const onlyPlace =
  /^(?:(?:at|in|an|am|en) )?(?:(?:the|der|die|das|dem|den|el|la) )?[\p{L}\d]+(?: (?!(?:again|now|too|wieder|jetzt|auch)$)[\p{L}\d]+)?$/u;
/** "Line 3: ..." says to which stop it belongs. */
const addressed = /^\s*(?:line|linie|l[ií]nea) ?\d+\s*[:,]\s*/i;
const right =
  /^(?:(?:yes|ja|si)[,.! ]+)?(?:(?:that|this|it|das|eso)(?:'s| is| was| ist| war| es)? )?(?:right|correct|exactly(?: right)?|spot on|(?:the )?right cause|confirmed|richtig|genau|stimmt(?: so)?|korrekt|correcto|exacto|asi es|la causa (?:es|era) correcta)[.! ]*$/;
/** A question is not a statement, whatever it begins with. */
const asks =
  /\?\s*$|^(?:why|what|when|which|who|how|is|was|did|does|warum|wieso|was|wann|welche|wer|wie|ist|por que|que|cuando|cual|quien|como)\b/;

/**
 * Does this sentence, said where a cause was told, correct or confirm it? null: neither. `namesPlace`: it names a
 * machine or another place. A bare "no" is nothing to write down.
 */
export function saidCause(spoken: string, namesPlace: boolean): SaidCause | null {
  const sentence = spoken.replace(addressed, '');
  const text = sentence
    .trim()
    .toLowerCase()
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .replace(/[‘’`]/g, "'")
    .replace(/^(?:<?@?andon>?|hey|ok|okay)[,: ]+/, '');
  if (right.test(text)) return { verb: 'right_cause', words: '' };
  const words = withoutOpening(sentence);
  const names = causesNamed(bare(words)).length > 0;
  if (!names && elsewhere.test(text)) return null;
  if (wrong.test(text)) return { verb: 'wrong_cause', words };
  if (asks.test(sentence.trim().toLowerCase())) return null;
  const place = namesPlace && (because.test(text) || onlyPlace.test(bare(words)));
  const contradicted = namesPlace && contradicts.test(text) && bare(words) !== bare(sentence);
  const said = names
    ? [contradicts, states, lacks].some((one) => one.test(text))
    : contradicted || (place && states.test(text));
  return said ? { verb: 'wrong_cause', words } : null;
}

/** Is it said which line is meant? "it was the capper of line 4", after an answer about line 3, leaves it open. */
export const addressesLine = (sentence: string): boolean => addressed.test(sentence);
