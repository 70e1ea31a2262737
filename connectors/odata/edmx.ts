/** What a service promises in its `$metadata`: entity sets with their fields and types. */
export type Schema = ReadonlyMap<string, ReadonlyMap<string, string>>;

const attribute = (tag: string, name: string): string | null =>
  new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? null;
const afterDot = (name: string): string => name.slice(name.lastIndexOf('.') + 1);

/** Reads EDMX of OData v2 or v4. Entity set -> field -> `Edm.` type. No entity set at all: an empty map. */
export function readEdmx(xml: string): Schema {
  const types = new Map<string, { base: string | null; fields: Map<string, string> }>();
  for (const [, tag = '', body = ''] of xml.matchAll(
    /<(?:\w+:)?EntityType\b([^>]*?)(?:\/>|>([\s\S]*?)<\/(?:\w+:)?EntityType>)/g,
  )) {
    const fields = new Map<string, string>();
    for (const [property] of body.matchAll(/<(?:\w+:)?Property\b[^>]*>/g)) {
      const name = attribute(property, 'Name');
      if (name) fields.set(name, attribute(property, 'Type') ?? 'Edm.String');
    }
    types.set(attribute(tag, 'Name') ?? '', { base: attribute(tag, 'BaseType'), fields });
  }
  const fieldsOf = (name: string, depth = 0): Map<string, string> => {
    const type = types.get(afterDot(name));
    if (!type || depth > 8) return new Map();
    return new Map([...(type.base ? fieldsOf(type.base, depth + 1) : []), ...type.fields]);
  };
  const sets = new Map<string, Map<string, string>>();
  for (const [tag] of xml.matchAll(/<(?:\w+:)?EntitySet\b[^>]*>/g)) {
    const name = attribute(tag, 'Name');
    if (name) sets.set(name, fieldsOf(attribute(tag, 'EntityType') ?? ''));
  }
  return sets;
}
