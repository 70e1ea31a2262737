import { expect, test } from 'vitest';
import { openTestContext } from '../testing/context.ts';
import { decisionMessage } from '../../plant/message.ts';
import { press } from './press.ts';
import type { Say } from './say.ts';

const mia = { id: 'mia', name: 'Mia', role: 'supervisor' as const, lines: [], slack: 'U1' };

test('what a draft says is kept until it is decided', async () => {
  const context = await openTestContext({ people: [mia], now: 0 });
  const said: string[] = [];
  const say = { replace: async ({ key }: { key: string }) => void said.push(key) } as unknown as Say;
  const container = { channel_id: 'C1', message_ts: '1.1' };
  const pressing = async (action_id: string, status: 'proposed' | 'confirmed') => {
    const card = { kind: 'decision', key: status, firstLine: 'x', decision: 'd-1', status };
    context.onPress = async () => decisionMessage.parse({ ...card, facts: [] });
    const actions = [{ action_id, value: 'd-1' }];
    await press({ context, say }, { trigger_id: 't', user: { id: 'U1' }, container, actions });
    return context.kept.get('draft/d-1') ?? null;
  };
  expect(await pressing('reject_decision', 'proposed')).toMatchObject({ status: 'proposed' });
  expect(await pressing('confirm_decision', 'confirmed')).toBe(null);
  expect([said, context.logged]).toEqual([['proposed', 'confirmed'], []]);
  await context.close();
});
