/** What a text can be about; the cues of each are lists of patterns over plain text. */
export type Concept =
  | 'jam'
  | 'drive'
  | 'sensor'
  | 'lights'
  | 'comms'
  | 'safety'
  | 'cold'
  | 'hot'
  | 'leak'
  | 'rejects'
  | 'empty'
  | 'shortage'
  | 'badLot'
  | 'noRead'
  | 'mismatch'
  | 'nobody'
  | 'mechanic'
  | 'startUp'
  | 'hold'
  | 'drift'
  | 'control'
  | 'setting'
  | 'server'
  | 'air'
  | 'power'
  | 'cooling'
  | 'dispatch'
  | 'upstream'
  | 'changeover'
  | 'cleaning'
  | 'noOrder'
  | 'starved'
  | 'blocked';

/**
 * Temperature and its short forms, never time or pace (`temps`, `tempo`, `Tempo`, `temporizador`), a template or an
 * attempt. All languages are read at once, so this is one for all.
 */
export const temp = '(?<!at)temp(?!s\\b|os?\\b|i\\b|or|omat|l|est|r[ae]n)\\w*';

/** Electricity, where a language has one word for it and for what feeds a machine with product. */
export const electric = '( (24|\\d+ ?v\\b|elettric|electri|elektr|secteur|rete|red\\b|rede|tension|tensao))';

const nothing =
  '(no|kein\\w*|ohne|sin|pas d[e ]?|plus d[e ]?|aucune?|sans|senza|nessun\\w*|sem|nenhum\\w*|geen|zonder|bez|brak|without)';
/** "No communication error" denies what "no communication" says. */
const trouble =
  '(?!(\\w+ ){0,2}\\w*(error|fault|fail|problem|fehler|stor(ung|ing)|fout|defaut|panne|guasto|anomal|falha|avaria|fallo|averia|blad|awari|alarm))';

/** What has to be there and is not: the lack of it is the fault, not its denial. */
export const lackOf = (things: string): string => `${nothing}( l| la| le)? ?${trouble}(${things})`;

/** The words of one language. Patterns match at the beginning of a word, without accents. */
export type Words = Readonly<Partial<Record<Concept, readonly string[]>>>;
