import type { Principal } from '@headwater/domain/access/principal';
import type { Scope } from '@headwater/domain/access/scopes';
import type { HeadwaterError } from '@headwater/domain/errors';
import { RouteConfig } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';

/**
 * Whom a route lets in: PUBLIC, everybody; SIGNED_IN, whoever proved who it is (what it may do is judged further in);
 * or who has a scope. A route without it keeps the server from starting.
 */
export type RouteAccess = 'PUBLIC' | 'SIGNED_IN' | Scope;

/**
 * How a route takes its body: one event or a batch as bytes, the fields of an HTML form, or (by default) parsed JSON of
 * moderate size.
 */
export type BodyKind = 'event' | 'batch' | 'form';

/** How often a route may be called: EVENTS has a rate of its own, and says 503 beyond it, as OpenLineage's clients need. */
export type RateClass = 'REQUESTS' | 'EVENTS' | 'UNLIMITED';

export interface RouteOptions {
  readonly access: RouteAccess;
  readonly body?: BodyKind;
  readonly rate?: RateClass;
}

declare module 'fastify' {
  interface FastifyContextConfig {
    access?: RouteAccess;
    body?: BodyKind;
    rate?: RateClass;
  }
  interface FastifyRequest {
    /** Who calls; null on a public route without credentials. */
    principal: Principal | null;
    /** What the request was answered with instead of a result. */
    refusal: HeadwaterError | null;
  }
}

/** What every controller method declares. */
export function Route(options: RouteOptions): MethodDecorator {
  return RouteConfig(options);
}

/** Remembers every route that declares no access; the answer is what to check once all routes are there. */
export function watchRoutes(server: FastifyInstance): { check(): void } {
  const open: string[] = [];
  server.addHook('onRoute', ({ method, url, config }) => {
    if (config?.access === undefined) open.push(`${[method].flat().join(',')} ${url}`);
  });
  return {
    check: () => {
      if (open.length > 0) throw new Error(`Routes that declare no access: ${[...new Set(open)].join('; ')}`);
    },
  };
}
