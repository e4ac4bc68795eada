import { existsSync, readdirSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import path from 'node:path';
import { HeadwaterError } from '@headwater/domain/errors';
import type { FastifyReply, FastifyRequest } from 'fastify';

const TYPES: Readonly<Record<string, string>> = {
  css: 'text/css; charset=utf-8',
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
  woff2: 'font/woff2',
};
const COMPRESSED = '.gz';
/** Names of built files carry a hash of their content. */
const FOR_GOOD = 'public, max-age=31536000, immutable';
/** A name that is not known is looked for no more often: a build may have made it, and asking must cost nothing. */
const LOOK_AGAIN_MS = 1_000;

/**
 * The built files of one page. A name is looked up in a list of what is there and never becomes a path otherwise. A `.gz` beside a file is sent in its place to whoever takes gzip.
 */
export class StaticFolder {
  #files: ReadonlySet<string> = new Set();
  #lookedAt = Number.NEGATIVE_INFINITY;

  /** `policy` is the Content-Security-Policy of everything in it; null for the folder serves nothing. */
  constructor(
    private readonly folder: string | null,
    private readonly policy: string,
  ) {}

  /** Sends a file that its browser may keep. Throws NOT_FOUND. */
  async send(request: FastifyRequest, reply: FastifyReply, name: string): Promise<void> {
    if (!(await this.#send(request, reply, name, FOR_GOOD))) throw new HeadwaterError('NOT_FOUND', 'No such file');
  }

  /**
   * Sends the page of a path, `lineage.html` for `/lineage?...`, or else `index.html`. It is asked for anew each time, also by going back to it after a sign-out; where it was not built, a page that says `otherwise`.
   */
  async sendPage(request: FastifyRequest, reply: FastifyReply, otherwise: string): Promise<FastifyReply> {
    const [, first = 'index'] = /^\/(\w+)/.exec(request.url) ?? [];
    for (const name of [first, 'index']) if (await this.#send(request, reply, `${name}.html`, 'no-store')) return reply;
    return this.#head(reply, 'html', 'no-store').send(
      `<!doctype html><html lang="en"><meta charset="utf-8"><title>Headwater</title><p>${otherwise}</p></html>`,
    );
  }

  async #send(request: FastifyRequest, reply: FastifyReply, name: string, caching: string): Promise<boolean> {
    const extension = path.extname(name).slice(1);
    if (this.folder === null || TYPES[extension] === undefined || !this.#has(name)) return false;
    const isCompressed =
      this.#files.has(name + COMPRESSED) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
    const body = await readFile(path.join(this.folder, isCompressed ? name + COMPRESSED : name));
    void this.#head(reply, extension, caching);
    if (isCompressed) void reply.header('content-encoding', 'gzip');
    void reply.header('vary', 'accept-encoding').send(body);
    return true;
  }

  #head(reply: FastifyReply, extension: string, caching: string): FastifyReply {
    return (
      reply
        .header('content-type', TYPES[extension] ?? 'application/octet-stream')
        .header('content-security-policy', this.policy)
        .header('x-content-type-options', 'nosniff')
        // With no-referrer, browsers would send `Origin: null` with our own forms (Fetch, "append a request Origin header").
        .header('referrer-policy', 'same-origin')
        .header('cache-control', caching)
    );
  }

  #has(name: string): boolean {
    if (!this.#files.has(name) && performance.now() - this.#lookedAt > LOOK_AGAIN_MS) {
      this.#lookedAt = performance.now();
      this.#files = new Set(this.folder === null ? [] : filesOf(this.folder));
    }
    return this.#files.has(name);
  }
}

function filesOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => name.replaceAll('\\', '/'));
}
