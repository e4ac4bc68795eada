import { CATEGORY_ON_HTTP } from '@headwater/platform/http/error-tables';
import { toHeadwaterError, toProblem } from '@headwater/platform/http/problem';
import type { Logger } from '@headwater/platform/logging/logger';
import { LOGGER } from '@headwater/platform/tokens';
import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { sendPage } from './page.js';
import { problemPage } from './pages.js';

/** Answers errors of pages with a page, and logs them as those of all other routes are. */
@Catch()
export class PageProblemFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(thrown: unknown, host: ArgumentsHost): void {
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    const error = toHeadwaterError(thrown);
    const { problem, retryAfterS } = toProblem(error, '', request.id);
    const { category } = error;
    const facts = { traceId: request.id, category, status: problem.status, method: request.method, err: error };
    this.logger[CATEGORY_ON_HTTP[category].logLevel](facts, 'Page refused');
    if (retryAfterS !== undefined) void reply.header('retry-after', String(retryAfterS));
    sendPage(reply, problemPage(problem.status, problem.title, error.publicMessage ?? problem.detail, problem.traceId));
  }
}
