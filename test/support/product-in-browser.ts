import { readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, type TestContext } from 'vitest';
import { chromiumForTests, visit } from './chromium.js';
import { preparedDataDir, type Prepared } from './prepared-data.js';
import { ProductProcess } from './product.js';

export interface ProductOptions {
  readonly settings?: () => Readonly<Record<string, string>>;
  /** What is there already when it starts; nothing without it. */
  readonly content?: Prepared;
}

/** The built product with authentication, on a data directory of its own, and a Chromium, for the tests of one file. */
export class ProductInBrowser {
  #browser: Awaited<ReturnType<typeof chromiumForTests>> = { absent: 'it was not started' };
  #product: ProductProcess | undefined;
  #dataDir = '';

  /** Started before the first test of the file and stopped behind its last. */
  static forFile({ settings = () => ({}), content = 'nothing' }: ProductOptions = {}): ProductInBrowser {
    const served = new ProductInBrowser();
    let folder: Awaited<ReturnType<typeof preparedDataDir>> | undefined;
    beforeAll(async () => {
      served.#browser = await chromiumForTests();
      if ('absent' in served.#browser) return;
      folder = await preparedDataDir(content);
      served.#dataDir = folder.dataDir;
      served.#settings = { HEADWATER_DATA_DIR: folder.dataDir, HEADWATER_AUTH: 'on', ...settings() };
      served.#product = await ProductProcess.serve(served.#settings);
      await served.product.caughtUp();
    });
    afterAll(async () => {
      if ('close' in served.#browser) await served.#browser.close();
      await served.#product?.stop();
      await folder?.remove();
    });
    return served;
  }

  #settings: Readonly<Record<string, string>> = {};

  /** Skips the test, with the reason, where no Chromium is installed. */
  browser(context: TestContext): Browser {
    return 'absent' in this.#browser ? context.skip(this.#browser.absent) : this.#browser;
  }

  /** False where no Chromium is installed, and nothing was started. */
  get isRunning(): boolean {
    return this.#product !== undefined;
  }

  get product(): ProductProcess {
    if (this.#product === undefined) throw new Error('the product was not started');
    return this.#product;
  }

  get url(): string {
    return this.product.url;
  }

  async adminToken(): Promise<string> {
    return (await readFile(path.join(this.#dataDir, 'admin-token'), 'utf8')).trim();
  }

  /** Stops the server, and starts it again on the same data and the same port. */
  async restart(args: readonly string[] = [], whileStopped: () => Promise<void> = () => Promise.resolve()) {
    const { port } = new URL(this.url);
    await this.product.stop();
    await whileStopped();
    this.#product = await ProductProcess.serve({ ...this.#settings, PORT: port }, args);
  }

  /** Signs a page in as the administrator of the first start, by the form, and waits until the page it asked for is there. */
  async signIn(page: Page, next = '/'): Promise<void> {
    await page.goto(`${this.url}/auth/sign-in?next=${encodeURIComponent(next)}`);
    await page.locator('#token').fill(await this.adminToken());
    await page.locator('form button').click();
    await page.waitForURL(`${this.url}${next}`);
    await visit(page, `${this.url}${next}`);
  }
}
