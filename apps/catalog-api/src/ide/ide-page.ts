import type { FastifyReply, FastifyRequest } from 'fastify';
import { StaticFolder } from '../pages/static-folder.js';

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

const NOT_BUILT =
  'The GraphQL API is here: POST a query as JSON. Its editor has not been built; <code>npm run build</code> does that.';

/** The files of the built editor; null serves none. */
export function ideFolder(folder: string | null): StaticFolder {
  return new StaticFolder(folder, CONTENT_SECURITY_POLICY);
}

/** Answers GET /graphql with the editor where a browser asks for a page and sends no query. */
export function ideHandler(folder: string | null) {
  const files = ideFolder(folder);
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply | undefined> => {
    const { query } = request.query as { query?: unknown };
    const wantsPage = /\btext\/html\b/.test(request.headers.accept ?? '');
    if (folder === null || request.method !== 'GET' || query !== undefined || !wantsPage) return undefined;
    return files.sendPage(request, reply, NOT_BUILT);
  };
}
