/** A CSV file that grows: operators' notes, or downtime exported by another tool. */
import { access, constants } from 'node:fs/promises';
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { Connector, Finding, Source, SourceContext } from '../../plant/source.ts';
import { checkIds, openLookup } from '../source/equipment.ts';
import { ok } from '../source/findings.ts';
import { keepHealth } from '../source/health.ts';
import { options, type CsvOptions } from './options.ts';
import { nextPiece, readFile, rowsOf, type CsvFile } from './read.ts';

const system = 'CSV file';

export default {
  system,
  options,
  open: async (chosen, context) => openCsv(chosen, context),
} satisfies Connector<typeof options>;

async function openCsv(chosen: CsvOptions, context: SourceContext): Promise<Source> {
  checkIds(context, Object.values(chosen.equipment));
  if (chosen.path.startsWith('simulator:'))
    throw new AndonError(
      'bad_config',
      `Source ${context.id} has no path yet (${chosen.path}).`,
      'The simulator gives it when it runs.',
    );
  const { parse } = await import('csv-parse/sync');
  const health = keepHealth(system, context);
  const lookup = openLookup(context.plant, chosen.equipment);
  const file: CsvFile = { chosen, context, lookup, health, parse, skipped: 0 };
  return {
    id: context.id,
    system,
    kinds: [chosen.kind],
    everyS: chosen.everyS,
    read: (since, signal) => readFile(file, since, signal),
    health: health.now,
    examine: () => examine(file),
    close: async () => {},
  };
}

/** What the doctor asks of a file. Never throws. */
async function examine(file: CsvFile): Promise<Finding[]> {
  const check = 'file';
  const { path, columns } = file.chosen;
  try {
    await access(path, constants.R_OK);
    const piece = await nextPiece(file, null);
    if (!piece) return [{ check, state: 'warn', text: `${path} has no rows yet`, next: '' }];
    const [row] = rowsOf(file, piece);
    const missing = [columns.time, columns.text].filter((name) => row && !(name in row));
    if (missing.length === 0) return [ok(check, `${path} is readable`)];
    const text = `${path} lacks the columns ${missing.join(', ')}`;
    return [{ check, state: 'fail', text, next: 'Name them under columns of this source.' }];
  } catch (error) {
    return [{ check, state: 'fail', text: sentenceOf(error), next: 'Check the path and its rights.' }];
  }
}
