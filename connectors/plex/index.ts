/** Plex (Rockwell) over REST, read only: work center status, jobs, scrap, lots and containers, how many people are signed on. */
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { Checkpoint, Connector, Finding, Source, SourceContext } from '../../plant/source.ts';
import { openHttp, type Http } from '../http.ts';
import { inBatches, openSent } from '../source/batches.ts';
import { unknownIds } from '../source/equipment.ts';
import { keepHealth } from '../source/health.ts';
import { options, type PlexOptions } from './options.ts';
import { openReader, positionOf, type Reader, type Step } from './read.ts';

export default {
  system: 'Plex',
  options,
  open: async (chosen, context) => openPlex(chosen, context),
} satisfies Connector<typeof options>;

const steps: readonly Step[] = ['floor', 'jobs', 'inventory'];

function openPlex(chosen: PlexOptions, context: SourceContext): Source {
  const wrong = unknownIds(context.plant, [
    ...Object.values(chosen.workcenters),
    ...Object.values(chosen.locations),
  ]);
  if (wrong !== null)
    throw new AndonError('bad_config', `Source ${context.id}: ${wrong}`, 'Use the ids of your plant.');
  const http = openPlexHttp(chosen, context);
  const reader = openReader(http, chosen, context);
  const health = keepHealth('Plex', context);
  const sent = openSent();
  const closing = new AbortController();

  async function* read(since: Checkpoint | null, stop: AbortSignal) {
    const signal = AbortSignal.any([stop, closing.signal]);
    if (since === null) sent.forget();
    const position = positionOf(since);
    try {
      for (const step of steps) {
        const before = JSON.stringify(position);
        const records = await reader[step](position, signal);
        health.saw(records);
        const fresh = sent.fresh(records);
        if (fresh.length > 0 || JSON.stringify(position) !== before)
          yield* inBatches(context.id, fresh, structuredClone(position));
        sent.recorded(fresh);
      }
      health.offset(http.clockOffsetMs());
      health.ok(reader.problem());
    } catch (error) {
      if (signal.aborted) return;
      health.failed(error);
      throw error;
    }
  }

  return {
    id: context.id,
    system: 'Plex',
    kinds: ['downtime_event', 'crew', 'order', 'scrap', 'lot'],
    everyS: chosen.everyS,
    read,
    health: health.now,
    examine: (signal) => examine(reader, http, context, signal),
    close: async () => closing.abort(),
  };
}

function openPlexHttp(chosen: PlexOptions, context: SourceContext): Http {
  if (!/^https?:/.test(chosen.url))
    throw new AndonError(
      'bad_config',
      `Source ${context.id} has no address yet (${chosen.url}).`,
      'The simulator gives it when it runs.',
    );
  return openHttp({
    url: chosen.url,
    name: context.id,
    clock: context.clock,
    headers: {
      'x-plex-connect-api-key': chosen.apiKey,
      ...(chosen.apiSecret === undefined ? {} : { 'x-plex-connect-api-secret': chosen.apiSecret }),
      ...(chosen.tenant === undefined ? {} : { 'x-plex-connect-tenant-id': chosen.tenant }),
    },
    timeoutMs: chosen.timeoutS * 1000,
    tries: chosen.tries,
    perSecond: chosen.perSecond,
    maxBytes: 60_000_000,
  });
}

/** What the doctor asks of Plex. Never throws. */
async function examine(
  reader: Reader,
  http: Http,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  try {
    const known = await reader.known(signal);
    findings.push({ check: 'work centers', state: 'ok', text: 'readable', next: '' });
    if (known.missing.length > 0)
      findings.push({
        check: 'work centers',
        state: 'warn',
        text: `Plex does not know ${known.missing.join(', ')}`,
        next: 'Check workcenters of this source; codes are written as Plex writes them.',
      });
  } catch (error) {
    const next = error instanceof AndonError ? error.next : '';
    const text = error instanceof Error ? error.message : sentenceOf(error);
    findings.push({ check: 'work centers', state: 'fail', text, next });
  }
  const offset = http.clockOffsetMs();
  if (offset !== null && Math.abs(offset) > 30_000)
    findings.push({
      check: 'clock',
      state: 'warn',
      text: `its clock is ${Math.round(Math.abs(offset) / 1000)} s ${offset > 0 ? 'ahead of' : 'behind'} ours`,
      next: `Set the clocks of ${context.id} and of this machine by the same time server.`,
    });
  return findings;
}
