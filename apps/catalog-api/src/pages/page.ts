import { createHash } from 'node:crypto';
import type { FastifyReply } from 'fastify';
import { html, Html } from './html.js';
import type { Language } from './language.js';

const STYLE = `
:root { color-scheme: light dark; --ground: #f3f5f7; --card: #fff; --text: #1b2733; --quiet: #56646f; --line: #cbd3da; --edge: #7a8793;
  --water: #0b6bab; --on-water: #fff; --wrong: #a3261c; --wrong-ground: #fdecea; }
@media (prefers-color-scheme: dark) { :root { --ground: #10161c; --card: #1a222b; --text: #e6ebf0; --quiet: #a0adb9;
  --line: #3a4653; --edge: #748391; --water: #5db4ee; --on-water: #08121a; --wrong: #ffb4a9; --wrong-ground: #3b1d1a; } }
* { box-sizing: border-box; }
body { margin: 0; min-height: 100vh; display: grid; place-items: center; padding: 1.5rem; background: var(--ground);
  color: var(--text); font: 1rem/1.5 system-ui, sans-serif; }
main { width: 100%; max-width: 26rem; padding: 2rem; background: var(--card); border: 1px solid var(--line);
  border-radius: .75rem; }
.brand { display: flex; align-items: center; gap: .5rem; margin: 0 0 1.5rem; color: var(--water); font-weight: 650; letter-spacing: .01em; }
h1 { margin: 0 0 .75rem; font-size: 1.35rem; line-height: 1.3; }
p { margin: 0 0 1rem; overflow-wrap: anywhere; }
a { color: var(--water); }
form { margin: 0 0 1rem; }
label { display: block; margin-bottom: .25rem; font-weight: 600; }
input { width: 100%; padding: .6rem .75rem; border: 1px solid var(--edge); border-radius: .4rem;
  background: var(--ground); color: inherit; font: inherit; }
button, .button { display: block; width: 100%; margin-top: 1rem; padding: .6rem .75rem; border: 1px solid var(--water);
  border-radius: .4rem; background: var(--water); color: var(--on-water); font: inherit; font-weight: 600;
  text-align: center; text-decoration: none; cursor: pointer; }
.second { background: transparent; color: var(--water); }
:focus-visible { outline: 3px solid var(--water); outline-offset: 2px; }
.or { display: flex; align-items: center; gap: .75rem; margin: 1.25rem 0; color: var(--quiet); }
.or::before, .or::after { content: ""; flex: 1; border-top: 1px solid var(--line); }
.wrong { padding: .6rem .75rem; border-radius: .4rem; background: var(--wrong-ground); color: var(--wrong); }
.quiet { color: var(--quiet); font-size: .9rem; }
p:last-child, form:last-child { margin-bottom: 0; }
code { font: .9em ui-monospace, monospace; }
`;

// Byte for byte what the policy has the hash of.
const STYLE_ELEMENT = new Html(`<style>${STYLE}</style>`);

const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  `style-src 'sha256-${createHash('sha256').update(STYLE).digest('base64')}'`,
  "img-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

export interface Page {
  readonly language: Language;
  readonly status: number;
  readonly title: string;
  readonly body: Html;
}

/** Sends a page without any script, whose one style is named by its hash, and which nobody keeps or frames. */
export function sendPage(reply: FastifyReply, { language, status, title, body }: Page): void {
  const page = html`<!doctype html>
    <html lang="${language}">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <link rel="icon" type="image/svg+xml" href="/ui/icon.svg" />
        <title>${title} · Headwater</title>
        ${STYLE_ELEMENT}
      </head>
      <body>
        <main>
          <p class="brand"><img src="/ui/icon.svg" width="26" height="26" alt="" />Headwater</p>
          <h1>${title}</h1>
          ${body}
        </main>
      </body>
    </html> `;
  void withPageHeaders(reply).code(status).header('content-type', 'text/html; charset=utf-8').send(page.markup);
}

/** Sends the browser on; 303, so that it asks with GET whatever it came with. */
export function sendOn(reply: FastifyReply, where: string): void {
  void withPageHeaders(reply).redirect(where, 303);
}

function withPageHeaders(reply: FastifyReply): FastifyReply {
  return (
    reply
      .header('content-security-policy', CONTENT_SECURITY_POLICY)
      .header('x-content-type-options', 'nosniff')
      // With no-referrer, browsers would send `Origin: null` with our own forms (Fetch, "append a request Origin header").
      .header('referrer-policy', 'same-origin')
      .header('cache-control', 'no-store')
  );
}
