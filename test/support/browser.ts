export interface VisitOptions {
  /** Sent as a form by POST. */
  readonly form?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  /** Where the page with the form is; null sends no Origin. Without it, the form is one of the address's own pages. */
  readonly origin?: string | null;
}

export interface Visited {
  readonly url: URL;
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
}

/** As much of a browser as sign-in needs: cookies of each origin, redirects, forms. It runs no script, as our pages have none. */
export class Browser {
  readonly #cookies = new Map<string, Map<string, string>>();

  /** One request, redirects not followed. */
  async ask(address: string | URL, { form, headers = {}, origin }: VisitOptions = {}): Promise<Visited> {
    const url = new URL(address);
    const from = origin === undefined ? url.origin : origin;
    const response = await fetch(url, {
      method: form === undefined ? 'GET' : 'POST',
      redirect: 'manual',
      headers: {
        accept: 'text/html',
        ...(this.#cookies.has(url.origin) ? { cookie: this.cookieHeader(url.origin) } : {}),
        ...(form === undefined ? {} : { 'content-type': 'application/x-www-form-urlencoded' }),
        ...(form === undefined || from === null ? {} : { origin: from }),
        ...headers,
      },
      ...(form === undefined ? {} : { body: new URLSearchParams(form) }),
    });
    this.#keep(url.origin, response.headers.getSetCookie());
    return { url, status: response.status, headers: response.headers, text: await response.text() };
  }

  /** The page at the end of all redirects, with those that led to it. `change` may bend the address of each. */
  async visit(
    address: string | URL,
    options: VisitOptions = {},
    change: (url: URL) => URL = (url) => url,
  ): Promise<Visited & { readonly by: readonly URL[] }> {
    const by: URL[] = [];
    let page = await this.ask(change(new URL(address)), options);
    for (let hops = 0; hops < 20; hops += 1) {
      const location = page.headers.get('location');
      if (location === null) return { ...page, by };
      by.push(page.url);
      page = await this.ask(change(new URL(location, page.url)));
    }
    throw new Error(`too many redirects, the last to ${page.url.href}`);
  }

  cookies(origin: string): ReadonlyMap<string, string> {
    return this.#cookies.get(origin) ?? new Map();
  }

  setCookie(origin: string, name: string, value: string): void {
    const jar = this.#cookies.get(origin) ?? new Map<string, string>();
    this.#cookies.set(origin, jar.set(name, value));
  }

  cookieHeader(origin: string): string {
    return [...this.cookies(origin)].map(([name, value]) => `${name}=${value}`).join('; ');
  }

  #keep(origin: string, lines: readonly string[]): void {
    for (const line of lines) {
      const [pair = '', ...attributes] = line.split(/;\s*/);
      const at = pair.indexOf('=');
      const isOver = attributes.some((text) => /^max-age=0$/i.test(text) || /^expires=thu, 01 jan 1970/i.test(text));
      if (isOver) this.#cookies.get(origin)?.delete(pair.slice(0, at));
      else this.setCookie(origin, pair.slice(0, at), pair.slice(at + 1));
    }
  }
}
