import type { Page } from 'playwright-core';
import { expect, test } from 'vitest';
import { DESKTOP, openPage } from '../support/chromium.js';
import { loadEvent } from '../support/http-load.js';
import { ProductInBrowser } from '../support/product-in-browser.js';

const served = ProductInBrowser.forFile();

let sent = 0;
async function sendEvent(name: string): Promise<void> {
  const answer = await fetch(`${served.url}/api/v1/lineage`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', authorization: `Bearer ${await served.adminToken()}` },
    body: JSON.stringify({ ...loadEvent('offline', (sent += 1)), job: { namespace: 'offline', name } }),
  });
  expect(answer.status).toBe(201);
}

const banner = (page: Page) => page.getByText('You are offline', { exact: false });

test('without a network a page says so and keeps what it shows; with it, it shows what came meanwhile', async (context) => {
  await sendEvent('before');
  await served.product.caughtUp();
  const { page, close } = await openPage(served.browser(context), DESKTOP);
  await served.signIn(page, '/search?q=offline');
  const results = page.getByRole('list', { name: 'Results' });
  await results.getByRole('link', { name: 'before' }).first().waitFor();
  expect(await banner(page).count()).toBe(0);

  await page.context().setOffline(true);
  await banner(page).waitFor();
  expect(await results.getByRole('link', { name: 'before' }).count()).toBeGreaterThan(0);
  await sendEvent('meanwhile');
  await served.product.caughtUp();

  await page.context().setOffline(false);
  await banner(page).waitFor({ state: 'detached' });
  await results.getByRole('link', { name: 'meanwhile' }).first().waitFor();
  await close();
});

test('a question that fails says what failed, that nothing is lost, its trace id, and asks again', async (context) => {
  const { page, close } = await openPage(served.browser(context), DESKTOP);
  await served.signIn(page);
  await page.route('**/graphql', (route) =>
    route.fulfill({
      status: 503,
      contentType: 'application/problem+json',
      body: JSON.stringify({ code: 'UNAVAILABLE', detail: 'A part of the service is away.', traceId: 'trace-of-this' }),
    }),
  );
  await page.getByRole('link', { name: 'Search', exact: true }).click();
  const alert = page.getByRole('alert');
  await alert.waitFor();
  for (const text of [
    'Part of the system is away',
    'A part of the service is away.',
    'nothing is lost',
    'trace-of-this',
  ]) {
    expect(await alert.innerText()).toContain(text);
  }
  await page.unroute('**/graphql');
  await alert.getByRole('button', { name: 'Try again' }).click();
  await page.getByRole('list', { name: 'Results' }).waitFor();
  expect(await alert.count()).toBe(0);
  await close();
});

test('after a restart of the server, an open page goes on by itself', { timeout: 90_000 }, async (context) => {
  const { page, close } = await openPage(served.browser(context), DESKTOP);
  await served.signIn(page, '/start');
  await page.getByText('Waiting for an event').waitFor();
  const opened: string[] = [];
  page.on('framenavigated', (frame) => opened.push(frame.url()));
  await sendEvent('before the restart');
  await page.getByText('The first event is here').waitFor();
  await served.restart();
  await sendEvent('after the restart');
  await page.getByText('2 events have arrived').waitFor({ timeout: 45_000 });
  expect(opened).toEqual([]);
  await close();
});
