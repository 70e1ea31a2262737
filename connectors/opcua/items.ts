import { AndonError } from '../../plant/errors.ts';
import type { OpcuaOptions, Template } from './options.ts';

export type Role = 'state' | 'blocked' | 'starved' | 'mode' | 'signal' | 'system';

/** One node that is watched, and what it tells about which equipment. `node` as in the YAML, `{root}` filled in. */
export type Item = {
  /** Unique: equipment, role and signal. */
  key: string;
  equipment: string;
  role: Role;
  signal: string;
  node: string;
};

export type Plan = {
  items: Item[];
  /** Equipment whose signals are found by browsing below its root. */
  discover: { equipment: string; root: string }[];
  /** Equipment by the node of its object: whose alarm is it? */
  roots: { equipment: string; root: string }[];
  templates: ReadonlyMap<string, Template>;
};

export const itemOf = (equipment: string, role: Role, signal: string, node: string): Item => ({
  key: `${equipment}/${role}/${signal}`,
  equipment,
  role,
  signal,
  node,
});

/** Everything the options ask for, before the server was seen. */
export function planItems(options: OpcuaOptions): Plan {
  const templates = new Map<string, Template>();
  const plan: Plan = { items: [], discover: [], roots: [], templates };
  for (const { equipment, root, template: name } of [...options.machines, ...options.utilities]) {
    const template = options.templates[name];
    if (!template) continue; // the schema has refused it before
    templates.set(equipment, template);
    plan.roots.push({ equipment, root });
    const filled = (node: string) => node.replaceAll('{root}', root);
    for (const role of ['state', 'blocked', 'starved', 'mode'] as const)
      if (template[role]) plan.items.push(itemOf(equipment, role, '', filled(template[role])));
    if (template.signals === 'all') plan.discover.push({ equipment, root });
    else
      for (const [signal, node] of Object.entries(template.signals))
        plan.items.push(itemOf(equipment, 'signal', signal, filled(node)));
  }
  for (const { equipment, node } of options.systems) plan.items.push(itemOf(equipment, 'system', '', node));
  return plan;
}

/** `SetSpeed` -> `set_speed`, `pH Value` -> `p_h_value`; null where nothing usable is left. */
export function snakeCase(name: string): string | null {
  const snake = name
    .replace(/([a-z0-9])([A-Z])/g, '$1_$2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1_$2')
    .replace(/[^A-Za-z0-9]+/g, '_')
    .replace(/^_+|_+$/g, '')
    .toLowerCase();
  return snake || null;
}

/**
 * The node id on this connection. Indexes are looked up by URI each time: they shift when a server restarts
 * with other namespaces.
 */
export function nodeIdText(node: string, uri: string, namespaces: readonly string[]): string {
  if (node.startsWith('ns=0;')) return node;
  const named = /^nsu=([^;]+);(.+)$/.exec(node);
  const [inUri, identifier] = named?.[1] && named[2] ? [named[1], named[2]] : [uri, node];
  const index = namespaces.indexOf(inUri);
  if (index < 0)
    throw new AndonError(
      'bad_upstream',
      `The OPC UA server has no namespace ${inUri}.`,
      `It has: ${namespaces.slice(1, 12).join(', ') || 'none of its own'}. Correct \`namespace\` in the YAML.`,
    );
  return `ns=${index};${/^[isgb]=/.test(identifier) ? identifier : `s=${identifier}`}`;
}
