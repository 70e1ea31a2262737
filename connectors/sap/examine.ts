import { sentenceOf } from '../../plant/errors.ts';
import type { Finding } from '../../plant/source.ts';
import { literal, readPages } from '../odata.ts';
import { clockFindings, failure, ok } from '../source/findings.ts';
import { textOf } from '../source/values.ts';
import { askSchema, type Reader } from './reader.ts';
import * as sap from './services.ts';

/** What the doctor asks of SAP. Never throws. */
export async function examine(reader: Reader, signal: AbortSignal): Promise<Finding[]> {
  const findings: Finding[] = [];
  for (const service of sap.entitiesOf.keys()) {
    const check = service.slice(service.lastIndexOf('/') + 1);
    try {
      await askSchema(reader.http, service, signal);
      findings.push(ok(check, 'readable, all fields are there'));
    } catch (error) {
      // Without orders nothing works; stock and maintenance may be closed.
      findings.push(failure(check, error, service === sap.orders.service ? 'fail' : 'warn'));
    }
  }
  if (findings[0]?.state === 'ok') findings.push(await workCenters(reader, signal));
  return [...findings, ...clockFindings(reader.http, reader.context.id)];
}

/** Work centers named in the YAML that have no operation, and those with operations that the YAML does not name. */
async function workCenters({ http, chosen }: Reader, signal: AbortSignal): Promise<Finding> {
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
  const unread = others.length > 0 ? `; not read: ${others.slice(0, 10).join(', ')}` : '';
  return ok(check, `${named.join(', ')} have operations${unread}`);
}
