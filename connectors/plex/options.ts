import { z } from 'zod';
import { equipmentId } from '../../plant/equipment.ts';
import { patience, url } from '../source/options.ts';

/** The `plex` connector's keys in the YAML. */
export const options = z.strictObject({
  url: url.default('https://connect.plex.com').describe('address of Plex; its test system has another'),
  apiKey: z
    .string()
    .min(1)
    .describe('consumer key, as env:NAME or file:PATH; goes into a header, never the URL'),
  apiSecret: z.string().min(1).optional().describe('consumer secret, where the key has one'),
  tenant: z.string().min(1).optional().describe('tenant id, where the key serves several'),
  workcenters: z
    .record(z.string(), equipmentId)
    .describe('work center code -> line id; what is not named here is not read'),
  locations: z
    .record(z.string(), equipmentId)
    .default({})
    .describe('inventory location -> equipment id, besides the work center codes'),
  heldStatuses: z
    .array(z.string().min(1))
    .default(['Hold', 'Quarantine', 'Suspect', 'Blocked'])
    .describe('a lot or container whose status starts with one of these is held'),
  inventory: z.boolean().default(true).describe('read lots and containers'),
  backfillDays: z.number().positive().max(366).default(14).describe('how far the first read goes back'),
  everyS: z.number().positive().default(15).describe('seconds between two reads'),
  ...patience,
  // Plex allows 200 calls a minute over all endpoints of a customer.
  perSecond: z.number().positive().max(100).default(3).describe('requests a second, at most'),
});
export type PlexOptions = z.infer<typeof options>;
