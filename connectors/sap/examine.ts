import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { Finding, SourceContext } from '../../plant/source.ts';
import type { Http } from '../http.ts';
import { literal, readPages, readSchema, textOf } from '../odata.ts';
import { clockFindings } from '../source/polled.ts';
import type { SapOptions } from './options.ts';
import * as sap from './services.ts';

/** What the doctor asks of SAP. Never throws. */
export async function examineSap(
  http: Http,
  chosen: SapOptions,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  const services = [[sap.orders, sap.operations, sap.components], [sap.stock], [sap.notifications]];
  for (const entities of services) {
    const service = entities[0]?.service ?? '';
    const check = service.slice(service.lastIndexOf('/') + 1);
    try {
      const wanted = Object.fromEntries(entities.map(({ set, fields }) => [set, fields]));
      await readSchema(http, service, wanted, signal);
      findings.push({ check, state: 'ok', text: 'readable, all fields are there', next: '' });
    } catch (error) {
      const next = error instanceof AndonError ? error.next : '';
      // Without orders nothing works; stock and maintenance may be closed.
      const state = entities.length > 1 ? 'fail' : 'warn';
      findings.push({ check, state, text: error instanceof Error ? error.message : sentenceOf(error), next });
    }
  }
  if (findings[0]?.state === 'ok') findings.push(await workCenters(http, chosen, signal));
  return [...findings, ...clockFindings(http, context.id)];
}

/** Work centers named in the YAML that have no operation, and those with operations that the YAML does not name. */
async function workCenters(http: Http, chosen: SapOptions, signal: AbortSignal): Promise<Finding> {
  const check = 'work centers';
  const seen = new Set<string>();
  try {
    const pages = readPages(http, {
      path: `${sap.operations.service}/${sap.operations.set}`,
      select: ['WorkCenter'],
      filter: `ProductionPlant eq ${literal(chosen.plant)}`,
      orderby: 'LastChangeDateTime desc',
      version: 'v2',
      pageSize: 500,
      signal,
    });
    for await (const rows of pages) {
      for (const row of rows) seen.add(textOf(row['WorkCenter']).toUpperCase());
      break;
    }
  } catch (error) {
    return { check, state: 'fail', text: sentenceOf(error), next: '' };
  }
  const named = Object.keys(chosen.workCenters).map((key) => key.toUpperCase());
  const silent = named.filter((key) => !seen.has(key));
  const others = [...seen].filter((key) => key !== '' && !named.includes(key));
  if (silent.length > 0)
    return {
      check,
      state: 'warn',
      text: `no operations at ${silent.join(', ')}`,
      next: `Check workCenters and plant of this source${others.length > 0 ? `; SAP has ${others.slice(0, 10).join(', ')}` : ''}.`,
    };
  return others.length === 0
    ? { check, state: 'ok', text: `${named.join(', ')} have operations`, next: '' }
    : {
        check,
        state: 'ok',
        text: `${named.join(', ')} have operations; not read: ${others.slice(0, 10).join(', ')}`,
        next: '',
      };
}
