import type { AccessServices } from '@headwater/platform/access/access-services';
import { isNavigation } from '@headwater/platform/access/gate';
import { sendProblem } from '@headwater/platform/http/problem.filter';
import type { Logger } from '@headwater/platform/logging/logger';
import { ACCESS, LOGGER } from '@headwater/platform/tokens';
import { Catch, Inject, NotFoundException, type ArgumentsHost, type ExceptionFilter } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CATALOG_API_OPTIONS, type CatalogApiSettings } from '../catalog-api.options.js';
import { NOT_BUILT, uiFolder } from '../ui/ui-page.js';
import { html } from './html.js';
import { languageOf } from './language.js';
import { TEXTS } from './messages.js';
import { sendPage } from './page.js';
import type { StaticFolder } from './static-folder.js';

/**
 * Answers an address that nothing is at: with a page where somebody opened it in a browser, else with a problem. Whoever is
 * signed in gets the catalog, which says so among its own pages; the page for others holds nothing of the address.
 */
@Catch(NotFoundException)
export class NotFoundFilter implements ExceptionFilter {
  readonly #files: StaticFolder;

  constructor(
    @Inject(LOGGER) private readonly logger: Logger,
    @Inject(ACCESS) private readonly access: AccessServices,
    @Inject(CATALOG_API_OPTIONS) settings: CatalogApiSettings,
  ) {
    this.#files = uiFolder(settings.uiFolder);
  }

  async catch(thrown: NotFoundException, host: ArgumentsHost): Promise<void> {
    if (host.getType<string>() !== 'http') throw thrown;
    const request = host.switchToHttp().getRequest<FastifyRequest>();
    const reply = host.switchToHttp().getResponse<FastifyReply>();
    if (!request.is404 || !isNavigation(request)) {
      sendProblem(thrown, request, reply, this.logger);
      return;
    }
    this.logger.debug({ traceId: request.id, status: 404, method: request.method }, 'Nothing at this address');
    if (await this.#isSignedIn(request)) {
      await this.#files.sendPage(request, reply.code(404), NOT_BUILT);
      return;
    }
    const language = languageOf(request.headers);
    const texts = TEXTS[language];
    const body = html`<p>${texts.nothingHereWhy}</p>
      <p><a class="button" href="/">${texts.toCatalog}</a></p>
      <p class="quiet">${texts.trace} <code>${request.id}</code></p>`;
    sendPage(reply, { language, status: 404, title: texts.nothingHere, body });
  }

  async #isSignedIn(request: FastifyRequest): Promise<boolean> {
    try {
      return (await this.access.gate.standing(request)) !== 'ENDED';
    } catch (error) {
      // Nobody can tell just now, as while the store is away: then the page that needs nobody to.
      this.logger.debug({ err: error, traceId: request.id }, 'Who opened the page could not be told');
      return false;
    }
  }
}
