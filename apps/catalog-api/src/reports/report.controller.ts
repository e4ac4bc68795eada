import { Readable } from 'node:stream';
import { AskReports } from '@headwater/application/reports/ask-reports';
import { HeadwaterError } from '@headwater/domain/errors';
import { Route } from '@headwater/platform/access/route-access';
import { Controller, Get, Param, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** Files of reports, for whoever asked for them. */
@Controller()
export class ReportController {
  constructor(private readonly ask: AskReports) {}

  @Get('/api/v1/reports/:id/files/:name')
  @Route({ access: 'SIGNED_IN' })
  async download(
    @Param('id') id: string,
    @Param('name') name: string,
    @Req() request: FastifyRequest,
    @Res() reply: FastifyReply,
  ): Promise<void> {
    const { principal, ip } = request;
    if (principal === null) throw new HeadwaterError('UNAUTHENTICATED', 'Say who you are before you ask.');
    const asker = { principal, address: ip };
    const isHead = request.method === 'HEAD';
    const { file, content } = await (isHead ? this.ask.file(asker, id, name) : this.ask.download(asker, id, name));
    await reply
      .headers({
        'content-type': file.mediaType,
        'content-length': file.bytes,
        'content-disposition': `attachment; filename="${file.name}"`,
        // RFC 9530: whoever has the file can tell that it is the one that was made.
        'repr-digest': `sha-256=:${Buffer.from(file.sha256, 'hex').toString('base64')}:`,
        'cache-control': 'private, no-store',
      })
      .send(isHead ? undefined : Readable.from(content, { objectMode: false }));
  }
}
