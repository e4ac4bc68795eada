import type { Browser, BrowserContextOptions, Page } from 'playwright-core';
import { beforeAll, expect, test, type TestContext } from 'vitest';
import { DESKTOP, openPage } from './chromium.js';
import { send } from './explorer.js';
import { ProductInBrowser } from './product-in-browser.js';

type Opened = Awaited<ReturnType<typeof openPage>>;

/** One product on its example and these events, open to everybody, and one browser, for all tests of a file. */
export class ExampleInBrowser {
  readonly #served = ProductInBrowser.forFile({ settings: () => ({ HEADWATER_AUTH: 'off' }), content: 'example' });
  #desktop: Opened | undefined;

  constructor(events: readonly object[]) {
    beforeAll(async () => {
      if (!this.#served.isRunning) return;
      await send(this.url, events);
      await this.#served.product.caughtUp();
    });
  }

  get url(): string {
    return this.#served.url;
  }

  chromium(context: TestContext): Browser {
    return this.#served.browser(context);
  }

  /**
   * A test in a page of whose console nothing may complain: on a desktop in the one page of all such tests, so that
   * scripts are fetched once, else in one of its own.
   */
  inPage(title: string, body: (page: Page) => Promise<void>, options: BrowserContextOptions = DESKTOP): void {
    test(title, async (context) => {
      const isShared = options === DESKTOP;
      const browser = this.chromium(context);
      const opened = isShared ? (this.#desktop ??= await openPage(browser, options)) : await openPage(browser, options);
      opened.complaints.length = 0;
      await body(opened.page);
      expect(opened.complaints).toEqual([]);
      if (!isShared) await opened.close();
    });
  }
}
