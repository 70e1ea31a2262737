/** SAP S/4HANA over OData v2, read only: orders, operations, components, stock, maintenance notifications, changeovers. */
import { AndonError } from '../../plant/errors.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { Checkpoint, Connector, Source, SourceContext } from '../../plant/source.ts';
import { openHttp, type Http } from '../http.ts';
import { openSent, inBatches } from '../source/batches.ts';
import { openLookup, unknownIds } from '../source/equipment.ts';
import { keepHealth } from '../source/health.ts';
import { examineSap } from './examine.ts';
import { options, type SapOptions } from './options.ts';
import { openPosition, readPosition } from './position.ts';
import { openReader, type Step } from './read.ts';
import type { Mapping } from './records.ts';

export default {
  system: 'SAP S/4HANA',
  options,
  open: async (chosen, context) => openSap(chosen, context),
} satisfies Connector<typeof options>;

function openSap(chosen: SapOptions, context: SourceContext): Source {
  const wrong = unknownIds(context.plant, [
    ...Object.values(chosen.workCenters),
    ...Object.values(chosen.equipment),
  ]);
  if (wrong !== null)
    throw new AndonError('bad_config', `Source ${context.id}: ${wrong}`, 'Use the ids of your plant.');
  const http = openSapHttp(chosen, context);
  const reader = openReader(http, chosen, context);
  const health = keepHealth('SAP S/4HANA', context);
  const sent = openSent();
  const lookup = openLookup(context.plant, chosen.equipment);
  const closing = new AbortController();

  async function* read(since: Checkpoint | null, stop: AbortSignal) {
    const signal = AbortSignal.any([stop, closing.signal]);
    if (since === null) sent.forget();
    const position = since === null ? openPosition() : readPosition(since);
    try {
      for (const step of steps) {
        const mapping = mappingAt(chosen, context, lookup);
        const before = JSON.stringify(position);
        const records: PlantRecord[] = await reader[step](position, mapping, signal);
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
    system: 'SAP S/4HANA',
    kinds: ['order', 'operation', 'material_requirement', 'stock', 'maintenance', 'calendar'],
    everyS: chosen.everyS,
    read,
    health: health.now,
    examine: (signal) => examineSap(http, chosen, context, signal),
    close: async () => closing.abort(),
  };
}

const steps: readonly Step[] = ['orders', 'requirements', 'stock', 'maintenance'];

function openSapHttp(chosen: SapOptions, context: SourceContext): Http {
  if (!/^https?:/.test(chosen.url))
    throw new AndonError(
      'bad_config',
      `Source ${context.id} has no address yet (${chosen.url}).`,
      'The simulator gives it when it runs.',
    );
  const credentials = Buffer.from(`${chosen.user}:${chosen.password}`).toString('base64');
  return openHttp({
    url: chosen.url,
    name: context.id,
    clock: context.clock,
    headers: {
      authorization: `Basic ${credentials}`,
      'accept-language': 'en',
      ...(chosen.client === undefined ? {} : { 'sap-client': chosen.client }),
    },
    timeoutMs: chosen.timeoutS * 1000,
    tries: chosen.tries,
    perSecond: chosen.perSecond,
  });
}

function mappingAt(chosen: SapOptions, context: SourceContext, lookup: Mapping['lookup']): Mapping {
  const setup = chosen.setupTexts.map((text) => text.toLowerCase());
  return {
    source: context.id,
    plant: context.plant,
    zone: chosen.timezone ?? context.plant.timezone,
    lines: new Map(Object.entries(chosen.workCenters).map(([key, line]) => [key.toUpperCase(), line])),
    lookup,
    isSetup: (text) => setup.some((word) => text.toLowerCase().startsWith(word)),
    observedAt: context.clock(),
  };
}
