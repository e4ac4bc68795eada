import type { AccessStore } from '@headwater/domain/access/access-store';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import type { ReportRow, ReportSection } from '@headwater/domain/reports/report-content';
import type { ReportKind } from '@headwater/domain/reports/report-kind';
import type { ReportSubject } from '@headwater/domain/reports/report-subject';
import type { Micros } from '@headwater/domain/time';

/** What reports are made from, as who asked may see it. */
export interface ReportSources {
  readonly catalog: Pick<
    CatalogReader,
    'assetsThen' | 'definitionsOf' | 'effectiveOwners' | 'facts' | 'fieldTags' | 'positionAt' | 'status'
  >;
  readonly access: Pick<AccessStore, 'events'>;
}

export interface ReportStep<State> {
  readonly rows: readonly ReportRow[];
  /** Null: that was the last. */
  readonly next: State | null;
  /** From 0 to 1. Tells nothing of what who asked may not see. */
  readonly progress: number;
}

/**
 * How the rows of a kind are found: step by step, each from where the one before ended, so that whoever takes the work up
 * goes on there. What a step gives depends on its state, the subject and `knownAt` alone. A state is plain JSON.
 */
export interface ReportProducer<Subject extends ReportSubject, State> {
  readonly title: string;
  readonly sections: readonly ReportSection[];
  begin(): State;
  step(sources: ReportSources, subject: Subject, knownAt: Micros, state: State): Promise<ReportStep<State>>;
}

export type SubjectOf<K extends ReportKind> = Extract<ReportSubject, { readonly kind: K }>;
