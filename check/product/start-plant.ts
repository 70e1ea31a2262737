import { join } from 'node:path';
import { readConfig } from '../../config.ts';
import { kept } from '../../memory/keep.ts';
import type { Memory } from '../../memory/open.ts';
import { openPlant, type OpenPlant } from '../../simulator/open-plant.ts';
import type { Status } from '../../simulator/protocol.ts';
import { startSimulator, type Simulator, type SimulatorOptions } from '../../simulator/start.ts';
import { demoYaml, quickAlerts, type Change } from './start-product.ts';

/** A plant that the test holds in its hand, and the file that describes it as any plant is described: by addresses. */
export type TestPlant = {
  simulator: Simulator;
  config: string;
  /** Environment with the secrets that the file asks for. */
  env: Record<string, string>;
  status(): Promise<Status>;
  truth(): Promise<{ cause: string; line: string; place: string; at: number; until: number }[]>;
};

/** Starts the demo plant without a past, alive unless asked otherwise, and writes `andon.yaml` for it into `folder`. `more`: further changes to the file. */
export async function startPlant(
  folder: string,
  more: readonly Change[] = [],
  { asleep = false, ...options }: Partial<SimulatorOptions> & { asleep?: boolean } = {},
): Promise<TestPlant> {
  const simulator = await startSimulator({
    seed: 3,
    folder: join(folder, 'plant'),
    log: () => {},
    historyDays: 0,
    firstStop: null,
    ...options,
  });
  if (!asleep) await simulator.control({ command: 'go-live' });
  const { addresses, credentials } = simulator;
  const config = demoYaml(folder, [
    quickAlerts,
    [/simulator:opcua/g, addresses.opcua],
    [/simulator:user/g, credentials.user],
    [/simulator:password/g, 'env:PLANT_OPCUA'],
    [/simulator:erp-user/g, credentials.erpUser],
    [/simulator:erp-password/g, 'env:PLANT_ERP'],
    [/simulator:erp/g, addresses.erp],
    [/simulator:mes-key/g, 'env:PLANT_MES'],
    [/simulator:mes/g, addresses.mes],
    [/simulator:notes/g, addresses.notes],
    [/^simulator:.*$/gm, ''],
    // Systems are asked more often than a real one would like, and given up sooner.
    [/everyS: 1[05]/g, 'everyS: 2\n    tries: 1'],
    ...more,
  ]);
  return {
    simulator,
    config,
    env: {
      PLANT_OPCUA: credentials.password,
      PLANT_ERP: credentials.erpPassword,
      PLANT_MES: credentials.mesKey,
    },
    status: async () => (await simulator.control({ command: 'status' })) as Status,
    truth: async () => (await simulator.control({ command: 'truth' })) as never,
  };
}

/** The plant with line 3 on hold for more than a minute already, and for ten more at least: a test need not wait for its stop, nor hurry. */
export async function startStandingPlant(folder: string): Promise<TestPlant> {
  const plant = await startPlant(folder, [], { asleep: true, pastEndsAt: Date.now() - 90_000 });
  await plant.simulator.control({
    command: 'schedule-stop',
    line: 'line-3',
    inSeconds: 1,
    cause: 'quality_hold',
  });
  return plant;
}

/** Where the past ends that the product's own plant brought. */
export const pastEndOf = async ({ pool }: Memory): Promise<number> =>
  Date.parse(((await kept(pool, 'simulator')) as { pastEndsAt: string }).pastEndsAt);

/** The product's own plant once more, as it was at its first start: the same past, the same first stop. */
export async function samePlant(product: {
  config: string;
  data: string;
  pastEnd: number;
  pastDays: number;
}): Promise<OpenPlant> {
  const { config, data, pastEnd: now, pastDays } = product;
  const { simulator } = await readConfig({ ANDON_CONFIG: config, ANDON_DATA: data });
  // The child process counts its first live stop from the start, not from the whole minute.
  const liveStop = { inSeconds: 45 + (now % 60_000) / 1000 };
  return openPlant({ seed: simulator?.seed ?? 0, now, pastDays, liveStop });
}
