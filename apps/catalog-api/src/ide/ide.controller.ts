import { Route } from '@headwater/platform/access/route-access';
import { Controller, Get, Inject, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { CATALOG_API_OPTIONS, type CatalogApiSettings } from '../catalog-api.options.js';
import type { StaticFolder } from '../pages/static-folder.js';
import { IDE_PREFIX, ideFolder } from './ide-page.js';

/** The files behind the editor at GET /graphql. */
@Controller()
export class IdeController {
  readonly #files: StaticFolder;

  constructor(@Inject(CATALOG_API_OPTIONS) settings: CatalogApiSettings) {
    this.#files = ideFolder(settings.ideFolder);
  }

  @Get(`${IDE_PREFIX}*`)
  @Route({ access: 'PUBLIC' })
  file(@Param('*') path: string, @Req() request: FastifyRequest, @Res() reply: FastifyReply): Promise<void> {
    return this.#files.send(request, reply, path);
  }
}
