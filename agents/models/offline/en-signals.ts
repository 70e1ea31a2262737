import type { Plant } from '../../../plant/equipment.ts';

/** Words people use for what a machine measures, and the names signals have. */
const measured: Readonly<Record<string, readonly string[]>> = {
  speed: ['speed'],
  'set speed': ['set_speed'],
  torque: ['torque'],
  temperature: ['temperature'],
  temp: ['temperature'],
  pressure: ['pressure'],
  vibration: ['vibration'],
  vibrations: ['vibration'],
  'good count': ['good_count'],
  output: ['good_count'],
  counter: ['good_count'],
  rejects: ['reject_count'],
  'reject count': ['reject_count'],
  scrap: ['reject_count'],
  'infeed level': ['infeed_level'],
  level: ['infeed_level'],
  current: ['current'],
  humidity: ['humidity'],
};

/** "How many ends are left", "do we have caps": the level of what is used up. */
const stockWords =
  /\bhow (?:many|much) (\w+) (?:are |is )?(?:there )?(?:still )?left\b|\bdo we (?:still )?have (?:enough |any )?(\w+)$/;

function stockIn(text: string, own: ReadonlySet<string>): { word: string; signal: string } | null {
  const word = stockWords.exec(text)?.slice(1).find(Boolean);
  const signal =
    word && [word, word.replace(/s$/, '')].map((one) => `${one}_level`).find((one) => own.has(one));
  return word && signal ? { word, signal } : null;
}

const signalsOf = (plant: Plant): ReadonlySet<string> =>
  new Set(
    [...plant.lines.flatMap(({ machines }) => machines), ...plant.utilities].flatMap(({ signals }) =>
      signals.map(({ name }) => name),
    ),
  );

/** The question without the word for what is used up, which may be a typo away from a name. */
export function withoutStock(text: string, plant: Plant): string {
  const stock = stockIn(text, signalsOf(plant));
  return stock ? text.replace(new RegExp(`\\b${stock.word}\\b`), ' ') : text;
}

/** Signals a question names, by our words for them or by the plant's own signal names. */
export function signalsNamed(text: string, plant: Plant): string[] {
  const own = signalsOf(plant);
  const found = new Map<string, readonly string[]>();
  for (const name of own)
    if (wordsIn(text, name.replaceAll('_', ' ')) || text.includes(name)) found.set(name, [name]);
  for (const [words, names] of Object.entries(measured))
    if (
      wordsIn(text, words) &&
      !(words === 'current' && /\bcurrent (?:shift|status|state|order|problem|alert)/.test(text)) &&
      !(words === 'level' && own.has('cap_level') && /cap level/.test(text))
    )
      found.set(names.join(), names);
  const stock = stockIn(text, own);
  if (stock) found.set(stock.word, [stock.signal]);
  const named = [...new Set([...found.values()].flat())];
  // "Zip level" is one signal: the word in it means no other one.
  const whole = named.filter((name) => own.has(name) && wordsIn(text, name.replaceAll('_', ' ')));
  const within = (name: string): boolean =>
    Object.entries(measured).some(
      ([words, [of]]) =>
        of === name && whole.some((one) => one !== name && wordsIn(one.replaceAll('_', ' '), words)),
    );
  return named.filter(
    (name) => (whole.includes(name) || !within(name)) && !(name === 'speed' && found.has('set_speed')),
  );
}

/** Does a text hold these words, whole? */
export const wordsIn = (text: string, words: string): boolean =>
  new RegExp(String.raw`\b${words}\b`).test(text);
