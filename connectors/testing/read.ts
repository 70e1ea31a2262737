import type { Plant } from '../../plant/equipment.ts';
import type { Batch, PlantRecord } from '../../plant/record.ts';
import type { Checkpoint, Source, SourceContext } from '../../plant/source.ts';
import type { Clock } from '../../plant/time.ts';

/** What a connector is opened with that keeps no files and says nothing. */
export const contextOf = (id: string, plant: Plant, clock: Clock): SourceContext => ({
  id,
  plant,
  clock,
  folder: '/nowhere',
  log: () => {},
});

/** All batches of a polled source from `since` on. */
export async function batchesOf(source: Source, since: Checkpoint | null = null): Promise<Batch[]> {
  const batches: Batch[] = [];
  for await (const batch of source.read(since, AbortSignal.timeout(120_000))) batches.push(batch);
  return batches;
}

export const recordsOf = async (source: Source, since: Checkpoint | null = null): Promise<PlantRecord[]> =>
  (await batchesOf(source, since)).flatMap(({ records }) => records);
