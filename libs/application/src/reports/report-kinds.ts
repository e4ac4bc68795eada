import type { ReportHead } from '@headwater/domain/reports/report-content';
import type { ReportKind } from '@headwater/domain/reports/report-kind';
import type { ReportSubject } from '@headwater/domain/reports/report-subject';
import type { Micros } from '@headwater/domain/time';
import { accessReport } from './access-report.js';
import { governanceCoverage } from './governance-coverage.js';
import type { ReportProducer, ReportSources, ReportStep } from './report-producer.js';

/** A producer of any kind: it is given subjects of its own kind and states of its own making. */
interface AnyProducer {
  readonly head: Pick<ReportHead, 'title' | 'sections'>;
  begin(): unknown;
  step(sources: ReportSources, subject: ReportSubject, knownAt: Micros, state: unknown): Promise<ReportStep<unknown>>;
}

/** How each kind is made: a kind more does not compile without. */
const PRODUCERS: Readonly<Record<ReportKind, AnyProducer>> = {
  GOVERNANCE_COVERAGE: anyOf(governanceCoverage),
  ACCESS: anyOf(accessReport),
};

function anyOf<S extends ReportSubject, State>(producer: ReportProducer<S, State>): AnyProducer {
  return {
    head: { title: producer.title, sections: producer.sections },
    begin: () => producer.begin(),
    step: (sources, subject, knownAt, state) => producer.step(sources, subject as S, knownAt, state as State),
  };
}

export function beginningOf({ kind }: ReportSubject): unknown {
  return PRODUCERS[kind].begin();
}

export function stepOf(
  sources: ReportSources,
  subject: ReportSubject,
  knownAt: Micros,
  state: unknown,
): Promise<ReportStep<unknown>> {
  return PRODUCERS[subject.kind].step(sources, subject, knownAt, state);
}

export function headOf(subject: ReportSubject, knownAt: Micros, sees: ReportHead['sees']): ReportHead {
  return { ...PRODUCERS[subject.kind].head, subject, knownAt, sees };
}
