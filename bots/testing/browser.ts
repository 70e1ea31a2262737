import { existsSync } from 'node:fs';
import { chromium, type Browser, type Page } from 'playwright-core';

const executablePath = '/usr/bin/chromium';
/** Tests that need it say that they are skipped where it is missing. */
export const hasBrowser = existsSync(executablePath);

/** A wide window of Chromium, without a page yet. */
export async function openBrowser(): Promise<{ browser: Browser; page: Page }> {
  const browser = await chromium.launch({ executablePath, args: ['--no-sandbox'], timeout: 120_000 });
  const page = await browser.newPage({ viewport: { width: 1400, height: 1000 } });
  page.setDefaultTimeout(60_000);
  return { browser, page };
}

/** Looks at Andon's page; resolves once it shows the floor. */
export async function look(page: Page, url: string): Promise<void> {
  await page.goto(url);
  await page.waitForSelector('body[data-ready=true]');
}
