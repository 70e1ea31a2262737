/** Plex (Rockwell) over REST, read only: work center status, jobs, scrap, lots and containers, how many people are signed on. */
import type { Connector, Finding, Source, SourceContext } from '../../plant/source.ts';
import { openHttp, type Http } from '../http.ts';
import { clockFindings, failure, ok } from '../source/findings.ts';
import { checkPolled, openPolled } from '../source/polled.ts';
import { options, type PlexOptions } from './options.ts';
import { position } from './position.ts';
import { steps } from './read.ts';
import { knownOf, openReader, problemOf, type Reader } from './reader.ts';

const system = 'Plex';

export default {
  system,
  options,
  open: async (chosen, context) => openPlex(chosen, context),
} satisfies Connector<typeof options>;

function openPlex(chosen: PlexOptions, context: SourceContext): Source {
  checkPolled(context, chosen.url, [
    ...Object.values(chosen.workcenters),
    ...Object.values(chosen.locations),
  ]);
  return openPolled(context, {
    system,
    kinds: ['downtime_event', 'crew', 'order', 'scrap', 'lot'],
    everyS: chosen.everyS,
    reader: openReader(openPlexHttp(chosen, context), chosen, context),
    position,
    steps,
    problemOf,
    examine,
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
async function examine(reader: Reader, signal: AbortSignal): Promise<Finding[]> {
  const check = 'work centers';
  const findings: Finding[] = [];
  try {
    const { missing } = await knownOf(reader, signal);
    findings.push(ok(check, 'readable'));
    if (missing.length > 0)
      findings.push({
        check,
        state: 'warn',
        text: `Plex does not know ${missing.join(', ')}`,
        next: 'Check workcenters of this source; codes are written as Plex writes them.',
      });
  } catch (error) {
    findings.push(failure(check, error));
  }
  return [...findings, ...clockFindings(reader.http, reader.context.id)];
}
