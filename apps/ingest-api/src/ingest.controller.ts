import type { AcceptEvents, BatchAccepted, OneAccepted } from '@headwater/application/ingest/accept-events';
import type { IncomingLineage } from '@headwater/application/ingest/lineage-intake';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { Route } from '@headwater/platform/access/route-access';
import { refusedEventOf, type RefusedEventSink } from '@headwater/platform/http/refused-event';
import { ACCESS, REFUSED_EVENTS } from '@headwater/platform/tokens';
import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerInTime } from './answer-in-time.js';
import { ACCEPT_LINEAGE } from './intake-tokens.js';
import { writableBy } from './writable.js';

/** OpenLineage over HTTP, at the paths that its clients know. */
@Controller('api/v1/lineage')
export class IngestController {
  constructor(
    @Inject(ACCEPT_LINEAGE) private readonly accept: AcceptEvents<IncomingLineage>,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
    @Inject(REFUSED_EVENTS) private readonly refused: RefusedEventSink,
  ) {}

  @Post()
  @HttpCode(201)
  @Route({ access: 'lineage:write', body: 'event', rate: 'EVENTS' })
  async one(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<OneAccepted> {
    const answer = await answerInTime(request, (bytes, deadline) =>
      deadline.meet(this.accept.one(bytes, writableBy(request, this.access))),
    );
    void reply.header('headwater-position', answer.position);
    return answer;
  }

  @Post('batch')
  @HttpCode(200)
  @Route({ access: 'lineage:write', body: 'batch', rate: 'EVENTS' })
  async batch(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<Omit<BatchAccepted, 'position'>> {
    const { position, ...answer } = await answerInTime(request, (bytes, deadline) =>
      this.accept.batch(bytes, writableBy(request, this.access), deadline, (error) => {
        const refused = refusedEventOf(request, error);
        if (refused !== undefined) this.refused.add(refused);
      }),
    );
    if (position !== null) void reply.header('headwater-position', position);
    return answer;
  }
}
