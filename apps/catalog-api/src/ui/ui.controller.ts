import { Route } from '@headwater/platform/access/route-access';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CATALOG_API_OPTIONS, type CatalogApiSettings } from '../catalog-api.options.js';
import type { StaticFolder } from '../pages/static-folder.js';
import { NOT_BUILT, uiFolder } from './ui-page.js';

/** Paths that the catalog's pages know; what follows them is theirs. */
const PAGES = [
  '/',
  '/saved',
  '/search',
  '/asset',
  '/glossary',
  '/lineage',
  '/plan',
  '/ownership-rules',
  '/products',
  '/properties',
  '/logical',
  '/suggestions',
  '/tag',
  '/edits',
  '/governance',
  '/governance/agents',
  '/governance/architecture',
  '/governance/flows',
  '/governance/logical-rules',
  '/governance/tag-rules',
  '/start',
  '/operations',
  '/operations/:page',
];

/** The catalog in the browser: one page for all of its paths, for whoever is signed in, and the files behind it. */
@Controller()
export class UiController {
  readonly #files: StaticFolder;

  constructor(@Inject(CATALOG_API_OPTIONS) settings: CatalogApiSettings) {
    this.#files = uiFolder(settings.uiFolder);
  }

  @Get(PAGES)
  @Route({ access: 'SIGNED_IN' })
  async page(@Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    await this.#files.sendPage(request, reply, NOT_BUILT);
  }

  @Get('/ui/*')
  @Route({ access: 'PUBLIC' })
  file(@Param('*') path: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#files.send(request, reply, path);
  }
}
