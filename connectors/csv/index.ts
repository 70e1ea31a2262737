/** A CSV file that grows: operators' notes, or downtime exported by another tool. */
import { access, constants } from 'node:fs/promises';
import { z } from 'zod';
import { AndonError, sentenceOf } from '../../plant/errors.ts';
import type { PlantRecord } from '../../plant/record.ts';
import type { Checkpoint, Connector, Finding, Source, SourceContext } from '../../plant/source.ts';
import { inBatches } from '../source/batches.ts';
import { openLookup, unknownIds } from '../source/equipment.ts';
import { keepHealth } from '../source/health.ts';
import { options, type CsvOptions } from './options.ts';
import { recordOf, type Mapping, type Row } from './records.ts';
import { readPiece, type Piece } from './tail.ts';

export default {
  system: 'CSV file',
  options,
  open: async (chosen, context) => openCsv(chosen, context),
} satisfies Connector<typeof options>;

const position = z.object({ offset: z.number(), head: z.string(), headBytes: z.number() });

async function openCsv(chosen: CsvOptions, context: SourceContext): Promise<Source> {
  const wrong = unknownIds(context.plant, Object.values(chosen.equipment));
  if (wrong !== null)
    throw new AndonError('bad_config', `Source ${context.id}: ${wrong}`, 'Use the ids of your plant.');
  if (chosen.path.startsWith('simulator:'))
    throw new AndonError(
      'bad_config',
      `Source ${context.id} has no path yet (${chosen.path}).`,
      'The simulator gives it when it runs.',
    );
  const health = keepHealth('CSV file', context);
  const lookup = openLookup(context.plant, chosen.equipment);
  const { parse } = await import('csv-parse/sync');
  let skipped = 0;

  const rowsOf = (piece: Piece): Row[] => {
    const settings = {
      delimiter: chosen.delimiter,
      relax_quotes: true,
      relax_column_count: true,
      skip_empty_lines: true,
      trim: true,
    };
    const [names = []] = parse(piece.header, settings) as string[][];
    return parse(piece.text, {
      ...settings,
      columns: names,
      skip_records_with_error: true,
      on_skip: () => {
        skipped += 1;
        return undefined;
      },
    }) as Row[];
  };

  const recordsOf = (piece: Piece): PlantRecord[] => {
    const mapping: Mapping = {
      source: context.id,
      columns: chosen.columns,
      kind: chosen.kind,
      zone: chosen.timezone ?? context.plant.timezone,
      timeFormat: chosen.timeFormat,
      lookup,
      observedAt: context.clock(),
    };
    return rowsOf(piece).flatMap((row) => {
      const record = recordOf(row, mapping);
      if (record === null) skipped += 1;
      return record ?? [];
    });
  };

  async function* read(since: Checkpoint | null, signal: AbortSignal) {
    const before = position.safeParse(since);
    let at = before.success ? before.data : null;
    if (at === null) skipped = 0;
    try {
      for (;;) {
        if (signal.aborted) return;
        const piece = await readPiece(chosen.path, at, chosen.encoding, chosen.delimiter);
        if (!piece) break;
        if (piece.anew)
          context.log(`${context.id}: the file was written anew or rotated; it is read from its start.`);
        const records = recordsOf(piece);
        health.saw(records);
        yield* inBatches(context.id, records, piece.position);
        at = piece.position;
        if (!piece.more) break;
      }
      health.ok(skipped === 0 ? null : `${skipped} rows had no time or no text and were left out.`);
    } catch (error) {
      health.failed(error);
      throw error;
    }
  }

  return {
    id: context.id,
    system: 'CSV file',
    kinds: [chosen.kind],
    everyS: chosen.everyS,
    read,
    health: health.now,
    examine: () => examine(chosen, rowsOf),
    close: async () => {},
  };
}

/** What the doctor asks of a file. Never throws. */
async function examine(chosen: CsvOptions, rowsOf: (piece: Piece) => Row[]): Promise<Finding[]> {
  const check = 'file';
  try {
    await access(chosen.path, constants.R_OK);
    const piece = await readPiece(chosen.path, null, chosen.encoding, chosen.delimiter);
    if (!piece) return [{ check, state: 'warn', text: `${chosen.path} has no rows yet`, next: '' }];
    const [row] = rowsOf(piece);
    const missing = [chosen.columns.time, chosen.columns.text].filter((name) => row && !(name in row));
    return missing.length === 0
      ? [{ check, state: 'ok', text: `${chosen.path} is readable`, next: '' }]
      : [
          {
            check,
            state: 'fail',
            text: `${chosen.path} lacks the columns ${missing.join(', ')}`,
            next: 'Name them under columns of this source.',
          },
        ];
  } catch (error) {
    return [{ check, state: 'fail', text: sentenceOf(error), next: 'Check the path and its rights.' }];
  }
}
