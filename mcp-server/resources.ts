import type { McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import type { Line, Plant } from '../plant/equipment.ts';
import { portalsOf, resolveLine } from '../plant/names.ts';
import type { Structured } from './result.ts';

const json = 'application/json';
const stateUri = (line: string): string => `andon://lines/${line}/state`;

const lineTree = (line: Line) => ({
  id: line.id,
  name: line.name,
  aliases: line.aliases,
  area: line.area ?? null,
  rate: line.rate ?? null,
  machines: line.machines.map((machine) => ({
    id: machine.id,
    name: machine.name,
    class: machine.class,
    aliases: machine.aliases,
    signals: machine.signals.map(({ name, unit }) => ({ name, unit })),
  })),
  flow: line.flow.map(({ from, to, capacity }) => ({ from, to, capacity })),
  portals: portalsOf(line).map(({ id, kind, name }) => ({ id, kind, name })),
});

/** The plant as a tree, ids and names as the tools use them. */
const equipmentTree = (plant: Plant) => ({
  id: plant.id,
  name: plant.name,
  timezone: plant.timezone,
  shifts: plant.shifts,
  lines: plant.lines.map(lineTree),
  utilities: plant.utilities.map(({ id, name, kind, serves }) => ({ id, name, kind, serves })),
  systems: plant.systems.map(({ id, name, serves }) => ({ id, name, serves })),
});

/** Line ids that begin like `typed`, or whose name or alias holds it. */
export function completeLine(plant: Plant, typed: string): string[] {
  const asked = typed.toLowerCase();
  return plant.lines
    .filter((line) =>
      [line.id, line.name, ...line.aliases].some((word) => word.toLowerCase().includes(asked)),
    )
    .map(({ id }) => id);
}

/** Resources: the equipment tree, and each line's state as it is at the time of reading. */
export function addResources(
  server: McpServer,
  Template: typeof ResourceTemplate,
  plant: Plant,
  stateOf: (line: string) => Promise<Structured>,
): void {
  server.registerResource(
    'equipment',
    'andon://equipment',
    {
      title: 'Equipment of the plant',
      description: 'Lines, machines, flow, signals, utilities and IT systems, with the ids the tools return.',
      mimeType: json,
    },
    (uri) => ({ contents: [{ uri: uri.href, mimeType: json, text: JSON.stringify(equipmentTree(plant)) }] }),
  );
  server.registerResource(
    'line-state',
    new Template('andon://lines/{line}/state', {
      list: () => ({
        resources: plant.lines.map((line) => ({
          uri: stateUri(line.id),
          name: `${line.id}-state`,
          title: `${line.name} now`,
          mimeType: json,
        })),
      }),
      complete: { line: (typed) => completeLine(plant, typed) },
    }),
    {
      title: 'A line now',
      description: 'State of a line and its machines, its order, active alarms.',
      mimeType: json,
    },
    async (uri, variables) => {
      const line = resolveLine(plant, String(variables.line ?? ''));
      return { contents: [{ uri: uri.href, mimeType: json, text: JSON.stringify(await stateOf(line.id)) }] };
    },
  );
}
