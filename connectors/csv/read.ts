/** Reads what was added to a CSV file since a position, piece by piece. */
import { z } from 'zod';
import type { Batch, PlantRecord } from '../../plant/record.ts';
import type { Checkpoint, SourceContext } from '../../plant/source.ts';
import { inBatches } from '../source/batches.ts';
import type { EquipmentLookup } from '../source/equipment.ts';
import type { HealthKeeper } from '../source/health.ts';
import type { CsvOptions } from './options.ts';
import { recordOf, type Row } from './records.ts';
import { readPiece, type Piece } from './tail.ts';

export type CsvFile = {
  readonly chosen: CsvOptions;
  readonly context: SourceContext;
  readonly lookup: EquipmentLookup;
  readonly health: HealthKeeper;
  /** The package, loaded when the source is opened. */
  readonly parse: typeof import('csv-parse/sync').parse;
  /** Rows that could not be records, since the file was read from its start. */
  skipped: number;
};

const position = z.object({ offset: z.number(), head: z.string(), headBytes: z.number() });

/** Throws `unreachable` where there is no file, `unauthorised` where it may not be read. */
export async function* readFile(
  file: CsvFile,
  since: Checkpoint | null,
  signal: AbortSignal,
): AsyncGenerator<Batch> {
  const { context, health } = file;
  const before = position.safeParse(since);
  let at = before.success ? before.data : null;
  if (at === null) file.skipped = 0;
  try {
    for (;;) {
      if (signal.aborted) return;
      const piece = await nextPiece(file, at);
      if (!piece) break;
      if (piece.anew)
        context.log(`${context.id}: the file was written anew or rotated; it is read from its start.`);
      const records = recordsOf(file, piece);
      health.saw(records);
      yield* inBatches(context.id, records, piece.position);
      at = piece.position;
      if (!piece.more) break;
    }
    health.ok(file.skipped === 0 ? null : `${file.skipped} rows had no time or no text and were left out.`);
  } catch (error) {
    health.failed(error);
    throw error;
  }
}

/** The next whole rows after `since`, null: from the start. Null where nothing was added. */
export const nextPiece = ({ chosen }: CsvFile, since: Piece['position'] | null): Promise<Piece | null> =>
  readPiece(chosen.path, since, chosen.encoding, chosen.delimiter);

export function rowsOf(file: CsvFile, piece: Piece): Row[] {
  const settings = {
    delimiter: file.chosen.delimiter,
    relax_quotes: true,
    relax_column_count: true,
    skip_empty_lines: true,
    trim: true,
  };
  const [names = []] = file.parse(piece.header, settings) as string[][];
  return file.parse(piece.text, {
    ...settings,
    columns: names,
    skip_records_with_error: true,
    on_skip: () => {
      file.skipped += 1;
      return undefined;
    },
  }) as Row[];
}

function recordsOf(file: CsvFile, piece: Piece): PlantRecord[] {
  const { chosen, context, lookup } = file;
  const mapping = {
    source: context.id,
    columns: chosen.columns,
    kind: chosen.kind,
    zone: chosen.timezone ?? context.plant.timezone,
    timeFormat: chosen.timeFormat,
    lookup,
    observedAt: context.clock(),
  };
  return rowsOf(file, piece).flatMap((row) => {
    const record = recordOf(row, mapping);
    if (record === null) file.skipped += 1;
    return record ?? [];
  });
}
