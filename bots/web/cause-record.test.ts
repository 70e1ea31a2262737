/** The cause record of a stop over the page's own route, without a browser. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { OpenSurface } from '../../plant/surface.ts';
import { openTestContext, type TestContext } from '../testing/context.ts';
import web from './index.ts';

let context: TestContext;
let surface: OpenSurface;
beforeAll(async () => {
  context = await openTestContext({ people: [], now: Date.parse('2026-11-20T13:45:00Z') });
  surface = await web.open({}, context);
});
afterAll(async () => {
  await surface.close();
  await context.close();
});

test('where the line ran, or nothing is kept, it says no more than that there is no stop', async () => {
  const answer = await fetch(`${context.http.url}/api/cause-record?stop=line-3@2026-11-20T07:00:00Z`);
  expect(answer.status).toBe(404);
  expect(await answer.json()).toEqual({
    error: {
      code: 'not_found',
      message: 'There is no stop then whose records are kept.',
      next: 'Ask which stops there were.',
    },
  });
});
