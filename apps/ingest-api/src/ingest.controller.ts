import {
  AcceptEvents,
  type BatchAccepted,
  type OneAccepted,
  type WritableNamespaces,
} from '@headwater/application/ingest/accept-events';
import { Deadline } from '@headwater/application/ingest/deadline';
import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { Route } from '@headwater/platform/access/route-access';
import { takeBody } from '@headwater/platform/http/http-adapter';
import { refusedEventOf, type RefusedEventSink } from '@headwater/platform/http/refused-event';
import { ACCESS, REFUSED_EVENTS } from '@headwater/platform/tokens';
import { Controller, HttpCode, Inject, Post, Req, Res } from '@nestjs/common';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** OpenLineage's clients give up after 5 s, and some then lose the event where a 503 would make them try again. */
const ANSWER_WITHIN_MS = 4_500;

/** OpenLineage over HTTP, at the paths that its clients know. */
@Controller('api/v1/lineage')
export class IngestController {
  constructor(
    @Inject(AcceptEvents) private readonly accept: AcceptEvents,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
    @Inject(REFUSED_EVENTS) private readonly refused: RefusedEventSink,
  ) {}

  @Post()
  @HttpCode(201)
  @Route({ access: 'lineage:write', body: 'event', rate: 'EVENTS' })
  async one(@Req() request: FastifyRequest, @Res({ passthrough: true }) reply: FastifyReply): Promise<OneAccepted> {
    const answer = await answerInTime(request, (bytes, deadline) =>
      deadline.meet(this.accept.one(bytes, this.#writesOf(request))),
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
      this.accept.batch(bytes, this.#writesOf(request), deadline, (error) => {
        const refused = refusedEventOf(request, error);
        if (refused !== undefined) this.refused.add(refused);
      }),
    );
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

/** What `store` makes of the body by the deadline. The bytes count as in flight until the store is done with them. */
async function answerInTime<T>(
  request: FastifyRequest,
  store: (bytes: Uint8Array, deadline: Deadline) => Promise<T>,
): Promise<T> {
  const { bytes, lease } = takeBody(request);
  const deadline = new Deadline(ANSWER_WITHIN_MS);
  try {
    return await store(bytes, deadline);
  } finally {
    void deadline.end().then(() => {
      lease.release();
    });
  }
}
