/** The same few questions for every source: what its connector did not answer is answered from the configuration, one request and a running Andon. */
import type { Plant } from '../../plant/equipment.ts';
import { localWhen } from '../../plant/say/local-time.ts';
import type { Finding } from '../../plant/source.ts';
import type { Running } from './running.ts';

export type Examined = { id: string; options: unknown; plant: Plant; running: Running; now?: number };

/** The Date header counts whole seconds, and the way there takes some. */
const tolerableOffsetMs = 2_000;
const patienceMs = 5_000;
const order = ['reachable', 'certificate', 'rights', 'clock'];

const ok = (check: string, text: string): Finding => ({ check, state: 'ok', text, next: '' });
const warn = (check: string, text: string, next: string): Finding => ({ check, state: 'warn', text, next });

/** The findings of a connector with what is missing among them: reachable, certificate, rights, clock, equipment, last record. */
export async function completed(own: readonly Finding[], examined: Examined): Promise<Finding[]> {
  const has = (check: string) => own.some((one) => one.check === check);
  const answers = own.some(({ state }) => state === 'ok');
  const clean = own.every(({ state }) => state === 'ok');
  const found = [...own];
  const url = addressOf(examined.options);
  if (answers && !has('reachable'))
    found.push(ok('reachable', url ? `${url.origin} answers.` : 'The file is there.'));
  if (clean && !has('rights')) found.push(ok('rights', 'Everything that is read may be read.'));
  if (url && !has('certificate')) found.push(certificate(url, answers));
  if (url && answers && !has('clock')) found.push(await clock(url));
  const unmapped = linesWithout(examined);
  if (unmapped && !has('equipment')) found.push(unmapped);
  found.push(...lastRecord(examined));
  const rank = ({ check }: Finding) => (order.includes(check) ? order.indexOf(check) : order.length);
  return found.toSorted((a, b) => rank(a) - rank(b));
}

const keysOf = (options: unknown): Readonly<Record<string, unknown>> =>
  typeof options === 'object' && options !== null ? (options as Record<string, unknown>) : {};

/** Where an HTTP source is; null for files and for protocols whose connector looks itself. */
function addressOf(options: unknown): URL | null {
  const { url } = keysOf(options);
  return typeof url === 'string' && /^https?:/.test(url) ? new URL(url) : null;
}

function certificate(url: URL, answers: boolean): Finding {
  if (url.protocol === 'https:')
    return answers
      ? ok('certificate', 'Its certificate is trusted.')
      : warn('certificate', 'Nothing answered, so nothing can be said.', '');
  return ['127.0.0.1', 'localhost', '[::1]'].includes(url.hostname)
    ? ok('certificate', 'Plain HTTP on this machine: there is none.')
    : warn(
        'certificate',
        'Plain HTTP: credentials can be read on the network.',
        'Use https:// where the system offers it.',
      );
}

/** Its clock by the Date header of one request without credentials. */
async function clock(url: URL): Promise<Finding> {
  try {
    const sent = Date.now();
    const response = await fetch(url, {
      method: 'HEAD',
      redirect: 'manual',
      signal: AbortSignal.timeout(patienceMs),
    });
    const told = Date.parse(response.headers.get('date') ?? '');
    if (Number.isNaN(told)) return warn('clock', 'It does not tell its time.', '');
    // A header of 12:00:07 was written between 12:00:07.000 and 12:00:07.999.
    const offsetMs = told + 500 - (sent + Date.now()) / 2;
    if (Math.abs(offsetMs) <= tolerableOffsetMs) return ok('clock', 'Its clock agrees with ours to 2 s.');
    return warn(
      'clock',
      `Its clock is ${Math.round(Math.abs(offsetMs) / 1000)} s ${offsetMs > 0 ? 'ahead of' : 'behind'} ours.`,
      'Synchronise both with the same time server.',
    );
  } catch {
    return warn('clock', 'It did not tell its time.', '');
  }
}

/** Lines of the plant that no work center of this source stands for. */
function linesWithout({ options, plant }: Examined): Finding | null {
  const { workCenters, workcenters } = keysOf(options);
  const given = workCenters ?? workcenters;
  if (typeof given !== 'object' || given === null) return null;
  const mapped = new Set(Object.values(given));
  const missing = plant.lines.filter(({ id }) => !mapped.has(id)).map(({ id }) => id);
  return missing.length === 0
    ? ok('equipment', 'Every line of the plant has its work center.')
    : warn(
        'equipment',
        `No work center stands for ${missing.join(', ')}.`,
        'Name them in the YAML, if it has them.',
      );
}

/** When the running Andon got its newest record from here; nothing where none runs. */
function lastRecord({ id, plant, running, now = Date.now() }: Examined): Finding[] {
  const known = running.sources?.get(id);
  if (!known) return [];
  const check = 'last recorded';
  const at = known.last_record_at;
  if (known.state === 'starting')
    return [warn(check, 'The running Andon still waits for its first answer.', 'Look again in a minute.')];
  if (known.state !== 'up' && known.state !== 'degraded')
    return [warn(check, `The running Andon says: ${known.problem ?? known.state}`, '')];
  return [
    at === null
      ? warn(check, 'The running Andon has nothing from here yet.', '')
      : ok(
          check,
          `The newest record of the running Andon is of ${localWhen(Date.parse(at), plant.timezone, now)}.`,
        ),
  ];
}
