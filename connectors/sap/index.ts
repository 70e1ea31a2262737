/** SAP S/4HANA over OData v2, read only: orders, operations, components, stock, maintenance notifications, changeovers. */
import type { Connector, Source, SourceContext } from '../../plant/source.ts';
import { openHttp, type Http } from '../http.ts';
import { checkPolled, openPolled } from '../source/polled.ts';
import { examine } from './examine.ts';
import { options, type SapOptions } from './options.ts';
import { position } from './position.ts';
import { steps } from './read.ts';
import { openReader, problemOf } from './reader.ts';

const system = 'SAP S/4HANA';

export default {
  system,
  options,
  open: async (chosen, context) => openSap(chosen, context),
} satisfies Connector<typeof options>;

function openSap(chosen: SapOptions, context: SourceContext): Source {
  checkPolled(context, chosen.url, [
    ...Object.values(chosen.workCenters),
    ...Object.values(chosen.equipment),
  ]);
  return openPolled(context, {
    system,
    kinds: ['order', 'operation', 'material_requirement', 'stock', 'maintenance', 'calendar'],
    everyS: chosen.everyS,
    reader: openReader(openSapHttp(chosen, context), chosen, context),
    position,
    steps,
    problemOf,
    examine,
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
