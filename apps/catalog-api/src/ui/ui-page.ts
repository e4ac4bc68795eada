import { StaticFolder } from '../pages/static-folder.js';

// Components size and color themselves by style attributes; nothing else but files of this server does anything.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

/** What stands in place of the catalog’s pages where they are missing. */
export const NOT_BUILT =
  'The catalog’s pages have not been built; <code>npm run build</code> does that. The API is at <a href="/graphql">/graphql</a>.';

/** The built pages of the catalog; null serves none. */
export const uiFolder = (folder: string | null): StaticFolder => new StaticFolder(folder, CONTENT_SECURITY_POLICY);
