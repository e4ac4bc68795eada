import { toHeadwaterError, toProblem } from '@headwater/platform/http/problem';
import { logFailure } from '@headwater/platform/logging/log-failure';
import type { Logger } from '@headwater/platform/logging/logger';
import { LOGGER } from '@headwater/platform/tokens';
import { Catch, Inject, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { languageOf } from '../pages/language.js';
import { sendPage } from '../pages/page.js';
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
    const { status, traceId } = problem;
    logFailure(this.logger, error, { traceId, status, method: request.method }, 'Page refused');
    if (retryAfterS !== undefined) void reply.header('retry-after', String(retryAfterS));
    sendPage(reply, problemPage(languageOf(request.headers), status, error, traceId));
  }
}
