import type { Namespace, UAObject, UAVariable } from 'node-opcua';
import type { SignalSpec } from '../../plant/equipment.ts';
import type { Millis } from '../../plant/time.ts';
import { pascalCase } from '../names.ts';
import type { World } from '../world.ts';

type Opcua = typeof import('node-opcua');
type Value = string | boolean | number;
/** `read` gives null while the plant has no value to show: the tag is then served with bad quality. */
type Tag = {
  variable: UAVariable;
  type: 'String' | 'Boolean' | 'Double' | 'UInt32';
  read: () => Value | null;
  since: () => Millis | undefined;
  last: Value | null | undefined;
};
type AddressSpaceOfPlant = {
  /** Machine objects by machine id: the source nodes of their alarms. */
  machines: ReadonlyMap<string, UAObject>;
  /** Tags that say what a thing does, and change seldom: states, waiting, modes, connections. */
  states: readonly UAVariable[];
  /** Sets every tag whose value changed, with the world's time as its source time. */
  push(): void;
};

/** UNECE Recommendation 20 codes of the units a packaging floor shows; OPC UA Part 8 wants unitId -1 for others. */
const uneceCodes: Readonly<Record<string, string>> = {
  bar: 'BAR',
  '°C': 'CEL',
  '%': 'P1',
  Nm: 'NU',
  kW: 'KWT',
  A: 'AMP',
  V: 'VLT',
  mm: 'MMT',
  s: 'SEC',
  g: 'GRM',
  kg: 'KGM',
  rpm: 'RPM',
  'mm/s': 'C16',
};

function unitOf(opcua: Opcua, unit: string): ReturnType<Opcua['makeEUInformation']> {
  const code = uneceCodes[unit];
  const information = opcua.makeEUInformation(code ?? 'C62', unit, unit);
  if (code === undefined) information.unitId = -1;
  return information;
}

/** Everything the plant shows as nodes `Line3.Filler.<Tag>`, `Utilities.<Utility>.<Tag>` and `Systems.<System>.Connected`. */
export function buildNodes(opcua: Opcua, namespace: Namespace, world: World): AddressSpaceOfPlant {
  const objects = namespace.addressSpace.rootFolder.objects;
  const folders = new Map<string, UAObject>();
  const machines = new Map<string, UAObject>();
  const tags: Tag[] = [];

  const add = (
    parent: UAObject,
    stem: string,
    name: string,
    type: Tag['type'],
    read: Tag['read'],
    since: Tag['since'],
    spec?: SignalSpec,
  ): void => {
    const plain = {
      componentOf: parent,
      browseName: name,
      nodeId: `s=${stem}.${name}`,
      dataType: type,
      minimumSamplingInterval: 0,
    };
    const range =
      spec?.unit && spec.low !== undefined && spec.high !== undefined
        ? { low: spec.low, high: spec.high }
        : null;
    const variable = range
      ? namespace.addAnalogDataItem({
          ...plain,
          engineeringUnits: unitOf(opcua, spec?.unit ?? ''),
          engineeringUnitsRange: range,
        })
      : namespace.addVariable(plain);
    tags.push({ variable, type, read, since, last: undefined });
  };
  /** The object for a dotted stem, with the folders above it. */
  const objectFor = (stem: string, eventSource: boolean): UAObject => {
    const [folder = stem, ...rest] = stem.split('.');
    let parent = folders.get(folder);
    if (!parent) {
      parent = namespace.addObject({ organizedBy: objects, browseName: folder, nodeId: `s=${folder}` });
      folders.set(folder, parent);
    }
    return namespace.addObject({
      componentOf: parent,
      browseName: rest.join('.'),
      nodeId: `s=${stem}`,
      ...(eventSource ? { eventSourceOf: objects.server } : {}),
    });
  };
  const addSignals = (
    parent: UAObject,
    stem: string,
    specs: readonly SignalSpec[],
    view: () => Readonly<Record<string, number>> | undefined,
  ): void => {
    for (const spec of specs) {
      const counts = spec.name.endsWith('_count');
      const read = (): number | null => {
        const value = view()?.[spec.name];
        return value === undefined || !Number.isFinite(value) ? null : counts ? Math.round(value) : value;
      };
      add(parent, stem, pascalCase(spec.name), counts ? 'UInt32' : 'Double', read, () => undefined, spec);
    }
  };

  for (const { id, node, specs } of world.machines.values()) {
    const parent = objectFor(node, true);
    machines.set(id, parent);
    const view = () => world.machines.get(id);
    const since = () => view()?.since;
    /** A controller that nobody reaches shows no state; its neighbours' tags go on. */
    const unlessUnknown = (value: Value | undefined): Value | null =>
      value === undefined || view()?.state === 'Unknown' ? null : value;
    add(parent, node, 'State', 'String', () => unlessUnknown(view()?.state), since);
    add(parent, node, 'Blocked', 'Boolean', () => unlessUnknown(view()?.blocked), since);
    add(parent, node, 'Starved', 'Boolean', () => unlessUnknown(view()?.starved), since);
    add(parent, node, 'Mode', 'String', () => unlessUnknown(view()?.mode), since);
    addSignals(parent, node, specs, () => view()?.values);
  }
  for (const { id, node, specs } of world.utilities.values())
    addSignals(objectFor(node, false), node, specs, () => world.utilities.get(id)?.values);
  for (const { id, node } of world.systems.values())
    add(
      objectFor(node, false),
      node,
      'Connected',
      'Boolean',
      () => world.systems.get(id)?.connected ?? null,
      () => world.systems.get(id)?.since,
    );

  const push = (): void => {
    const now = world.now();
    for (const tag of tags) {
      const value = tag.read();
      if (Object.is(value, tag.last)) continue;
      const at = new Date(Math.min(tag.since() ?? now, now));
      const dataType = opcua.DataType[tag.type];
      if (value === null)
        // A server keeps showing what it last knew, and says that it is not to be used.
        tag.variable.setValueFromSource(
          { dataType, value: tag.last ?? (tag.type === 'String' ? '' : tag.type === 'Boolean' ? false : 0) },
          opcua.StatusCodes.BadNoCommunication,
          at,
        );
      else tag.variable.setValueFromSource({ dataType, value }, opcua.StatusCodes.Good, at);
      tag.last = value;
    }
  };
  push();
  return {
    machines,
    states: tags
      .filter(({ type }) => type === 'String' || type === 'Boolean')
      .map(({ variable }) => variable),
    push,
  };
}
