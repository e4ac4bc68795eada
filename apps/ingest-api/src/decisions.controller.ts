import type { AcceptEvents, BatchAccepted, OneAccepted } from '@headwater/application/ingest/accept-events';
import type { UnsealedEvent } from '@headwater/application/decisions/seal-personal-parts';
import { DECISION_SCHEMA_TEXT } from '@headwater/domain/decisions/generated/decision-schema';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { Route } from '@headwater/platform/access/route-access';
import { refusedEventOf, type RefusedEventSink } from '@headwater/platform/http/refused-event';
import { ACCESS, REFUSED_EVENTS } from '@headwater/platform/tokens';
import { Controller, Get, Header, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerInTime } from './answer-in-time.js';
import { checkBinaryMode, contentModeOf } from './content-mode.js';
import { ACCEPT_CLOUD_EVENTS, ACCEPT_DECISIONS } from './intake-tokens.js';
import { writableBy } from './writable.js';

/** Decisions over HTTP: one, an array, or CloudEvents in any content mode of their HTTP binding. */
@Controller()
export class DecisionsController {
  constructor(
    @Inject(ACCEPT_DECISIONS) private readonly plain: AcceptEvents<UnsealedEvent>,
    @Inject(ACCEPT_CLOUD_EVENTS) private readonly cloudEvents: AcceptEvents<UnsealedEvent>,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
    @Inject(REFUSED_EVENTS) private readonly refused: RefusedEventSink,
  ) {}

  @Get('schemas/decision/1-0-0.json')
  @Route({ access: 'PUBLIC' })
  @Header('content-type', 'application/schema+json')
  schema(): string {
    return DECISION_SCHEMA_TEXT;
  }

  @Post('api/v1/decisions')
  @Route({ access: 'decision:write', body: 'batch', rate: 'EVENTS' })
  async accept(
    @Req() request: FastifyRequest,
    @Res({ passthrough: true }) reply: FastifyReply,
  ): Promise<OneAccepted | Omit<BatchAccepted, 'position'>> {
    const writes = writableBy(request, this.access);
    const { position, ...answer } = await answerInTime<OneAccepted | BatchAccepted>(request, (bytes, deadline) => {
      const mode = contentModeOf(request.headers, bytes);
      const accept = mode.isCloudEvent ? this.cloudEvents : this.plain;
      if (mode.isBinary) checkBinaryMode(request.headers);
      if (!mode.isBatch) return deadline.meet(accept.one(bytes, writes));
      return accept.batch(bytes, writes, deadline, (error) => {
        const refused = refusedEventOf(request, error);
        if (refused !== undefined) this.refused.add(refused);
      });
    });
    if (position !== null) void reply.header('headwater-position', position);
    if ('summary' in answer) {
      void reply.status(200);
      return answer;
    }
    void reply.status(201);
    return { ...answer, position: position ?? '' };
  }
}
