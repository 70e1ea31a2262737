import type { Namespace, UAObject, UAVariable } from 'node-opcua';
import type { SignalSpec } from '../../plant/equipment.ts';
import type { Millis } from '../../plant/time.ts';
import { pascalCase } from '../names.ts';
import type { MachineView, World } from '../world.ts';

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

/** The address space while it is built: its folders by name, and every tag. */
type Building = { opcua: Opcua; namespace: Namespace; folders: Map<string, UAObject>; tags: Tag[] };
/** An object and its node id without `s=`. */
type Parent = { object: UAObject; stem: string };

/** Everything the plant shows as nodes `Line3.Filler.<Tag>`, `Utilities.<Utility>.<Tag>` and `Systems.<System>.Connected`. */
export function buildNodes(opcua: Opcua, namespace: Namespace, world: World): AddressSpaceOfPlant {
  const building: Building = { opcua, namespace, folders: new Map(), tags: [] };
  const machines = new Map<string, UAObject>();
  for (const machine of world.machines.values())
    machines.set(machine.id, addMachine(building, world, machine));
  for (const { id, node, specs } of world.utilities.values())
    addSignals(building, addObject(building, node, false), specs, () => world.utilities.get(id)?.values);
  for (const { id, node } of world.systems.values())
    addTag(building, addObject(building, node, false), {
      name: 'Connected',
      type: 'Boolean',
      read: () => world.systems.get(id)?.connected ?? null,
      since: () => world.systems.get(id)?.since,
    });
  const { tags } = building;
  const push = () => pushChanges(opcua, tags, world.now());
  push();
  return {
    machines,
    states: tags
      .filter(({ type }) => type === 'String' || type === 'Boolean')
      .map(({ variable }) => variable),
    push,
  };
}

/** The object for a dotted stem, with the folder above it. */
function addObject({ namespace, folders }: Building, stem: string, eventSource: boolean): Parent {
  const { objects } = namespace.addressSpace.rootFolder;
  const [name = stem, ...rest] = stem.split('.');
  let folder = folders.get(name);
  if (!folder) {
    folder = namespace.addObject({ organizedBy: objects, browseName: name, nodeId: `s=${name}` });
    folders.set(name, folder);
  }
  const object = namespace.addObject({
    componentOf: folder,
    browseName: rest.join('.'),
    nodeId: `s=${stem}`,
    ...(eventSource ? { eventSourceOf: objects.server } : {}),
  });
  return { object, stem };
}

function addTag(
  { opcua, namespace, tags }: Building,
  { object, stem }: Parent,
  of: Pick<Tag, 'type' | 'read' | 'since'> & { name: string; spec?: SignalSpec },
): void {
  const { name, spec, ...tag } = of;
  const plain = {
    componentOf: object,
    browseName: name,
    nodeId: `s=${stem}.${name}`,
    dataType: tag.type,
    minimumSamplingInterval: 0,
  };
  const { unit = '', low, high } = spec ?? {};
  const variable =
    unit !== '' && low !== undefined && high !== undefined
      ? namespace.addAnalogDataItem({
          ...plain,
          engineeringUnits: unitOf(opcua, unit),
          engineeringUnitsRange: { low, high },
        })
      : namespace.addVariable(plain);
  tags.push({ ...tag, variable, last: undefined });
}

function addMachine(building: Building, world: World, { id, node, specs }: MachineView): UAObject {
  const parent = addObject(building, node, true);
  const view = () => world.machines.get(id);
  const since = () => view()?.since;
  /** A controller that nobody reaches shows no state; its neighbours' tags go on. */
  const unlessUnknown = (value: Value | undefined): Value | null =>
    value === undefined || view()?.state === 'Unknown' ? null : value;
  const add = (name: string, type: Tag['type'], read: () => Value | undefined) =>
    addTag(building, parent, { name, type, read: () => unlessUnknown(read()), since });
  add('State', 'String', () => view()?.state);
  add('Blocked', 'Boolean', () => view()?.blocked);
  add('Starved', 'Boolean', () => view()?.starved);
  add('Mode', 'String', () => view()?.mode);
  addSignals(building, parent, specs, () => view()?.values);
  return parent.object;
}

function addSignals(
  building: Building,
  parent: Parent,
  specs: readonly SignalSpec[],
  view: () => Readonly<Record<string, number>> | undefined,
): void {
  for (const spec of specs) {
    const counts = spec.name.endsWith('_count');
    const read = (): number | null => {
      const value = view()?.[spec.name];
      return value === undefined || !Number.isFinite(value) ? null : counts ? Math.round(value) : value;
    };
    const type = counts ? 'UInt32' : 'Double';
    addTag(building, parent, { name: pascalCase(spec.name), type, read, since: () => undefined, spec });
  }
}

function pushChanges(opcua: Opcua, tags: readonly Tag[], now: Millis): void {
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
}
