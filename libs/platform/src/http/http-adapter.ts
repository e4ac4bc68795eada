import { randomUUID } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { BytesInFlight } from '@headwater/application/ingest/bytes-in-flight';
import { HeadwaterError } from '@headwater/domain/errors';
import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { Gate, RefusalSink } from '../access/gate.js';
import { watchRoutes, type BodyKind } from '../access/route-access.js';
import type { Config } from '../config.js';
import type { Logger } from '../logging/logger.js';
import { ignoreOtherUpgrades } from './ignore-upgrades.js';
import { foreignRequest, localGuard } from './local-guard.js';
import { sendProblem } from './problem.filter.js';
import { readBody, type ReceivedBody } from './read-body.js';
import { refusedEventOf, type RefusedEventSink } from './refused-event.js';
import { addSecurityHeaders } from './security-headers.js';

/** Largest JSON body of routes that take no events. */
const MAX_JSON_BYTES = 1024 * 1024;
const MAX_FORM_BYTES = 64 * 1024;
/** A request that has not been received whole by then is cut off. */
const REQUEST_TIMEOUT_MS = 300_000;

export interface HttpAdapterOptions {
  readonly config: Pick<Config, 'http' | 'ingest' | 'access'>;
  readonly budget: BytesInFlight;
  readonly logger: Logger;
  readonly gate: Gate;
  /** Told of what is refused before the gate. */
  readonly refusals: RefusalSink;
  /** Told of events that are refused as a whole request; batches tell of their elements themselves. */
  readonly refusedEvents: RefusedEventSink;
}

/**
 * Fastify as every app uses it: nobody comes in but through the gate, and a route that declares no access keeps the
 * server from starting; JSON bodies only, read within limits and the budget of bytes in flight; a trace id for each
 * request; trailing slashes are the same path; foreign Host and Origin headers refused.
 */
export class HttpAdapter extends FastifyAdapter {
  readonly #options: HttpAdapterOptions;
  #hasParsers = false;

  constructor(options: HttpAdapterOptions) {
    super({
      // The limits of `readBody` hold instead; Fastify's own would act on the compressed length.
      bodyLimit: Number.MAX_SAFE_INTEGER,
      requestTimeout: REQUEST_TIMEOUT_MS,
      genReqId: (request: IncomingMessage) => traceIdOf(request.headers['traceparent']),
      routerOptions: { ignoreTrailingSlash: true, ignoreDuplicateSlashes: true },
      trustProxy: options.config.http.trustedProxies.length > 0 ? [...options.config.http.trustedProxies] : false,
    });
    this.#options = options;
    const guard = localGuard({ ...options.config.http, publicUrl: options.config.access.publicUrl });
    const instance = this.getInstance<FastifyInstance>();
    ignoreOtherUpgrades(instance.server);
    instance.setErrorHandler((error, request: FastifyRequest, reply: FastifyReply) => {
      sendProblem(error, request, reply, options.logger);
    });
    instance.decorateRequest('principal', null);
    instance.decorateRequest('refusal', null);
    addSecurityHeaders(instance, { isHttps: options.config.access.publicUrl?.startsWith('https:') === true });
    const routes = watchRoutes(instance);
    instance.addHook('onReady', (done) => {
      routes.check();
      done();
    });
    instance.addHook('onRequest', async (request, reply) => {
      const foreign = guard(request.headers);
      if (foreign !== undefined) {
        // Neither header is kept: whoever sends it chooses it, and each would be another line of the audit.
        options.refusals.add({ reason: foreign, token: null, address: request.ip, actor: null });
        throw foreignRequest(foreign);
      }
      await options.gate.admit(request, reply);
      // A browser that is not signed in was sent to where it can.
      return reply.sent ? reply : undefined;
    });
    instance.addHook('onResponse', (request, _reply, done) => {
      releaseUntaken(request);
      if (request.refusal !== null) this.#noteRefused(request, request.refusal);
      // A refused WebSocket: Node has handed the connection over, and nobody else would ever close it.
      if (request.headers.upgrade !== undefined) request.raw.socket.destroySoon();
      done();
    });
  }

  /**
   * Called by Nest at the end of its start, which is too late for routes that Fastify has made ready by then (a module
   * that awaits a plugin does that): errors of hooks and parsers would miss it. Ours is there from the beginning.
   */
  override setErrorHandler(): FastifyInstance {
    return this.getInstance<FastifyInstance>();
  }

  /** Called by Nest while it starts: in place of its own parsers, which know no compression. */
  override registerParserMiddleware(): void {
    if (this.#hasParsers) return;
    this.#hasParsers = true;
    const instance = this.getInstance<FastifyInstance>();
    const parseJson = instance.getDefaultJsonParser('error', 'ignore');
    instance.removeAllContentTypeParsers();
    instance.addContentTypeParser(
      /^application\/(?:[\w.+-]+\+)?json\s*(?:;|$)/i,
      async (request: FastifyRequest, payload: IncomingMessage) => {
        requireUtf8(request.headers['content-type']);
        const body = await readBody(payload, request.headers, this.#limitsOf(request.routeOptions.config.body));
        if (request.routeOptions.config.body !== undefined) return body;
        try {
          return await parsed(parseJson, request, body);
        } finally {
          body.lease.release();
        }
      },
    );
    instance.addContentTypeParser(
      'application/x-www-form-urlencoded',
      async (request: FastifyRequest, payload: IncomingMessage) => {
        if (request.routeOptions.config.body !== 'form') throw notJson();
        const { bytes, lease } = await readBody(payload, request.headers, this.#limitsOf('form'));
        lease.release();
        return Object.fromEntries(new URLSearchParams(new TextDecoder().decode(bytes)));
      },
    );
    instance.addContentTypeParser('*', (_request, _payload, done) => {
      done(notJson());
    });
  }

  #noteRefused(request: FastifyRequest, error: HeadwaterError): void {
    const { body } = request.routeOptions.config;
    if (body !== 'event' && body !== 'batch') return;
    const refused = refusedEventOf(request, error);
    if (refused !== undefined) this.#options.refusedEvents.add(refused);
  }

  #limitsOf(kind: BodyKind | undefined) {
    const { maxEventBytes, maxBatchBytes } = this.#options.config.ingest;
    const maxBytes = { event: maxEventBytes, batch: maxBatchBytes, json: MAX_JSON_BYTES, form: MAX_FORM_BYTES }[
      kind ?? 'json'
    ];
    return { maxBytes, budget: this.#options.budget };
  }
}

/**
 * The body of a route that takes bytes. Whoever takes it releases its lease; one that nobody takes (a guard refused
 * the request) is released with the answer. Throws INVALID_INPUT when the request had no JSON body.
 */
export function takeBody(request: FastifyRequest): ReceivedBody {
  const { body } = request;
  if (!isReceivedBody(body)) throw notJson();
  request.body = undefined;
  return body;
}

function releaseUntaken(request: FastifyRequest): void {
  if (isReceivedBody(request.body)) request.body.lease.release();
}

function isReceivedBody(body: unknown): body is ReceivedBody {
  return (
    typeof body === 'object' && body !== null && 'lease' in body && 'bytes' in body && body.bytes instanceof Uint8Array
  );
}

type JsonParser = ReturnType<FastifyInstance['getDefaultJsonParser']>;

function parsed(parse: JsonParser, request: FastifyRequest, body: ReceivedBody): Promise<unknown> {
  return new Promise((resolve, reject) => {
    const text = Buffer.from(body.bytes.buffer, body.bytes.byteOffset, body.bytes.byteLength).toString('utf8');
    void parse(request, text, (error, value: unknown) => {
      if (error instanceof Error)
        reject(new HeadwaterError('INVALID_INPUT', 'The body is not valid JSON.', { reason: 'JSON', cause: error }));
      else resolve(value);
    });
  });
}

function requireUtf8(contentType: string | undefined): void {
  const charset = /;\s*charset\s*=\s*"?([\w-]+)/i.exec(contentType ?? '')?.[1]?.toLowerCase() ?? 'utf-8';
  if (charset === 'utf-8' || charset === 'utf8' || charset === 'us-ascii') return;
  throw new HeadwaterError('INVALID_INPUT', 'The charset is not supported. Send JSON as UTF-8.', {
    reason: 'UNSUPPORTED_MEDIA_TYPE',
  });
}

function notJson(): HeadwaterError {
  return new HeadwaterError('INVALID_INPUT', 'Send JSON, with the header Content-Type: application/json.', {
    reason: 'UNSUPPORTED_MEDIA_TYPE',
  });
}

/** The trace id of W3C Trace Context, or a new one. */
function traceIdOf(traceparent: string | string[] | undefined): string {
  const sent =
    typeof traceparent === 'string' ? /^00-([0-9a-f]{32})-[0-9a-f]{16}-[0-9a-f]{2}$/.exec(traceparent)?.[1] : undefined;
  return sent !== undefined && !/^0+$/.test(sent) ? sent : randomUUID().replaceAll('-', '');
}
