import type { BrowseResult, ReferenceDescription } from 'node-opcua';
import { inChunks, type Connection } from './connect.ts';
import { itemOf, nodeIdText, snakeCase, type Item } from './items.ts';

/** Built-in types SByte to Double, the abstract numbers, and Duration (a Double of milliseconds). */
const numericTypes = new Set([2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 26, 27, 28, 290]);
const hasProperty = 46;
const hierarchical = 'i=33';

export type BadNode = { equipment: string; node: string; status: string };

async function variablesBelow(connection: Connection, roots: string[]): Promise<BrowseResult[]> {
  const { opcua, session, limits } = connection;
  const results = await inChunks(roots, limits.browse, (part) =>
    session.browse(
      part.map((nodeId) => ({
        nodeId,
        browseDirection: opcua.BrowseDirection.Forward,
        referenceTypeId: hierarchical,
        includeSubtypes: true,
        nodeClassMask: opcua.NodeClass.Variable,
        resultMask: 63,
      })),
    ),
  );
  for (const result of results) {
    let point = result.continuationPoint;
    while (point && point.length > 0) {
      const more = await session.browseNext(point, false);
      result.references = [...(result.references ?? []), ...(more.references ?? [])];
      point = more.continuationPoint;
    }
  }
  return results;
}

/**
 * The numeric Variables directly below each root, but for those already in `known` and properties such as a
 * range or a unit. Signals are named by browse name in snake_case.
 */
export async function discoverSignals(
  connection: Connection,
  uri: string,
  roots: readonly { equipment: string; root: string }[],
  known: ReadonlySet<string>,
): Promise<{ items: Item[]; bad: BadNode[] }> {
  const { opcua, session, namespaces, limits } = connection;
  const bad: BadNode[] = [];
  const found: { equipment: string; reference: ReferenceDescription }[] = [];
  const results = await variablesBelow(
    connection,
    roots.map(({ root }) => nodeIdText(root, uri, namespaces)),
  );
  for (const [index, { equipment, root }] of roots.entries()) {
    const result = results[index];
    if (!result || result.statusCode.value !== 0)
      bad.push({ equipment, node: root, status: result?.statusCode.name ?? 'no answer' });
    for (const reference of result?.references ?? [])
      if (reference.referenceTypeId.value !== hasProperty && !known.has(reference.nodeId.toString()))
        found.push({ equipment, reference });
  }
  const types = await inChunks(found, limits.read, (part) =>
    session.read(
      part.map(({ reference }) => ({ nodeId: reference.nodeId, attributeId: opcua.AttributeIds.DataType })),
    ),
  );
  const items = found.flatMap(({ equipment, reference }, index) => {
    const type = types[index]?.value.value as { namespace?: number; value?: number } | null | undefined;
    const name = snakeCase(reference.browseName.name ?? '');
    if (!name || type?.namespace !== 0 || !numericTypes.has(type.value ?? 0)) return [];
    // Only for this connection: the index is right until the next rebuild, which discovers anew.
    return [itemOf(equipment, 'signal', name, reference.nodeId.toString())];
  });
  return { items, bad };
}
