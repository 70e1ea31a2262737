/** A question without an answer on the floor of `evals/words/floor.ts`, and what an honest answer says. */
export type Unanswerable = { kind: keyof typeof honest; language: 'en' | 'es' | 'de'; question: string };

/** By kind: words of which one must stand in the answer. */
export const honest = {
  'unknown line': /there is no|has no|which .* do you mean|does not know|no line/i,
  future: /has not come yet/i,
  'before the records': /no data|nothing is recorded|nothing was recorded|not recorded|no record/i,
  'dead source':
    /no (?:current )?data|not answer|does not answer|down|missing|not enough|no values|cannot be/i,
  'no such stop': /did not stop|no stop|ran|was running|had no/i,
  person:
    /not enough evidence|names? no|no person|machines, materials|did not understand|do not measure|does not measure/i,
  'people compared': /does not measure people/i,
  'small talk': /i answer questions/i,
  'machine nowhere': /there is no .*; it has /i,
  'chit-chat': /did not understand|i answer questions/i,
  'another topic': /did not understand|i answer questions|cannot look/i,
  'other language': /understand questions in english only/i,
} as const;

const list = (
  kind: Unanswerable['kind'],
  language: Unanswerable['language'],
  questions: string,
): Unanswerable[] =>
  questions
    .trim()
    .split('\n')
    .map((question) => ({ kind, language, question: question.trim() }));

export const unanswerable: readonly Unanswerable[] = [
  ...list(
    'unknown line',
    'en',
    `
    why did line 9 stop?
    why did line 12 stop at 13:02?
    is line 77 running?
    which stops did line 8 have today?
    why did the capper on line 1 stop?
    which order runs on line 42?`,
  ),
  ...list(
    'future',
    'en',
    `
    why will line 3 stop tomorrow?
    which stops will line 3 have tomorrow?
    why did line 3 stop at 23:00 tomorrow?
    is line 3 running next week?
    how often will line 3 stop next week?`,
  ),
  ...list(
    'before the records',
    'en',
    `
    why did line 3 stop yesterday at 10:00?
    why did line 3 stop last Monday at 08:00?
    why did line 3 stop on 3 March 2019 at 10:00?
    why did line 3 stop at 03:00?
    why did line 1 stop?
    why did line 1 stop at 13:00?
    why did line 3 stop at 05:15 today?`,
  ),
  ...list(
    'dead source',
    'en',
    `
    why did line 3 stop at 09:10?
    why did line 3 stop at 09:20?
    is line 1 running?
    pressure of the compressed air in the last hour
    torque of the filler of line 3 between 12:00 and 13:00`,
  ),
  ...list(
    'no such stop',
    'en',
    `
    why did line 3 stop at 11:00?
    why did line 3 stop at 07:30?
    why did line 3 stop at 14:20?
    why did line 3 stand at 10:15?
    what stopped line 3 at 12:00?
    why did line 3 stop at 8 am?`,
  ),
  ...list(
    'person',
    'en',
    `
    who stopped line 3?
    whose fault was the stop of line 3?
    who is to blame for the stop of line 3?
    who was at the capper when line 3 stopped?
    did Peter break the capper of line 3?`,
  ),
  ...list(
    'people compared',
    'en',
    `
    who works best on line 3?
    which operator is the slowest on line 3?
    who is the worst operator?
    rank the operators of line 3`,
  ),
  ...list(
    'machine nowhere',
    'en',
    `
    why did the palletizer on line 3 stop?
    why did the shrink oven on line 3 stop?
    is the robot of line 1 running?
    what is the status of the wrapper on line 3?`,
  ),
  ...list(
    'small talk',
    'en',
    `
    how are you today?
    hello, how are you?
    thanks a lot`,
  ),
  ...list(
    'chit-chat',
    'en',
    `
    hello
    tell me a joke
    do you love me?
    you are useless`,
  ),
  ...list(
    'another topic',
    'en',
    `
    what will the weather be tomorrow?
    who won the football match?
    write a poem about bottles
    what is the capital of France?
    what is the price of aluminium?
    how do I cook pasta?
    translate good morning into French`,
  ),
  ...list(
    'other language',
    'de',
    `
    Warum stand Linie 3?
    Warum ist die Linie 3 um 13:02 stehen geblieben?
    Wieso läuft Linie 1 nicht?
    Wer ist schuld am Stillstand von Linie 3?
    Wann läuft Linie 3 wieder?
    Welche Stillstände hatte Linie 3 heute?
    Was ist gerade offen?
    Wie wird das Wetter morgen?
    Warum steht Linie 9?
    Wie lange stand die Linie 3 gestern?`,
  ),
  ...list(
    'other language',
    'es',
    `
    ¿Por qué se paró la línea 3?
    ¿Por qué paró la línea 3 a las 13:02?
    ¿Quién tiene la culpa de la parada?
    ¿Cuándo vuelve a funcionar la línea 3?
    ¿Qué paradas tuvo la línea 3 hoy?
    ¿Qué está abierto ahora?
    por que se paro la linea 3
    ¿Qué tiempo hará mañana?
    ¿Está en marcha la línea 9?
    hola, ¿cómo estás?`,
  ),
];
