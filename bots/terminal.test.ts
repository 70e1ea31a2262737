import { expect, test } from 'vitest';
import terminal from './terminal.ts';
import { openTestContext } from './testing/context.ts';
import { alertOf, now } from './testing/messages.ts';

test('an alert is printed when it comes, when its answer changes and when it ends, whatever else changes', async () => {
  const context = await openTestContext({ people: [], now });
  try {
    const surface = await terminal.open({}, context);
    const first = alertOf({});
    const because = 'Line 3 stands since 13:02: a lost connection at the capper.';
    const versions = [
      first,
      alertOf({ version: 2, text: 'The drive of the capper tripped.\n- The packer starved.' }),
      alertOf({ version: 3, state: 'acknowledged' }),
      alertOf({ version: 4, firstLine: because }),
      alertOf({ version: 5, firstLine: because, state: 'resolved', endedAt: '2026-11-20T12:13:00Z' }),
    ];
    for (const version of versions) await surface.tell(version, 'here');
    expect(context.logged.map((words) => words.split('\n')[0])).toEqual([
      `[alert] ${first.firstLine}`,
      `[alert] ${because}`,
      `[over] ${because}`,
    ]);
  } finally {
    await context.close();
  }
});
