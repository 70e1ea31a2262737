/** The cards as a renderer draws them that nobody here wrote: `adaptivecards` in headless Chromium. */
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { chromium, type Browser, type Page } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { answerOf, alertOf, decisionOf, hostile, everyMessage, words } from '../testing/messages.ts';
import type { Message } from '../../plant/message.ts';
import { toTeams } from './render.ts';

const browserPath = '/usr/bin/chromium';
const why = existsSync(browserPath) ? '' : ` (skipped: there is no ${browserPath}; apt-get install chromium)`;
const script = fileURLToPath(import.meta.resolve('adaptivecards')).replace(
  /lib\/adaptivecards\.js$/,
  'dist/adaptivecards.min.js',
);

type Drawn = { text: string; warnings: string[]; html: string };

describe.skipIf(why !== '')(`cards in a browser${why}`, () => {
  let browser: Browser;
  let page: Page;
  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: browserPath, args: ['--no-sandbox'] });
    page = await browser.newPage();
    await page.setContent('<main id="here"></main>');
    await page.addScriptTag({ path: script });
  });
  afterAll(() => browser.close());

  const draw = (message: Message): Promise<Drawn> => page.evaluate(drawing, toTeams(message, words).card);

  test.each(Object.entries(everyMessage))(
    '%s is parsed without a warning and shows its first line',
    async (_, message) => {
      const drawn = await draw(message);
      expect(drawn.warnings).toEqual([]);
      expect(drawn.text).toContain(message.firstLine);
    },
  );
  test('hostile text stands as text: no link, no bold, no script', async () => {
    const drawn = await draw(
      alertOf({
        firstLine: hostile,
        text: hostile,
        suggestions: [{ id: '1', label: hostile, why: '', lastTime: null }],
      }),
    );
    expect(drawn.html).not.toMatch(/<(a|b|strong|em|script|at)[ >]/i);
    expect(drawn.text.replaceAll('\u200b', '')).toContain('[link](https://evil.example) **bold** *b* _i_');
  });
  test('a note of 10 kB with markup does not break the card', async () => {
    const evidence = [{ ...answerOf({}).evidence[0]!, says: `${hostile} ${'z'.repeat(10_240)}` }];
    expect((await draw(answerOf({ evidence, text: `${hostile} ${'z'.repeat(10_240)}` }))).html).not.toMatch(
      /<(a|script)[ >]/i,
    );
  });
  test('Confirm sends the fields; an empty response keeps it from being sent; Not this asks for nothing', async () => {
    const sent = await page.evaluate(pressing, [toTeams(decisionOf({}), words).card, 'Run at 80 %'] as const);
    expect(sent).toEqual({
      type: 'Action.Execute',
      verb: 'confirm_decision',
      data: {
        verb: 'confirm_decision',
        subject: 'd-1',
        response: 'Run at 80 %',
        constraint: 'No spare motor',
      },
    });
    expect(await page.evaluate(pressing, [toTeams(decisionOf({}), words).card, ''] as const)).toBeNull();
    expect(
      await page.evaluate(pressing, [toTeams(decisionOf({}), words).card, '', 'Not this'] as const),
    ).toMatchObject({
      data: { verb: 'reject_decision', subject: 'd-1' },
    });
  });
});

/* What runs in the page. It knows nothing of the module around it. */
type Browserly = Record<string, never>;
function drawing(card: unknown): Drawn {
  const { AdaptiveCards, document } = globalThis as unknown as {
    AdaptiveCards: Record<string, new () => Browserly>;
    document: Browserly;
  };
  const make = (name: string) => new (AdaptiveCards[name] as new () => never)() as Record<string, never>;
  const context = make('SerializationContext') as unknown as {
    eventCount: number;
    getEventAt(at: number): { message: string };
  };
  const one = make('AdaptiveCard') as unknown as {
    parse(card: unknown, context: unknown): void;
    render(): { innerText: string; innerHTML: string };
  };
  one.parse(card, context);
  const rendered = one.render();
  const here = (
    document as unknown as {
      getElementById(id: string): { replaceChildren(one: unknown): void; textContent: string };
    }
  ).getElementById('here');
  here.replaceChildren(rendered);
  return {
    text: here.textContent,
    html: rendered.innerHTML,
    warnings: Array.from({ length: context.eventCount }, (_, at) => context.getEventAt(at).message),
  };
}

function pressing([card, response, title = 'Confirm']: readonly [unknown, string, string?]): unknown {
  type Element = { value: string; textContent: string; dispatchEvent(event: unknown): void; click(): void };
  const { AdaptiveCards, document, Event } = globalThis as unknown as {
    AdaptiveCards: { AdaptiveCard: new () => never };
    document: {
      getElementById(id: string): {
        replaceChildren(one: unknown): void;
        querySelectorAll(what: string): Iterable<Element>;
      };
    };
    Event: new (name: string) => unknown;
  };
  const one = new AdaptiveCards.AdaptiveCard() as unknown as {
    parse(card: unknown): void;
    render(): unknown;
    onExecuteAction(action: { getJsonTypeName(): string; verb: string; data: unknown }): void;
  };
  let sent: unknown = null;
  one.onExecuteAction = (action) =>
    (sent = { type: action.getJsonTypeName(), verb: action.verb, data: action.data });
  one.parse(card);
  const here = document.getElementById('here');
  here.replaceChildren(one.render());
  const [field] = here.querySelectorAll('textarea');
  if (field) {
    field.value = response;
    field.dispatchEvent(new Event('input'));
  }
  [...here.querySelectorAll('button')].find(({ textContent }) => textContent === title)?.click();
  return sent;
}
