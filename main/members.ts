/** Opens what the configuration chose from the registry folders. */
import { join } from 'node:path';
import type { Chosen as ChosenDetector } from '../agents/watch/reconcile.ts';
import type { Detector } from '../agents/watch/detector.ts';
import type { Watch } from '../agents/watch/watch.ts';
import type { Config } from '../config.ts';
import { loadMember, membersOf } from '../config/registry.ts';
import type { Http } from '../http.ts';
import type { OpenMcp } from '../mcp-server/server.ts';
import { causeRecordOfStop } from '../memory/cause-record.ts';
import { recordById } from '../memory/floor/evidence.ts';
import { machineSpans } from '../memory/floor/machine-spans.ts';
import { keep, kept } from '../memory/keep.ts';
import type { Memory } from '../memory/open.ts';
import { firstTime } from '../memory/seen.ts';
import { AndonError } from '../plant/errors.ts';
import type { Connector, Source } from '../plant/source.ts';
import type { OpenSurface, Surface, SurfaceContext } from '../plant/surface.ts';
import type { Clock } from '../plant/time.ts';
import type { Simulator } from '../simulator/start.ts';
import { withSimulator } from './simulator-addresses.ts';

type Told = { clock: Clock; log: (sentence: string) => void };

/** A source that says with its health how much the plant trusts it. */
const trusted = (source: Source, trust: number): Source => ({
  id: source.id,
  system: source.system,
  kinds: source.kinds,
  everyS: source.everyS,
  read: (since, signal) => source.read(since, signal),
  health: () => ({ ...source.health(), trust }),
  examine: (signal) => source.examine(signal),
  close: () => source.close(),
});

/** The connectors under `sources:`. */
export async function openSources(
  config: Config,
  simulator: Simulator | null,
  { clock, log }: Told,
): Promise<Source[]> {
  return Promise.all(
    config.sources.map(async ({ id, name, options, trust }) => {
      const connector = await loadMember<Connector>('connectors', name);
      const folder = join(config.dataFolder, 'sources', id);
      const source = await connector.open(connector.options.parse(withSimulator(options, simulator)), {
        id,
        plant: config.plant,
        clock,
        folder,
        log,
      });
      return trust < 1 ? trusted(source, trust) : source;
    }),
  );
}

/** The detectors under `detectors:`, and with their defaults those that the file does not name. */
export async function openDetectors(config: Config): Promise<ChosenDetector[]> {
  const named = new Map(config.detectors.map(({ name, options }) => [name, options]));
  return Promise.all(
    membersOf('agents/watch/detectors').map(async (name) => {
      const detector = await loadMember<Detector>('agents/watch/detectors', name);
      return { name, detector, options: named.get(name) ?? detector.options.parse({}) };
    }),
  );
}

/** The page and the terminal are always there; others as they stand under `surfaces:`. */
const always = ['web', 'terminal'];

type Offer = Told & {
  ask: SurfaceContext['ask'];
  watch: Watch;
  memory: Memory;
  mcp: OpenMcp;
  http: Http;
};

/** The chat surfaces, each with what Andon offers to it. */
export async function openSurfaces(config: Config, offer: Offer): Promise<OpenSurface[]> {
  const chosen = [
    ...always.map((name) => ({ id: name, name, options: {} })),
    ...config.surfaces.filter(({ name }) => !always.includes(name)),
  ];
  const opened: OpenSurface[] = [];
  for (const { name, options } of chosen) {
    const surface = await loadMember<Surface>('bots', name);
    opened.push(await surface.open(surface.options.parse(options), contextOf(config, offer, name)));
  }
  return opened;
}

function contextOf(
  { plant, people }: Config,
  { ask, watch, memory, mcp, http, clock, log }: Offer,
  surface: string,
): SurfaceContext {
  return {
    plant,
    people,
    clock,
    log,
    ask,
    press: watch.press,
    onChange: watch.onChange,
    route: http.route,
    look: async (name, input) => {
      const tool = mcp.tools.find((one) => one.name === name && one.annotations.readOnlyHint);
      if (!tool) throw new AndonError('not_found', `There is no tool "${name}" that only looks.`);
      return tool.run(input, mcp.context());
    },
    alerts: watch.alerts,
    machineSpans: (line, from, to) => machineSpans(memory.pool, plant, line, from, to),
    record: (id) => recordById(memory.pool, id, plant),
    causeRecord: (stop) => causeRecordOfStop(memory.pool, plant, stop, mcp.context()),
    firstTime: (place, eventId) => firstTime(memory.pool, place, eventId, clock()),
    keep: {
      get: (key) => kept(memory.pool, `${surface}/${key}`),
      set: (key, value) => keep(memory.pool, `${surface}/${key}`, value, clock()),
    },
  };
}
