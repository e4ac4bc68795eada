import { HeadwaterError } from '@headwater/domain/errors';
import { Route } from '@headwater/platform/access/route-access';
import { Controller, Get, Inject, Param, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { CATALOG_API_OPTIONS, type CatalogApiSettings } from '../catalog-api.options.js';
import { IDE_PREFIX, ideFile, sendProtected } from './ide-page.js';

/** The files behind the editor at GET /graphql. */
@Controller()
export class IdeController {
  constructor(@Inject(CATALOG_API_OPTIONS) private readonly settings: CatalogApiSettings) {}

  @Get(`${IDE_PREFIX}*`)
  @Route({ access: 'PUBLIC' })
  file(@Param('*') path: string, @Res() reply: FastifyReply): void {
    const file = ideFile(this.settings.ideFolder, path);
    if (file === undefined) throw new HeadwaterError('NOT_FOUND', 'The editor has no such file');
    void sendProtected(reply, file.extension, 'public, max-age=31536000, immutable').send(file.body);
  }
}
