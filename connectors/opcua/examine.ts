import { AndonError } from '../../plant/errors.ts';
import type { Finding, SourceContext } from '../../plant/source.ts';
import { localWhen } from '../../plant/say/local-time.ts';
import type { Millis } from '../../plant/time.ts';
import { failure, ok } from '../source/findings.ts';
import { connect, inChunks, type Connection } from './connect.ts';
import type { BadNode } from './discover.ts';
import { planItems, type Plan } from './items.ts';
import { clockOffset, isGood, resolveItems, type LiveItem } from './live.ts';
import type { OpcuaOptions } from './options.ts';
import { stateOf, wordOf } from './words.ts';

/** A clock that is off by more puts stops before their causes. */
const tolerableOffsetMs = 2000;

/** What the doctor asks, over a connection of its own. Never throws. */
export async function examine(
  options: OpcuaOptions,
  context: SourceContext,
  signal: AbortSignal,
): Promise<Finding[]> {
  const findings: Finding[] = [];
  let connection: Connection | null = null;
  try {
    connection = await connect(options, context.folder);
    signal.throwIfAborted();
    findings.push(ok('reachable', `${options.endpoint} answers.`));
    findings.push(certificate(options));
    findings.push(ok('rights', options.user ? `Signed in as ${options.user}.` : 'Signed in without a user.'));
    findings.push(clockFinding(await clockOffset(connection, context.clock)));
    const plan = planItems(options);
    const { items, bad } = await resolveItems(connection, options, plan);
    findings.push(ok('namespace', `The server has ${options.namespace}.`));
    findings.push(...(await nodeFindings(connection, items, bad, plan, context)));
    findings.push(...equipmentFindings(options, context));
  } catch (error) {
    findings.push(failure(checkOf(error, connection), error));
  } finally {
    await connection?.close();
  }
  return findings;
}

function checkOf(error: unknown, connection: Connection | null): string {
  if (connection) return 'namespace';
  const code = error instanceof AndonError ? error.code : null;
  return code === 'unauthorised' ? 'rights' : code === 'bad_upstream' ? 'certificate' : 'reachable';
}

function certificate(options: OpcuaOptions): Finding {
  if (options.trustAny)
    return {
      check: 'certificate',
      state: 'warn',
      text: 'Any server certificate is accepted (trustAny).',
      next: 'For a real plant remove `trustAny` and trust the certificate of the server.',
    };
  return ok(
    'certificate',
    options.security === 'none'
      ? 'No security, so no certificate.'
      : 'The certificate of the server is trusted.',
  );
}

function clockFinding(offsetMs: number | null): Finding {
  if (offsetMs === null)
    return { check: 'clock', state: 'warn', text: 'The server does not tell its time.', next: '' };
  const text = `The clock of the server is ${Math.abs(offsetMs)} ms ${offsetMs < 0 ? 'behind' : 'ahead of'} ours.`;
  return Math.abs(offsetMs) <= tolerableOffsetMs
    ? ok('clock', text)
    : { check: 'clock', state: 'warn', text, next: 'Synchronise both with the same NTP server.' };
}

async function nodeFindings(
  connection: Connection,
  items: readonly LiveItem[],
  refused: readonly BadNode[],
  plan: Plan,
  { plant, clock }: SourceContext,
): Promise<Finding[]> {
  const { bad, unmapped, newest } = await readNodes(connection, items, plan);
  const unreadable = [...refused.map(({ node, status }) => `${node} (${status})`), ...bad];
  return [
    unreadable.length === 0
      ? ok('nodes', `All ${items.length} nodes can be read.`)
      : {
          check: 'nodes',
          state: 'fail',
          text: `${unreadable.length} of ${items.length} nodes cannot be read: ${firstTen(unreadable)}.`,
          next: 'Correct their names in the YAML, or ask for the right to read them.',
        },
    unmapped.length === 0
      ? ok('states', 'Every state has a meaning.')
      : {
          check: 'states',
          state: 'warn',
          text: `States without a meaning: ${firstTen(unmapped)}.`,
          next: 'Add them under `states` of the template.',
        },
    newest === null
      ? { check: 'last record', state: 'warn', text: 'No node has a value yet.', next: '' }
      : ok('last record', `The newest value is of ${localWhen(newest, plant.timezone, clock())}.`),
  ];
}

const firstTen = (all: readonly string[]): string =>
  all.slice(0, 10).join(', ') + (all.length > 10 ? ` and ${all.length - 10} more` : '');

/** Reads every node once: those that cannot be read, states without a meaning, and the newest source time. */
async function readNodes(
  { opcua, session, limits }: Connection,
  items: readonly LiveItem[],
  plan: Plan,
): Promise<{ bad: string[]; unmapped: string[]; newest: Millis | null }> {
  const values = await inChunks(items, limits.read, (part) =>
    session.read(part.map(({ nodeId }) => ({ nodeId, attributeId: opcua.AttributeIds.Value }))),
  );
  const bad: string[] = [];
  const unmapped: string[] = [];
  let newest: Millis | null = null;
  for (const [index, { item, nodeId }] of items.entries()) {
    const value = values[index];
    if (!value || !isGood(value.statusCode)) {
      bad.push(`${nodeId} (${value?.statusCode.name ?? 'no answer'})`);
      continue;
    }
    newest = Math.max(newest ?? 0, value.sourceTimestamp?.getTime() ?? 0) || newest;
    const word = item.role === 'state' ? wordOf(value.value.value) : null;
    if (word !== null && !stateOf(word, plan.templates.get(item.equipment)).known)
      unmapped.push(`${item.equipment}: ${word}`);
  }
  return { bad, unmapped, newest };
}

/** Equipment of the YAML's plant without a node, and nodes of equipment the plant does not have. */
function equipmentFindings(options: OpcuaOptions, { plant }: SourceContext): Finding[] {
  const machines = plant.lines.flatMap((line) => line.machines);
  const known = new Set([
    ...machines.map(({ id }) => id),
    ...plant.lines.map(({ id }) => id),
    ...plant.utilities.map(({ id }) => id),
    ...plant.systems.map(({ id }) => id),
  ]);
  const given = [...options.machines, ...options.utilities, ...options.systems].map(
    ({ equipment }) => equipment,
  );
  const strangers = given.filter((id) => !known.has(id));
  const missing = machines
    .filter(({ id, connected }) => connected && !given.includes(id))
    .map(({ id }) => id);
  const findings: Finding[] = [];
  if (strangers.length > 0)
    findings.push({
      check: 'equipment',
      state: 'fail',
      text: `The plant has no ${strangers.join(', ')}.`,
      next: 'Correct the ids in the YAML.',
    });
  if (missing.length > 0)
    findings.push({
      check: 'equipment',
      state: 'warn',
      text: `No nodes for ${missing.join(', ')}.`,
      next: 'Add them under `machines`, or say `connected: false` in the plant.',
    });
  if (findings.length === 0) findings.push(ok('equipment', 'Every machine of the plant has its nodes.'));
  return findings;
}
