/** Short words that stand in nearly every question of a language and in no English one. */
const marks = {
  de: 'warum wieso weshalb wann wer wie was welche welcher welches ist sind war waren hat hatte haben steht stand stehen gestanden die der das dem den ein eine nicht kein keine und oder auf an im um seit heute gestern morgen jetzt linie anlage maschine uhr schicht stillstand gibt läuft lief passiert bitte wird wurde ich wir uns mir schuld nach vor kurz für mit bei zu von mein meine kommt kommen wenn grund zwei drei'.split(
    ' ',
  ),
  es: 'por qué porque cuándo cuando quién quien cómo cuál cuáles qué que es son fue está están estaba ha la el los las un una no y o en de del se desde hoy ayer mañana ahora línea linea máquina maquina turno parada paró paro hay hubo pasó paso va me nos favor culpa como vamos tienes tenemos datos si algo para gracias cuantas cuantos turnos'.split(
    ' ',
  ),
} as const;
const english = new Set(
  'why what when which who how is are was were did does do the on at in it and or a an of to for has have had stop stopped line not no will be'.split(
    ' ',
  ),
);
/** In both lists, or names people use in English, too. */
const shared = new Set([
  'an',
  'die',
  'was',
  'war',
  'in',
  'no',
  'me',
  'a',
  'o',
  'de',
  'stand',
  'la',
  'el',
  'es',
]);

/** The language of a question that is not English; null: English, or too short to tell. */
export function foreignLanguage(text: string): 'de' | 'es' | null {
  const words = text.toLowerCase().match(/\p{L}+/gu) ?? [];
  const count = (list: readonly string[]) =>
    words.reduce((sum, word) => sum + (list.includes(word) ? (shared.has(word) ? 0.5 : 1) : 0), 0);
  const [de, es] = [count(marks.de), count(marks.es)];
  const en = words.filter((word) => english.has(word) && !shared.has(word)).length;
  const most = Math.max(de, es) + (/[¿¡ñ]/.test(text) ? 1 : 0) + (/[äöüß]/.test(text) ? 0.5 : 0);
  if (most < 1.5 || most <= en) return null;
  return es > de || /[¿¡ñ]/.test(text) ? 'es' : 'de';
}

/** Said in both languages, so that who asked understands it. */
export const onlyEnglish: Readonly<Record<'de' | 'es', string>> = {
  de: 'I understand questions in English only so far. Fragen verstehe ich bisher nur auf Englisch.',
  es: 'I understand questions in English only so far. Por ahora solo entiendo preguntas en inglés.',
};
