/** Rows of Plex's REST API as far as they are read. Fields may be missing or null; unknown ones are ignored. */
import { z } from 'zod';
import { AndonError } from '../../plant/errors.ts';
import { millisOf, numberOf } from '../source/values.ts';

const text = z
  .string()
  .nullish()
  .transform((value) => value ?? null);
/** Numbers may come as text. */
const number = z.unknown().optional().transform(numberOf);
const moment = z.unknown().optional().transform(millisOf);
const flag = z
  .boolean()
  .nullish()
  .transform((value) => value === true);

export const workcenterRow = z.object({ workcenterId: z.string(), workcenterCode: z.string() });
export const statusRow = z.object({
  description: z.string(),
  productionStatus: flag,
  setupStatus: flag,
  maintenanceStatus: flag,
  idleStatus: flag,
  downtimeStatus: flag,
});
export const controlRow = z.object({
  jobId: text,
  jobNumber: text,
  operators: z.array(z.unknown()).nullish(),
});
/** `logDate`: when the status began. `duration`: whole seconds; none while it lasts. */
export const entryRow = z.object({
  workcenterId: z.string(),
  logDate: z.string(),
  workcenterStatus: z.string(),
  duration: number,
  jobCode: text,
  jobNumber: text,
});
export const scrapRow = z.object({
  workcenterId: z.string(),
  transactionDate: moment,
  scrapDate: moment,
  scrapReason: text,
  quantity: number,
  jobCode: text,
  jobNumber: text,
});
export const jobRow = z.object({
  id: text,
  jobNumber: z.string(),
  jobStatus: text,
  partNumber: text,
  partDescription: text,
  quantity: number,
  quantityCompleted: number,
  unitOfMeasure: text,
  dueDate: moment,
});
export const jobOperationRow = z.object({ workcenterId: text });
export const lotRow = z.object({
  lotNo: text,
  partNo: text,
  lotStatus: text,
  supplierCode: text,
  quantity: number,
  location: text,
  modifiedDate: moment,
});
export const containerRow = z.object({
  serialNo: text,
  lotNo: text,
  partNo: text,
  containerStatus: text,
  quantity: number,
  quantityInventoryUnit: text,
  location: text,
  lastUpdatedDate: moment,
});
export type EntryRow = z.infer<typeof entryRow>;
export type ScrapRow = z.infer<typeof scrapRow>;
export type JobRow = z.infer<typeof jobRow>;
export type LotRow = z.infer<typeof lotRow>;
export type ContainerRow = z.infer<typeof containerRow>;
export type StatusRow = z.infer<typeof statusRow>;

/** Reads a list (bare or under `data`); says which field is missing, never what the body held. */
export function listOf<T extends z.ZodType>(row: T, json: unknown, what: string): z.infer<T>[] {
  const list = Array.isArray(json) ? json : (json as { data?: unknown } | null)?.data;
  const read = z.array(row).safeParse(list);
  if (read.success) return read.data;
  const field = read.error.issues[0]?.path.slice(1).join('.');
  throw new AndonError(
    'bad_upstream',
    field ? `Plex's ${what} lack the field ${field}.` : `Plex's ${what} are no list.`,
    'Check the url and the version of that API.',
    field ? { details: { missing: [field] } } : {},
  );
}
