import { z } from 'zod';

export const options = z
  .strictObject({
    appId: z.string().min(1).optional().describe('application (client) id of the bot in Microsoft Entra'),
    appPassword: z.string().min(1).optional().describe('client secret of the bot, as env: or file:'),
    tenantId: z
      .string()
      .min(1)
      .optional()
      .describe('tenant of the plant; calls of other tenants are refused'),
    conversations: z
      .record(z.string(), z.string().min(1))
      .default({})
      .describe(
        'where alerts go: a line id, or * for all other lines, and the key that Andon names when it is installed there',
      ),
    emulator: z
      .boolean()
      .default(false)
      .describe('no authentication, only for an emulator on this machine; never beyond loopback'),
  })
  .refine(({ appId, appPassword, tenantId, emulator }) => emulator || (appId && appPassword && tenantId), {
    message: 'give appId, appPassword and tenantId',
  })
  .refine(({ appId, emulator }) => !(emulator && appId), {
    message: 'emulator switches all authentication off: leave it out where there is an appId',
  });
export type Options = z.infer<typeof options>;
