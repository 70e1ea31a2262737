/** The page as people use it: in a browser, with mouse and keyboard, while a line stands. */
import { appendFileSync, existsSync, mkdirSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { startStandingPlant, type TestPlant } from './start-plant.ts';
import {
  preparedData,
  removeFolder,
  shortLife,
  startProduct,
  temporaryFolder,
  until,
  type Product,
} from './start-product.ts';

const browserPath = '/usr/bin/chromium';
const present = existsSync(browserPath);

const folder = temporaryFolder('page');
/** Kept after the test, for people to look at. */
const pictures = join(tmpdir(), 'andon-page');
const markup = '<img src=x onerror="alert(1)"><b>bold</b>';
let plant: TestPlant;
let product: Product;
let browser: Browser;
let page: Page;
const complaints: string[] = [];

describe.skipIf(!present)(
  'the page in Chromium (skipped where it is missing: apt-get install chromium)',
  () => {
    beforeAll(async () => {
      mkdirSync(pictures, { recursive: true });
      plant = await startStandingPlant(folder);
      appendFileSync(
        plant.simulator.addresses.notes,
        `N-1,${new Date().toISOString()},line-3,,operator,"${`${markup} quality put the batch on hold`.replaceAll('"', '""')}"\n`,
      );
      product = await startProduct({
        config: plant.config,
        data: await preparedData(folder),
        env: plant.env,
        flags: shortLife,
      });
      browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
      page = await browser.newPage({ viewport: { width: 1400, height: 900 } });
      page.setDefaultTimeout(120_000);
      page.on('console', (said) => {
        if (said.type() === 'error' || said.type() === 'warning') complaints.push(said.text());
      });
      page.on('pageerror', (error) => complaints.push(error.message));
      page.on('dialog', (dialog) => {
        complaints.push(`a dialog: ${dialog.message()}`);
        void dialog.dismiss();
      });
      page.on('requestfailed', (failed) => {
        if (!failed.url().endsWith('/api/events'))
          complaints.push(`${failed.url()}: ${failed.failure()?.errorText}`);
      });
      page.on('request', (sent) => {
        if (!sent.url().startsWith(product.url) && !sent.url().startsWith('data:'))
          complaints.push(`asks ${sent.url()}`);
      });
      await page.goto(product.url);
      await page.waitForSelector('body[data-ready=true]');
    });
    afterAll(async () => {
      await browser?.close();
      await product?.stop('SIGKILL');
      await plant?.simulator.close();
      removeFolder(folder);
    });

    const talk = () => page.locator('#talk');
    const lastCard = () => talk().locator('.card').last();
    /** The one alert that is open. */
    let key = '';
    const alert = () => page.locator(`#alerts .alert[data-key="${key}"]`);
    const open = "[...document.querySelectorAll('#alerts .alert.open')]";

    test('shows a strip for every line, its machines, and who one is', async () => {
      await until(
        'the strips',
        () => page.locator('#lines .strip').count(),
        (seen) => seen === 4,
      );
      expect(await page.locator('#lines .strip .name').allTextContents()).toEqual([
        'Line 1',
        'Line 2',
        'Line 3',
        'Line 4',
      ]);
      await until(
        'machines that run',
        () => page.locator('.strip[data-line=line-1] .machines li.runs').count(),
        (seen) => seen === 7,
      );
      expect(await page.locator('#person').inputValue()).toBe('sam');
      await until(
        'the sources',
        () => page.locator('#sources').textContent(),
        (seen) => /All systems answer/.test(seen ?? ''),
      );
    });

    test('shows the alert by itself, with what could be done', async () => {
      // While the first states of the machines come in, one stop can look like two.
      const [told] = await until(
        'the alert with its cause',
        () =>
          page.evaluate<{ key: string; says: string }[]>(
            `${open}.map((one) => ({ key: one.dataset.key, says: one.textContent }))`,
          ),
        ([one, ...more]) =>
          more.length === 0 && /Line 3 stopped at \d\d:\d\d.*(because|hold)/.test(one?.says ?? ''),
      );
      key = told?.key ?? '';
      expect(await alert().locator('button').allTextContents()).toEqual(expect.arrayContaining(['Take it']));
      await until(
        'the strip to say so too',
        () => page.locator('.strip[data-line=line-3]').getAttribute('class'),
        (seen) => /\bstands\b/.test(seen ?? ''),
      );
    });

    test('answers a question typed on the keyboard alone, with a picture of the line', async () => {
      // One may tab from the top of the page to the question.
      await page.locator('body').press('Tab');
      const focused = () => page.evaluate<string>('document.activeElement.id');
      for (let n = 0; n < 60 && (await focused()) !== 'question'; n += 1) await page.keyboard.press('Tab');
      await page.keyboard.type('Why did line 3 stop?');
      await page.keyboard.press('Enter');
      await talk().locator('.answer').first().waitFor();
      expect(await lastCard().locator('h3').textContent()).toMatch(/^Line 3 stopped at \d\d:\d\d/);
      const picture = lastCard().locator('img.timeline');
      await until(
        'the picture',
        () => page.evaluate<number>("[...document.querySelectorAll('img.timeline')].at(-1).naturalWidth"),
        (seen) => seen > 0,
      );
      expect(await picture.getAttribute('alt')).toMatch(/machine/);
    });

    test('keeps what one looks at: the strips and alerts are drawn anew under the hand', async () => {
      await alert().locator('summary').focus();
      await page.keyboard.press('Enter');
      await alert().evaluate((drawn) => drawn.setAttribute('data-drawn', 'before'));
      await until(
        'a new drawing',
        () => alert().getAttribute('data-drawn'),
        (seen) => seen === null,
      );
      expect(await alert().locator('details').getAttribute('open')).not.toBeNull();
      expect(await page.evaluate<string>('document.activeElement.tagName')).toBe('SUMMARY');
    });

    test('opens evidence to its record, and closes it with Escape', async () => {
      const evidence = lastCard().locator('.evidence');
      await evidence.locator('summary').focus();
      await page.keyboard.press('Enter');
      await evidence.locator('.record').first().focus();
      await page.keyboard.press('Enter');
      const dialog = page.locator('#record');
      await until(
        'the record',
        () => dialog.locator('pre').textContent(),
        (seen) => (seen ?? '').startsWith('{'),
      );
      const { record } = JSON.parse((await dialog.locator('pre').textContent()) ?? '') as {
        record: { source: string };
      };
      expect(['machines', 'mes', 'erp', 'notes']).toContain(record.source);
      await page.screenshot({ path: join(pictures, 'record.png') });
      await page.keyboard.press('Escape');
      expect(await dialog.isVisible()).toBe(false);
    });

    test('takes the alert, drafts what is suggested, and keeps it when confirmed', async () => {
      await alert().getByRole('button', { name: 'Take it' }).click();
      await until(
        'the owner',
        () => alert().textContent(),
        (seen) => /the supervisor took it/.test(seen ?? ''),
      );
      await alert()
        .locator('button.primary, button', { hasText: /^(Do this|Do:)/ })
        .first()
        .click();
      const draft = talk().locator('.decision.proposed').last();
      await draft.waitFor();
      await page.screenshot({ path: join(pictures, 'draft.png') });
      await draft.getByRole('button', { name: /Confirm/ }).click();
      const kept = talk().locator('.decision.confirmed').last();
      await kept.waitFor();
      expect(await kept.locator('h3').textContent()).toMatch(/^Decided by the supervisor/);
      await page.locator('#question').fill('What did we decide on line 3?');
      await page.locator('#question').press('Enter');
      await until(
        'the decision',
        () => lastCard().textContent(),
        (seen) => /decided|decision/i.test(seen ?? ''),
      );
    });

    test('shows text from outside as text', async () => {
      await page.locator('#question').fill(markup);
      await page.locator('#question').press('Enter');
      await until(
        'the question',
        () => talk().locator('.mine').last().textContent(),
        (seen) => seen === markup,
      );
      const note = await product.get(`/api/record?id=${encodeURIComponent('notes/note/N-1')}`);
      expect(note.text).toContain('<img src=x');
      await page.locator('#question').fill('Why did line 3 stop?');
      await page.locator('#question').press('Enter');
      await until(
        'the note among the evidence',
        () => lastCard().textContent(),
        (seen) => (seen ?? '').includes('<b>bold</b>'),
      );
      expect(await page.locator('body').textContent()).not.toContain('[object');
      expect(await page.locator('#talk b, #talk img:not(.timeline)').count()).toBe(0);
    });

    test.each([
      ['light', 1400, 900],
      ['dark', 1400, 900],
      ['light', 390, 844],
      ['dark', 390, 844],
    ] as const)('fits: %s, %i x %i', async (colorScheme, width, height) => {
      await page.emulateMedia({ colorScheme });
      await page.setViewportSize({ width, height });
      await page.screenshot({ path: join(pictures, `${colorScheme}-${width}.png`), fullPage: width < 500 });
      const { wide, small } = await page.evaluate<{ wide: number; small: number }>(`({
      wide: document.documentElement.scrollWidth - document.documentElement.clientWidth,
      small: [...document.querySelectorAll('button, select, input')]
        .map((node) => node.getBoundingClientRect())
        .filter(({ width, height }) => width > 0 && height < 20).length,
    })`);
      expect(wide, 'nothing hangs over the edge').toBeLessThanOrEqual(0);
      expect(small, 'controls that are too small for a finger').toBe(0);
    });

    test('all that without a complaint: no error, no blocked content, no call to another machine', () => {
      expect(complaints).toEqual([]);
    });
  },
);
