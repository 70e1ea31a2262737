import { z } from 'zod';
import { equipmentId } from '../../plant/equipment.ts';
import { patience, url } from '../source/options.ts';

/** The `sap` connector's keys in the YAML. */
export const options = z.strictObject({
  url: url.describe('address of the S/4HANA system, without /sap/opu/...'),
  user: z.string().min(1).describe('communication user; needs read rights only'),
  password: z.string().min(1).describe('its password, as env:NAME or file:PATH'),
  client: z
    .string()
    .regex(/^\d{3}$/, 'expected three digits')
    .optional()
    .describe('sap-client, where the system has several'),
  plant: z.string().min(1).max(4).describe('plant key, for example "1010"'),
  timezone: z.string().optional().describe('IANA zone of order dates; default: the plant’s'),
  workCenters: z
    .record(z.string(), equipmentId)
    .describe('work center -> line id; what is not named here is not read'),
  equipment: z
    .record(z.string(), equipmentId)
    .default({})
    .describe('technical object or functional location -> equipment id'),
  materials: z
    .array(z.string())
    .default([])
    .describe('materials whose stock is read besides those that open orders need'),
  setupTexts: z
    .array(z.string().min(1))
    .default(['changeover', 'setup', 'set-up', 'rüsten'])
    .describe('an operation whose text starts with one of these is a changeover'),
  backfillDays: z.number().positive().max(366).default(14).describe('how far the first read goes back'),
  everyS: z.number().positive().default(30).describe('seconds between two reads'),
  ...patience,
});
export type SapOptions = z.infer<typeof options>;
