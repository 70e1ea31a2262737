import { z } from 'zod';
import { equipmentId } from '../../plant/equipment.ts';

const column = z.string().min(1);

/** The `csv` connector's keys in the YAML. */
export const options = z.strictObject({
  path: z.string().min(1).describe('the file; it may grow, be rotated or be written anew'),
  kind: z.enum(['note', 'downtime_event']).default('note').describe('what one row is'),
  columns: z
    .strictObject({
      id: column.default('id'),
      time: column.default('time'),
      end: column.default('end'),
      line: column.default('line'),
      machine: column.default('machine'),
      role: column.default('role'),
      text: column.default('text'),
      reason: column.default('reason'),
      order: column.default('order'),
    })
    .prefault({})
    .describe('how the columns are called in the file; a column that is missing stays empty'),
  delimiter: z.string().length(1).default(',').describe('between cells'),
  encoding: z
    .enum(['auto', 'utf-8', 'utf-16le', 'windows-1252'])
    .default('auto')
    .describe('`auto` looks at the file'),
  timezone: z.string().optional().describe('IANA zone of times without an offset; default: the plant’s'),
  timeFormat: z
    .string()
    .optional()
    .describe('pattern of times that are not ISO 8601, of yyyy MM dd HH mm ss: "dd.MM.yyyy HH:mm"'),
  equipment: z
    .record(z.string(), equipmentId)
    .default({})
    .describe('a name as the file writes it -> equipment id, besides names and aliases of the plant'),
  everyS: z.number().positive().default(5).describe('seconds between two looks at the file'),
});
export type CsvOptions = z.infer<typeof options>;
