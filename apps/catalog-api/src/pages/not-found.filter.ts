import { isNavigation } from '@headwater/platform/access/gate';
import { sendProblem } from '@headwater/platform/http/problem.filter';
import type { Logger } from '@headwater/platform/logging/logger';
import { LOGGER } from '@headwater/platform/tokens';
import { Catch, Inject, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { html } from './html.js';
import { languageOf } from './language.js';
import { TEXTS } from './messages.js';
import { sendPage } from './page.js';

/**
 * Answers an address that nothing is at: with a page where somebody opened it in a browser, else with a problem. The page
 * holds nothing of the address.
 */
@Catch(NotFoundException)
export class NotFoundFilter implements ExceptionFilter {
  constructor(@Inject(LOGGER) private readonly logger: Logger) {}

  catch(thrown: NotFoundException, host: ArgumentsHost): void {
    if (host.getType<string>() !== 'http') throw thrown;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (!request.is404 || !isNavigation(request)) {
      sendProblem(thrown, request, reply, this.logger);
      return;
    }
    this.logger.debug({ traceId: request.id, status: 404, method: request.method }, 'Nothing at this address');
    const language = languageOf(request.headers);
    const texts = TEXTS[language];
    const body = html`<p>${texts.nothingHereWhy}</p>
      <p><a class="button" href="/">${texts.toCatalog}</a></p>
      <p class="quiet">${texts.trace} <code>${request.id}</code></p>`;
    sendPage(reply, { language, status: 404, title: texts.nothingHere, body });
  }
}
