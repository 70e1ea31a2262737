/** Plex (Rockwell) over REST, read only: work center status, jobs, scrap, lots and containers, how many people are signed on. */
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { Connector, Finding, Source, SourceContext } from '../../plant/source.ts';
import { openHttp, type Http } from '../http.ts';
import { checkPolled, clockFindings, openPolled } from '../source/polled.ts';
import { options, type PlexOptions } from './options.ts';
import { openReader, positionOf, type Reader, type Step } from './read.ts';

export default {
  system: 'Plex',
  options,
  open: async (chosen, context) => openPlex(chosen, context),
} satisfies Connector<typeof options>;

const steps: readonly Step[] = ['floor', 'jobs', 'inventory'];

function openPlex(chosen: PlexOptions, context: SourceContext): Source {
  checkPolled(context, chosen.url, [
    ...Object.values(chosen.workcenters),
    ...Object.values(chosen.locations),
  ]);
  const http = openPlexHttp(chosen, context);
  const reader = openReader(http, chosen, context);
  return openPolled(context, {
    system: 'Plex',
    kinds: ['downtime_event', 'crew', 'order', 'scrap', 'lot'],
    everyS: chosen.everyS,
    http,
    positionOf,
    steps: steps.map((step) => reader[step]),
    problem: reader.problem,
    examine: (signal) => examine(reader, http, context, signal),
  });
}

function openPlexHttp(chosen: PlexOptions, context: SourceContext): Http {
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
  return [...findings, ...clockFindings(http, context.id)];
}
