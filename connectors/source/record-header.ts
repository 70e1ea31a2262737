import { iso, type Millis } from '../../plant/time.ts';

/** What every record of one reading has in common. */
type Reading = { source: string; observedAt: Millis };

/** The fields every record has (plant/record.ts). */
export const header = (
  reading: Reading,
  key: string,
  version: string,
  equipment: string | null,
  at: Millis,
) => ({
  source: reading.source,
  key,
  version,
  equipment,
  at: iso(at),
  observedAt: iso(reading.observedAt),
  quality: 'good' as const,
});
