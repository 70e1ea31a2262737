/** SAP S/4HANA over OData v2, read only: orders, operations, components, stock, maintenance notifications, changeovers. */
import type { Connector, Source, SourceContext } from '../../plant/source.ts';
import { openHttp, type Http } from '../http.ts';
import { openLookup } from '../source/equipment.ts';
import { checkPolled, openPolled } from '../source/polled.ts';
import { examineSap } from './examine.ts';
import { options, type SapOptions } from './options.ts';
import { openPosition, readPosition, type Position } from './position.ts';
import { openReader, type Step } from './read.ts';
import type { Mapping } from './records.ts';

export default {
  system: 'SAP S/4HANA',
  options,
  open: async (chosen, context) => openSap(chosen, context),
} satisfies Connector<typeof options>;

const steps: readonly Step[] = ['orders', 'requirements', 'stock', 'maintenance'];

function openSap(chosen: SapOptions, context: SourceContext): Source {
  checkPolled(context, chosen.url, [
    ...Object.values(chosen.workCenters),
    ...Object.values(chosen.equipment),
  ]);
  const http = openSapHttp(chosen, context);
  const reader = openReader(http, chosen, context);
  const lookup = openLookup(context.plant, chosen.equipment);
  return openPolled(context, {
    system: 'SAP S/4HANA',
    kinds: ['order', 'operation', 'material_requirement', 'stock', 'maintenance', 'calendar'],
    everyS: chosen.everyS,
    http,
    positionOf: (since) => (since === null ? openPosition() : readPosition(since)),
    steps: steps.map(
      (step) => (position: Position, signal: AbortSignal) =>
        reader[step](position, mappingAt(chosen, context, lookup), signal),
    ),
    problem: reader.problem,
    examine: (signal) => examineSap(http, chosen, context, signal),
  });
}

function openSapHttp(chosen: SapOptions, context: SourceContext): Http {
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
