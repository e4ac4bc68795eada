import type { Asker } from '@headwater/application/access/access-parts';
import { isLack } from '@headwater/application/access/lacking';
import { AskReports } from '@headwater/application/reports/ask-reports';
import { REPORT_FORMATS, type Report as DomainReport } from '@headwater/domain/reports/report';
import type { AccessServices } from '@headwater/platform/access/access-services';
import { ACCESS } from '@headwater/platform/tokens';
import { Inject } from '@nestjs/common';
import { Args, Context, ID, Mutation, Query, Resolver } from '@nestjs/graphql';
import { PageOf20, toPageRequest } from '../arguments/page-args.js';
import { RequestReportInput, toWantedReport } from '../arguments/report-args.js';
import type { CatalogContext } from '../catalog-context.js';
import { signedIn } from '../loaders/saved-searches.js';
import { Operation } from '../operation.guard.js';
import { toConnection, type Connection } from '../types/connection.js';
import {
  Report,
  ReportConnection,
  ReportResult,
  toReport,
  toReportRefusal,
  type ReportChanged,
  type ReportRefusal,
} from '../types/report.js';

/** Which kind needs which of them is judged further in. */
const ASKS = { scope: ['catalog:read', 'audit:read'] } as const;
type Result = ReportChanged | ReportRefusal;

/** Reports: asked for, looked at, tried again, deleted. */
@Resolver(() => Report)
export class ReportResolver {
  constructor(
    private readonly ask: AskReports,
    @Inject(ACCESS) private readonly access: Pick<AccessServices, 'refusals'>,
  ) {}

  @Query(() => Report, {
    nullable: true,
    description:
      'A report and how far it is: your own, or anybody’s for who reads the audit and sees the whole catalog. Null for others.',
  })
  @Operation(ASKS)
  async report(
    @Args('id', { type: () => ID, description: 'The id that the mutation gave.' }) id: string,
    @Context('catalog') context: CatalogContext,
  ): Promise<Report | null> {
    const report = await this.ask.report(signedIn(context), id);
    return report === null ? null : toReport(report);
  }

  @Query(() => ReportConnection, {
    description: 'Reports, the latest first: your own, or all for who reads the audit and sees the whole catalog.',
  })
  @Operation(ASKS)
  async reports(@Args() args: PageOf20, @Context('catalog') context: CatalogContext): Promise<Connection<Report>> {
    const page = toPageRequest(args);
    return toConnection(await this.ask.reports(signedIn(context), page), page.after, toReport);
  }

  @Mutation(() => ReportResult, {
    description:
      'Asks for a report. It is made in the background: `report` says how far it is, and where its files are.',
  })
  @Operation(ASKS)
  requestReport(
    @Args('input', { description: 'Which report.' }) input: RequestReportInput,
    @Context('catalog') context: CatalogContext,
  ): Promise<Result> {
    return this.#do(context, (asker) => this.ask.request(asker, toWantedReport(input, REPORT_FORMATS)));
  }

  @Mutation(() => ReportResult, { description: 'Goes on with a report that failed, from where it was.' })
  @Operation(ASKS)
  retryReport(
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
    @Context('catalog') context: CatalogContext,
  ): Promise<Result> {
    return this.#do(context, (asker) => this.ask.retry(asker, id));
  }

  @Mutation(() => ReportResult, {
    description: 'Deletes a report, also one that is being made: nothing of it can be downloaded any more.',
  })
  @Operation(ASKS)
  deleteReport(
    @Args('id', { type: () => ID, description: 'Which.' }) id: string,
    @Context('catalog') context: CatalogContext,
  ): Promise<Result> {
    return this.#do(context, async (asker) => {
      await this.ask.remove(asker, id);
      return { id };
    });
  }

  /** What was done, or its expected failure as a result; what is forbidden is counted as every refusal is. */
  async #do(
    context: CatalogContext,
    work: (asker: Asker) => Promise<DomainReport | { readonly id: string }>,
  ): Promise<Result> {
    const { address } = context;
    const principal = signedIn(context);
    try {
      const report = await work({ principal, address });
      return { id: report.id, report: 'subject' in report ? toReport(report) : null };
    } catch (error) {
      const refusal = toReportRefusal(error);
      if (refusal === undefined) throw error;
      const { reason } = refusal;
      if (isLack(reason)) this.access.refusals.add({ reason, token: null, address, actor: principal.id });
      return refusal;
    }
  }
}
