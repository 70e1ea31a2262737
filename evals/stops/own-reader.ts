import { evidenceId } from '../../plant/diagnosis/stop-case.ts';
import type { PlantRecord } from '../../plant/record.ts';
import { millis } from '../../plant/time.ts';
import { inputOf } from './ask.ts';
import type { Case } from './case.ts';
import type { Played } from './play.ts';

/**
 * A second reader of figures, which shares nothing with the check that the product has: it knows only digits. Every
 * number and clock time of a sentence must stand in a record that the answer cites, in the stop or in its chain, as it
 * is or rounded. It knows no arithmetic but how long things lasted, so it finds more than is wrong.
 */
export function unwitnessed(sentences: readonly string[], one: Case, played: Played): string[] {
  const { told } = played;
  if (told === null) return [];
  const witness = witnessOf(one, played, new Set(told.evidence.map(({ id }) => withoutMoment(id))));
  return sentences.filter((sentence) => {
    // Names first: an inch sign in one opens no quotation.
    const bare = withoutNames(sentence, one).replace(quoted, ' ');
    const clocks = [...bare.matchAll(clock)].map(([text]) => text);
    const numbers = [...bare.replace(clock, ' ').matchAll(number)].map(([text]) => text);
    return !clocks.every(witness.knowsClock) || !numbers.every(witness.knowsNumber);
  });
}

const clock = /\b\d{1,2}:\d{2}(?::\d{2})?\b/g;
const number = /\d+(?:[.,]\d+)*/g;
/** Somebody else's words are shown as such. */
const quoted = /["“„][^"”“]*["”“]?/g;
/** Of a signal the id carries the moment of a value; the series is what was handed over. */
const withoutMoment = (id: string): string =>
  id.split('/')[1] === 'signal' ? id.replace(/@[^/]*$/, '') : id;

/** A digit in the name of a line, a machine or a material is no figure. */
function withoutNames(sentence: string, { plant }: Case): string {
  const named = plant.lines.flatMap((line) => [line, ...line.machines]).flatMap(({ id, name }) => [id, name]);
  const others = [...plant.utilities, ...plant.systems].flatMap(({ id, name }) => [id, name]);
  return [...named, ...others]
    .filter((name) => /\d/.test(name))
    .toSorted((a, b) => b.length - a.length)
    .reduce((text, name) => text.replaceAll(new RegExp(RegExp.escape(name), 'gi'), ' '), sentence);
}

type Witness = { knowsClock: (said: string) => boolean; knowsNumber: (said: string) => boolean };

function witnessOf(one: Case, { diagnosis }: Played, cited: ReadonlySet<string>): Witness {
  const records = one.batches.flatMap((batch) => batch.records).filter((it) => cited.has(evidenceId(it)));
  const values = one.batches.flatMap(({ source, readings, minutes }) => [
    ...readings
      .filter((row) => cited.has(`${source}/signal/${row.equipment}/${row.signal}`))
      .map(({ at, value }) => ({ at, values: [value] })),
    ...minutes
      .filter((row) => cited.has(`${source}/signal/${row.equipment}/${row.signal}`))
      .map(({ at, value, low, high }) => ({ at, values: [value, low, high] })),
  ]);
  const { at, from, to } = inputOf(one);
  const texts = [
    ...records.map((record) => JSON.stringify(record)),
    JSON.stringify([diagnosis?.stop ?? null, diagnosis?.chain ?? [], diagnosis?.roots ?? [], at, from, to]),
  ];
  const times = texts.flatMap((text) => [...text.matchAll(stamp)].map(([found]) => millis(found)));
  times.push(one.askedAt, ...values.map((row) => row.at));
  const format = new Intl.DateTimeFormat('en-GB', {
    timeZone: one.plant.timezone,
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
  });
  const clocks = new Set(times.flatMap((time) => [format.format(time), format.format(time).slice(0, 5)]));
  const stands = texts.map((text) => [...text.replace(stamp, ' ').matchAll(number)].map(([found]) => found));
  const written = new Set(stands.flat());
  const numbers = [
    ...[...written].map(valueOf),
    ...values.flatMap((row) => row.values).filter((value) => typeof value === 'number'),
    ...lastedOf(records, one, diagnosis),
    // A standard is written in seconds and said in minutes.
    ...texts.flatMap((text) => [...text.matchAll(/S":(\d+)/g)].map(([, seconds]) => Number(seconds) / 60)),
  ];
  return {
    knowsClock: (said) => clocks.has(said.padStart(said.length === 4 ? 5 : 8, '0')) || clocks.has(said),
    knowsNumber: (said) =>
      written.has(said) || numbers.some((value) => roundsTo(value, said) || roundsTo(value * 100, said)),
  };
}

const stamp = /\d{4}-\d\d-\d\dT\d\d:\d\d(?::\d\d(?:\.\d+)?)?(?:Z|[+-]\d\d:\d\d)/g;
const valueOf = (text: string): number => Number(text.replaceAll(',', ''));

/** Is what is said this value with as many decimals as are said? Minutes of a duration are cut off or rounded. */
function roundsTo(value: number, said: string): boolean {
  const decimals = /\.(\d+)$/.exec(said)?.[1]?.length ?? 0;
  const spoken = valueOf(said);
  return (
    Math.abs(value).toFixed(decimals) === spoken.toFixed(decimals) ||
    (decimals === 0 && Math.floor(value) === spoken)
  );
}

/** Seconds from one cited state of a machine to the next. */
const standsOf = (records: readonly PlantRecord[]): number[] =>
  [
    ...Map.groupBy(
      records.filter(({ kind }) => kind === 'state'),
      ({ equipment }) => equipment,
    ).values(),
  ].flatMap((own) => {
    const times = own.map(({ at }) => millis(at)).toSorted((a, b) => a - b);
    return times.slice(1).map((time, index) => (time - (times[index] ?? time)) / 1_000);
  });

/** Seconds, minutes and hours that things lasted: each record from its time to its end, the stop, and until asked. */
function lastedOf(
  records: readonly PlantRecord[],
  { askedAt }: Case,
  diagnosis: Played['diagnosis'],
): number[] {
  const spans = records.flatMap((record) => {
    const times = [...JSON.stringify(record).matchAll(stamp)].map(([found]) => millis(found));
    return [...times, askedAt].flatMap((a) => times.map((b) => Math.abs(a - b) / 1_000));
  });
  const seconds = [...spans, ...standsOf(records), ...(diagnosis ? [diagnosis.stop.durationS] : [])];
  return seconds.flatMap((value) => [value, value / 60, value / 3_600, (value / 60) % 60]);
}
