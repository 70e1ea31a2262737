/** What stands under "why" on the page, in a browser: records for and against, what was ruled out, the cause record. */
import type { Browser, Locator, Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { AlertMessage } from '../../plant/message.ts';
import type { Person, Verb } from '../../plant/person.ts';
import type { Batch } from '../../plant/record.ts';
import type { Reply } from '../../plant/surface.ts';
import { hasBrowser, look, openBrowser } from '../testing/browser.ts';
import { at, before, runsAgain, trips } from '../testing/story.ts';
import { openWorld, type World } from '../testing/world.ts';
import web from './index.ts';

const sam: Person = { id: 'sam', name: 'Sam', role: 'supervisor', lines: [] };

/** An alarm of the guard, and a machine that only held: a guard that opens aborts it. Its drive says nothing. */
function held(): Batch {
  const batch = trips();
  const records = batch.records.map((one) => {
    if (one.kind === 'alarm') return { ...one, text: 'Guard door 2 open' };
    const isCapper = one.kind === 'state' && one.equipment === 'line-3.capper';
    return isCapper ? { ...one, state: 'Held' as const, raw: 'Held' } : one;
  });
  return { ...batch, records, readings: [] };
}

describe.skipIf(!hasBrowser)('why, on the page (skipped without Chromium: apt-get install chromium)', () => {
  let world: World;
  let browser: Browser;
  let page: Page;
  let card: Locator;
  beforeAll(async () => {
    world = await openWorld({ people: [sam], start: at('14:30') });
    world.add(await web.open({}, world.contextFor('web')));
    for (const batch of before()) await world.record(batch);
    world.set(at('14:45'));
    await world.record(held());
    await world.watch();
    ({ browser, page } = await openBrowser());
    await look(page, world.http.url);
    await page.locator('#question').fill('why did line 3 stop?');
    await page.locator('#question').press('Enter');
    card = page.locator('#talk .answer').last();
    await card.locator('.why').waitFor();
  });
  afterAll(async () => {
    await browser?.close();
    await world?.close();
  });

  /** Opens the record behind a piece of evidence; what the dialog says. */
  const opened = async (item: Locator): Promise<string> => {
    await item.locator('.record').first().click();
    const dialog = page.locator('#record[open]');
    await dialog.waitFor();
    await expect.poll(() => dialog.locator('pre').textContent()).toContain('"kind"');
    const text = (await dialog.textContent()) ?? '';
    await page.keyboard.press('Escape');
    return text;
  };

  test('shows what speaks against the first cause, with the record that opens', async () => {
    const first = card.locator('.causes .cause').first();
    expect(await first.textContent()).toMatch(/^A safety stop at the capper \(possible\)For it:/);
    expect(await first.textContent()).not.toContain('Nothing speaks against it');
    const against = first.locator('p', { hasText: 'Against it:' }).locator('xpath=following-sibling::ul[1]');
    expect(await against.locator('li').count()).toBe(1);
    expect(await against.textContent()).toContain('Capper: held, needs a hand (Held)');
    expect(await opened(against)).toContain('"state": "Held"');
  });

  test('shows what was ruled out, why, and the record that opens', async () => {
    const list = card.locator('h4', { hasText: 'Ruled out' }).locator('xpath=following-sibling::ul[1]');
    const order = list.locator('> li', { hasText: 'No order to run' });
    expect(await order.textContent()).toMatch(/^No order to run: the records show an order that was running/);
    expect(await opened(order)).toContain('"order": "4711"');
  });

  const fold = () => card.locator('.cause-record');
  /** Read anew each time it is opened. */
  const reopened = async (): Promise<string> => {
    const details = fold();
    if ((await details.getAttribute('open')) !== null) await details.locator('summary').click();
    await details.locator('dl').waitFor({ state: 'detached' });
    await details.locator('summary').click();
    await details.locator('dl').waitFor();
    return (await details.textContent()) ?? '';
  };

  test('shows the cause record as a proposal; a why that no record answers stays empty', async () => {
    const text = await reopened();
    expect(text).toContain('A proposal: nobody has confirmed it yet.');
    expect(text).toContain('Why did Line 3 stop? The packer ran out of product');
    const whys = fold().locator('.whys > li');
    expect(await whys.last().textContent()).toBe('Why did the capper stand? No record shows it.');
    expect(await opened(whys.first())).toContain('line-3.packer');
    for (const said of ['Order"4711"', 'Units lostNot known', 'ContainmentNone', 'Root causeNot known'])
      expect(text).toContain(said);
    await page.setViewportSize({ width: 390, height: 844 });
    const wider = 'document.documentElement.scrollWidth - document.documentElement.clientWidth';
    expect(await page.evaluate<number>(wider)).toBeLessThanOrEqual(0);
    await page.setViewportSize({ width: 1400, height: 1000 });
  });

  test('shows what people confirmed since: the cause, the response and what came of it', async () => {
    const context = world.contextFor('web');
    const press = async (from: AlertMessage | Reply | undefined, verb: Verb): Promise<Reply> => {
      const buttons = from && 'buttons' in from ? from.buttons : [];
      const subject = buttons.find((one) => one.verb === verb)?.subject ?? `no ${verb}`;
      return context.press({ verb, subject, person: sam, surface: 'web', place: 'page' });
    };
    const [alert] = await context.alerts();
    await press(await press(alert, 'do_this'), 'confirm_decision');
    const cause = await press(await press(alert, 'wrong_cause'), 'choose_cause');
    await press(cause, 'confirm_cause');
    const text = await reopened();
    expect(text).toMatch(/Confirmed by the supervisor at 14:45/);
    expect(text).not.toContain('A proposal');
    expect(text).toMatch(/Containment"[A-Z][^"(]+" \(the supervisor, 14:45\)/);
    expect(text).toContain('OutcomeNot known');
    world.set(at('15:00'));
    await world.record(runsAgain());
    await world.watch();
    expect(await reopened()).toContain(
      'OutcomeThe line ran again 13 minutes after the choice; nobody said yet whether it worked',
    );
  });
});
