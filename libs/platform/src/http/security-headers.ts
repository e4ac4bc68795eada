import type { IncomingMessage, ServerResponse } from 'node:http';
import type { FastifyInstance } from 'fastify';
import helmet, { type HelmetOptions } from 'helmet';

/** A page of ours brings a policy of its own; what is no page may do nothing at all. */
const NOTHING = { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] };

/**
 * Headers of every answer: no scripts, frames or forms unless a page's own policy says otherwise, nothing guessed from
 * content, nothing told to other sites, no answer in a shared cache. Strict-Transport-Security where browsers come by https.
 */
export function addSecurityHeaders(server: FastifyInstance, options: { readonly isHttps: boolean }): void {
  const headers = {
    ...headersOf({
      contentSecurityPolicy: { useDefaults: false, directives: NOTHING },
      strictTransportSecurity: options.isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
      crossOriginResourcePolicy: { policy: 'same-origin' },
      referrerPolicy: { policy: 'no-referrer' },
      xFrameOptions: { action: 'deny' },
    }),
    'cache-control': 'no-store',
    'permissions-policy': 'camera=(), geolocation=(), microphone=(), payment=(), usb=()',
  };
  server.addHook('onRequest', (_request, reply, done) => {
    void reply.headers(headers);
    done();
  });
}

/** What helmet sets, which depends on no request; asking it each time costs as much as reading a small event. */
function headersOf(options: HelmetOptions): Readonly<Record<string, string>> {
  const headers: Record<string, string> = {};
  const response = {
    setHeader: (name: string, value: string) => {
      headers[name.toLowerCase()] = value;
    },
    removeHeader: () => undefined,
  };
  // With fixed policies it calls back before it returns.
  helmet(options)({} as IncomingMessage, response as unknown as ServerResponse, (error: unknown) => {
    if (error !== undefined) throw error instanceof Error ? error : new Error('helmet refused its options');
  });
  return headers;
}
