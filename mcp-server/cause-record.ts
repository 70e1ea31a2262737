import type { McpServer, ResourceTemplate } from '@modelcontextprotocol/server';
import { causeRecordOfStop } from '../memory/cause-record.ts';
import { AndonError } from '../plant/errors.ts';
import { completenessOf } from './completeness.ts';
import type { ToolContext } from './tool.ts';

/** The cause record of a stop, in words and as kept. Throws `not_found`. */
async function causeRecord(context: ToolContext, stop: string) {
  const { pool, plant, now, health, say } = context;
  const found = await causeRecordOfStop(pool, plant, stop, { now, health });
  if (!found)
    throw new AndonError(
      'not_found',
      `There is no stop "${stop.slice(0, 60)}" whose records are kept.`,
      'Take the id of the stop from explain_stop or list_stops.',
    );
  const { status, whys, entries } = say.sayCauseRecord(found, plant, { now });
  return {
    first_line: status,
    whys,
    entries,
    record: found.record,
    evidence: found.evidence,
    completeness: completenessOf(context),
  };
}

/** Resource: why a stop was, in the 8D form. A proposal until a person confirms it on the page or in chat. */
export function addCauseRecord(
  server: McpServer,
  Template: typeof ResourceTemplate,
  context: () => ToolContext,
): void {
  server.registerResource(
    'cause-record',
    new Template('andon://stops/{stop}/cause-record', { list: undefined }),
    {
      title: 'Cause record of a stop',
      description:
        'Five whys with their evidence, problem, order, units lost, containment, choice and outcome (8D). "stop": the id that explain_stop and list_stops return. "first_line" says whether a person confirmed it: a proposal is no fact. A why without evidence stays null.',
      mimeType: 'application/json',
    },
    async (uri, variables) => {
      const stop = decodeURIComponent(String(variables.stop ?? ''));
      const text = JSON.stringify(await causeRecord(context(), stop));
      return { contents: [{ uri: uri.href, mimeType: 'application/json', text }] };
    },
  );
}
