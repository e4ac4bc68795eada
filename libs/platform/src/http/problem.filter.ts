import { Catch, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { Logger } from '../logging/logger.js';
import { logFailure } from '../logging/log-failure.js';
import { pathOf, PROBLEM_CONTENT_TYPE, toHeadwaterError, toProblem } from './problem.js';

/** Answers every error of the REST side as a problem and logs it under its traceId. GraphQL formats its own. */
@Catch()
export class ProblemFilter implements ExceptionFilter {
  readonly #logger: Logger;

  constructor(logger: Logger) {
    this.#logger = logger;
  }

  catch(thrown: unknown, host: ArgumentsHost): void {
    if (host.getType<string>() !== 'http') throw thrown;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    sendProblem(thrown, request, reply, this.#logger);
  }
}

/** Sends a problem where no Nest filter is in reach, as in a hook. */
export function sendProblem(thrown: unknown, request: FastifyRequest, reply: FastifyReply, logger: Logger): void {
  const error = toHeadwaterError(thrown);
  request.refusal = error;
  const { problem, retryAfterS } = toProblem(error, pathOf(request.url), request.id);
  const { status, instance: path } = problem;
  logFailure(logger, error, { traceId: request.id, status, method: request.method, path }, 'Request refused');
  if (reply.sent) return;
  if (retryAfterS !== undefined) void reply.header('retry-after', String(retryAfterS));
  if (!request.raw.complete) dropRest(request, reply);
  void reply.code(problem.status).header('content-type', PROBLEM_CONTENT_TYPE).send(JSON.stringify(problem));
}

const MAX_DROPPED_BYTES = 256 * 1024 * 1024;

/**
 * Reads on and drops what is left of a refused upload. Closing at once, as Fastify would, resets the connection of a
 * client that is still sending, and it never sees the answer.
 */
function dropRest(request: FastifyRequest, reply: FastifyReply): void {
  void reply.removeHeader('connection');
  let dropped = 0;
  request.raw.on('data', (chunk: Buffer) => {
    dropped += chunk.length;
    if (dropped > MAX_DROPPED_BYTES) request.raw.destroy();
  });
  request.raw.on('error', () => undefined);
  request.raw.resume();
}
