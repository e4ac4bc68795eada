import { Route } from '@headwater/platform/access/route-access';
import { Controller, Get, Header, Res } from '@nestjs/common';
import type { FastifyReply } from 'fastify';
import { OPENAPI } from './openapi.js';
import { Metrics } from './metrics.js';
import { ReadReadiness } from './readiness.js';

/** What operators and load balancers ask. */
@Controller()
export class OperationsController {
  constructor(
    private readonly readiness: ReadReadiness,
    private readonly metrics: Metrics,
  ) {}

  /** The process answers; nothing is checked. */
  @Get('/health/live')
  @Route({ access: 'PUBLIC', rate: 'UNLIMITED' })
  live(): { readonly status: 'live' } {
    return { status: 'live' };
  }

  /** Each dependency with its lag; 503 where events cannot be accepted. */
  @Get('/health/ready')
  @Route({ access: 'PUBLIC', rate: 'UNLIMITED' })
  async ready(@Res({ passthrough: true }) reply: FastifyReply): Promise<unknown> {
    const readiness = await this.readiness.execute();
    reply.status(readiness.status === 'unavailable' ? 503 : 200);
    return readiness;
  }

  @Get('/metrics')
  @Route({ access: 'catalog:read' })
  async prometheus(@Res({ passthrough: true }) reply: FastifyReply): Promise<string> {
    reply.header('content-type', this.metrics.contentType);
    return this.metrics.read();
  }

  @Get('/openapi.json')
  @Route({ access: 'PUBLIC' })
  @Header('content-type', 'application/json')
  openapi(): unknown {
    return OPENAPI;
  }
}
