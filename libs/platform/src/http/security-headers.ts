import helmet from '@fastify/helmet';
import type { FastifyInstance } from 'fastify';

/** A page of ours brings a policy of its own; what is no page may do nothing at all. */
const NOTHING = { defaultSrc: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"], frameAncestors: ["'none'"] };

/**
 * Headers of every answer: no scripts, frames or forms unless a page's own policy says otherwise, nothing guessed from
 * content, nothing told to other sites, no answer in a shared cache. Strict-Transport-Security where browsers come by https.
 */
export function addSecurityHeaders(server: FastifyInstance, options: { readonly isHttps: boolean }): void {
  void server.register(helmet, {
    contentSecurityPolicy: { useDefaults: false, directives: NOTHING },
    strictTransportSecurity: options.isHttps ? { maxAge: 31_536_000, includeSubDomains: false } : false,
    crossOriginResourcePolicy: { policy: 'same-origin' },
    referrerPolicy: { policy: 'no-referrer' },
    xFrameOptions: { action: 'deny' },
  });
  server.addHook('onRequest', (_request, reply, done) => {
    void reply.header('cache-control', 'no-store');
    void reply.header('permissions-policy', 'camera=(), geolocation=(), microphone=(), payment=(), usb=()');
    done();
  });
}
