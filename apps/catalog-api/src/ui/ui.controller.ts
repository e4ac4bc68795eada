import { Route } from '@headwater/platform/access/route-access';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CATALOG_API_OPTIONS, type CatalogApiSettings } from '../catalog-api.options.js';
import { StaticFolder } from '../pages/static-folder.js';

// Components size and color themselves by style attributes; nothing else but files of this server does anything.
const CONTENT_SECURITY_POLICY = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "font-src 'self'",
  "img-src 'self' data: blob:",
  "connect-src 'self'",
  "worker-src 'self'",
  "manifest-src 'self'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ');

const NOT_BUILT =
  'The catalog’s pages have not been built; <code>npm run build</code> does that. The API is at <a href="/graphql">/graphql</a>.';

/** Paths that the catalog's pages know; what follows them is theirs. */
const PAGES = ['/', '/search', '/asset', '/lineage', '/start', '/operations', '/operations/:page'];

/** The catalog in the browser: one page for all of its paths, for whoever is signed in, and the files behind it. */
@Controller()
export class UiController {
  readonly #files: StaticFolder;

  constructor(@Inject(CATALOG_API_OPTIONS) settings: CatalogApiSettings) {
    this.#files = new StaticFolder(settings.uiFolder, CONTENT_SECURITY_POLICY);
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
