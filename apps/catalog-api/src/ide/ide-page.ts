import { existsSync, readFileSync } from 'node:fs';
import { join, normalize } from 'node:path';
import type { FastifyReply, FastifyRequest } from 'fastify';

export const IDE_PREFIX = '/graphql/ide/';

// The editor's styles are set by script and carry their fonts; everything else comes from files of this server.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self' data:",
  "img-src 'self' data:",
  "connect-src 'self'",
  "worker-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const TYPES: Readonly<Record<string, string>> = {
  html: 'text/html; charset=utf-8',
  js: 'text/javascript; charset=utf-8',
  css: 'text/css; charset=utf-8',
  svg: 'image/svg+xml',
  ttf: 'font/ttf',
};

const NOT_BUILT = `<!doctype html><html lang="en"><meta charset="utf-8"><title>Headwater GraphQL</title>
<p>The GraphQL API is here: POST a query as JSON. Its editor has not been built; <code>npm run build</code> does that.</p></html>`;

/** Answers GET /graphql with the editor where a browser asks for a page and sends no query. */
export function ideHandler(folder: string | null) {
  const page = folder === null ? undefined : readPage(folder);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { query } = request.query as { query?: unknown };
    const wantsPage = /\btext\/html\b/.test(request.headers.accept ?? '');
    if (page === undefined || request.method !== 'GET' || query !== undefined || !wantsPage) return undefined;
    return sendProtected(reply, 'html', 'no-cache').send(await Promise.resolve(page));
  };
}

/** One file of the built editor; undefined where there is none. Names of assets carry a hash of their content. */
export function ideFile(folder: string | null, name: string): { body: Buffer; extension: string } | undefined {
  const path = normalize(name);
  const extension = path.slice(path.lastIndexOf('.') + 1);
  if (folder === null || path.startsWith('..') || path.startsWith('/') || TYPES[extension] === undefined)
    return undefined;
  const file = join(folder, path);
  return existsSync(file) ? { body: readFileSync(file), extension } : undefined;
}

/** Headers of everything that belongs to the editor. */
export function sendProtected(reply: FastifyReply, extension: string, caching: string): FastifyReply {
  return (
    reply
      .header('content-type', TYPES[extension] ?? 'application/octet-stream')
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('x-content-type-options', 'nosniff')
      // With no-referrer, browsers would send `Origin: null` with the form that signs out.
      .header('referrer-policy', 'same-origin')
      .header('cache-control', caching)
  );
}

function readPage(folder: string): string {
  const file = join(folder, 'index.html');
  return existsSync(file) ? readFileSync(file, 'utf8') : NOT_BUILT;
}
