import { HumanMessage, ToolMessage } from '@langchain/core/messages';
import { expect, test } from 'vitest';
import { OfflineChatModel } from './chat-model.ts';
import { understand } from './en.ts';
import { examplePlant as plant } from './plant.example.ts';

test('what the agent says of a wrong call is not for people', async () => {
  const now = Date.parse('2026-11-20T14:10:00Z');
  const question = 'why did line 3 stop?';
  const understood = understand(question, { plant, now, context: null });
  const asked = { understood, plant, now, role: null };
  const wrong = 'Error invoking tool "explain_stop": schema, at call (file:///srv/andon/tools/index.js:120)';
  const said = await new OfflineChatModel().invoke([
    new HumanMessage({ content: question, additional_kwargs: { asked } }),
    new ToolMessage({ content: wrong, tool_call_id: 'call-1', name: 'explain_stop', status: 'error' }),
  ]);
  expect(said.text).toBe('I could not look that up as it was asked. Name the line or the machine.');
});
