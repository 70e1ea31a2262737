import { z } from 'zod';

/** `simulator:` addresses are filled in at the start, before anything opens. */
export const url = z
  .string()
  .regex(/^(https?:\/\/|simulator:)/, 'expected an address that starts with https:// or http://');

/** How patient the HTTP client is. */
export const patience = {
  timeoutS: z.number().positive().max(300).default(30).describe('one request with its whole answer, seconds'),
  tries: z.number().int().min(1).max(8).default(4).describe('how often a request is tried before giving up'),
  perSecond: z.number().positive().max(100).default(20).describe('requests a second, at most'),
};
