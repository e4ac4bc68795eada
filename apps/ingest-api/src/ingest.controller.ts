import {
  AcceptEvents,
  type BatchAccepted,
  type OneAccepted,
  type WritableNamespaces,
} from '@headwater/application/ingest/accept-events';
import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { Route } from '@headwater/platform/access/route-access';
import { takeBody } from '@headwater/platform/http/http-adapter';
import { ACCESS } from '@headwater/platform/tokens';
import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { answerInTime } from './answer-in-time.js';

/** OpenLineage over HTTP, at the paths that its clients know. */
@Controller('api/v1/lineage')
export class IngestController {
  constructor(
    @Inject(AcceptEvents) private readonly accept: AcceptEvents,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Post()
  @HttpCode(201)
  @Route({ access: 'lineage:write', body: 'event', rate: 'EVENTS' })
  async one(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<OneAccepted> {
    const { bytes, lease } = takeBody(request);
    const answer = await answerInTime(
      this.accept.one(bytes, this.#writesOf(request)).finally(() => {
        lease.release();
      }),
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
    const { bytes, lease } = takeBody(request);
    const { position, ...answer } = await this.accept.batch(bytes, this.#writesOf(request)).finally(() => {
      lease.release();
    });
    if (position !== null) void reply.header('headwater-position', position);
    return answer;
  }

  /** The gate lets nobody in who may write nothing. What is refused is counted for the audit. */
  #writesOf({ principal, ip }: FastifyRequest): WritableNamespaces {
    const rule = principal?.where('lineage:write') ?? NamespaceRule.NONE;
    if (rule.isAll) return rule;
    return {
      allows: (namespace) => {
        if (rule.allows(namespace)) return true;
        const actor = principal?.id ?? null;
        this.access.refusals.add({ reason: 'FOREIGN_NAMESPACE', token: null, address: ip, actor });
        return false;
      },
    };
  }
}
