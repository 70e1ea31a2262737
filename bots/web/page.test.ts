/** The page in a browser: the chain as a picture, the causes with their records, and a cause that is corrected. */
import { mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { confirmedCauses } from '../../memory/causes.ts';
import type { Person } from '../../plant/person.ts';
import { hasBrowser, look, openBrowser } from '../testing/browser.ts';
import { at, before, trips } from '../testing/story.ts';
import { openWorld, type World } from '../testing/world.ts';
import web from './index.ts';

const sam: Person = { id: 'sam', name: 'Sam', role: 'supervisor', lines: [] };
/** Kept after the test, for people to look at. */
const pictures = join(tmpdir(), 'andon-page');

describe.skipIf(!hasBrowser)(
  'a diagnosis on the page (skipped without Chromium: apt-get install chromium)',
  () => {
    let world: World;
    let browser: Browser;
    let page: Page;
    const complaints: string[] = [];
    beforeAll(async () => {
      mkdirSync(pictures, { recursive: true });
      world = await openWorld({ people: [sam], start: at('14:30') });
      world.add(await web.open({}, world.contextFor('web')));
      for (const batch of before()) await world.record(batch);
      world.set(at('14:45'));
      await world.record(trips());
      await world.watch();
      ({ browser, page } = await openBrowser());
      page.on('console', (said) => {
        if (said.type() === 'error' || said.type() === 'warning') complaints.push(said.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      await look(page, world.http.url);
    });
    afterAll(async () => {
      await browser?.close();
      await world?.close();
    });
    const card = () => page.locator('#talk .answer').last();
    const ask = async (text: string) => {
      await page.locator('#question').fill(text);
      await page.locator('#question').press('Enter');
    };

    test('shows who waited for whom, to eyes and to screen readers', async () => {
      await ask('why did line 3 stop?');
      const chain = card().getByRole('img', { name: 'Line 3, stopped at 14:42' });
      await chain.waitFor();
      expect(await chain.locator('desc').textContent()).toContain('Capper: 14:40 began here.');
      expect(await chain.locator('.root').count()).toBe(1);
      expect(await chain.locator('.cause').count()).toBeGreaterThan(0);
    });

    test('shows each cause with its records, which open, and says nothing twice', async () => {
      const causes = card().locator('.causes .cause');
      expect(await causes.first().textContent()).toMatch(
        /^A tripped drive at the capper \(named as the cause\)/,
      );
      const text = (await card().textContent()) ?? '';
      // Once for the cause, once in the list of the evidence.
      expect(text.split('alarm "Drive overload" came').length - 1).toBe(2);
      expect(await causes.locator('li', { hasText: 'Drive overload' }).count()).toBe(1);
      expect(await card().locator('.evidence li', { hasText: 'Drive overload' }).count()).toBe(1);
      await causes.first().locator('.record').first().click();
      await page.locator('#record[open]').waitFor();
      await page.keyboard.press('Escape');
    });

    test.each([
      ['light', 1400, 1000],
      ['dark', 1400, 1000],
      ['light', 390, 844],
      ['dark', 390, 844],
    ] as const)('fits: %s, %i x %i', async (colorScheme, width, height) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await card().scrollIntoViewIfNeeded();
      await page.screenshot({
        path: join(pictures, `why-${colorScheme}-${width}.png`),
        fullPage: width < 500,
      });
      const wide = await page.evaluate<number>(
        'document.documentElement.scrollWidth - document.documentElement.clientWidth',
      );
      expect(wide).toBeLessThanOrEqual(0);
    });

    test('says a list of stops once: as a table, and on a phone as text', async () => {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1400, height: 1000 });
      const answers = await page.locator('#talk .answer').count();
      await ask('which stops did line 3 have today?');
      await page.locator('#talk .answer').nth(answers).waitFor();
      const table = card().locator('table');
      const item = card().locator('li', { hasText: '13:02 to 13:13' });
      expect([await table.isVisible(), await item.isVisible()]).toEqual([true, false]);
      expect(await table.locator('tr', { hasText: '14:42' }).textContent()).toContain('still standing');
      await page.setViewportSize({ width: 390, height: 844 });
      expect([await table.isVisible(), await item.isVisible()]).toEqual([false, true]);
      await page.setViewportSize({ width: 1400, height: 1000 });
    });

    test('names a line once, and why a machine waits in the words of the picture', async () => {
      const strip = page.locator('.strip[data-line=line-3]');
      expect(await strip.locator('.said').textContent()).toMatch(/^standing since 14:42/);
      expect(await strip.locator('li', { hasText: 'Filler' }).textContent()).toContain('cannot deliver');
      expect(await strip.locator('li', { hasText: 'Packer' }).textContent()).toContain('nothing comes');
    });

    test('draws the bars for a phone with letters that can be read', async () => {
      await page.setViewportSize({ width: 390, height: 844 });
      const shown = "document.querySelector('#talk .timeline').currentSrc";
      const sourceShown = () => page.evaluate<string>(shown);
      await expect.poll(sourceShown, { timeout: 20_000 }).toContain('narrow=1');
      const source = await sourceShown();
      const drawn = await page.request.get(source);
      expect([drawn.status(), drawn.headers()['content-type']]).toEqual([200, 'image/png']);
      await page.setViewportSize({ width: 1400, height: 1000 });
    });

    test('takes a correction in one’s own words; confirmed, the alert says it', async () => {
      await page.emulateMedia({ colorScheme: 'light' });
      await page.setViewportSize({ width: 1400, height: 1000 });
      const alert = page.locator('#alerts .alert').first();
      await alert.getByRole('button', { name: 'Wrong cause' }).click();
      const form = page.locator('#talk .correction').last();
      await form.waitFor();
      expect(await form.locator('h3').textContent()).toMatch(/^What was it/);
      await form.locator('textarea').fill('the labels ran out');
      await form.getByRole('button', { name: 'Take my words' }).click();
      await page.locator('#talk .correction h3', { hasText: 'You say: a consumable' }).waitFor();
      // The draft stands where the question stood.
      expect(await page.locator('#talk .correction').count()).toBe(1);
      await page.screenshot({ path: join(pictures, 'correction.png') });
      await page.locator('#talk .correction').getByRole('button', { name: 'Confirm' }).click();
      await page.locator('#talk .correction.confirmed').waitFor();
      await page.locator('#alerts .alert h3', { hasText: 'as the supervisor confirmed' }).waitFor();
      expect(await confirmedCauses(world.memory.pool, at('23:00'))).toMatchObject([
        { machine: 'line-3.labeller', cause: 'consumable_empty' },
      ]);
    });

    test('all that without a complaint', () => expect(complaints).toEqual([]));
  },
);
