import type { FactRow } from '../catalog.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import type { Span } from './edge-intervals.js';

type Fact = Pick<FactRow, 'kind' | 'value' | 'detail'> & { readonly node: NodeId };

/** A fact that an edit took away, for as long as no edit states it again. `detail` null: whatever its detail. */
export interface Withdrawal extends Fact {
  readonly from: Micros;
  to: Micros | null;
}

/** Whether it is this fact that was taken away. */
export function withdraws({ node, kind, value, detail }: Fact, fact: Fact): boolean {
  const isSame = node === fact.node && kind === fact.kind && value === fact.value;
  return isSame && (detail === null || detail === detailOf(fact));
}

/** An owner without a role is in the role OWNER. */
function detailOf({ kind, detail }: Fact): string | null {
  return kind === 'OWNER' ? (detail ?? 'OWNER') : detail;
}

/** What is left of the spans in which facets state a fact. */
export function withoutWithdrawn(
  { withdrawn }: { readonly withdrawn: readonly Withdrawal[] },
  fact: Fact,
  spans: Span[],
): Span[] {
  return withoutGaps(
    spans,
    withdrawn.filter((one) => withdraws(one, fact)),
  );
}

/** What is left of spans where gaps are cut out of them, in their order. */
export function withoutGaps(spans: readonly Span[], gaps: readonly Span[]): Span[] {
  return gaps.reduce((left, gap) => left.flatMap((span) => cut(span, gap)), [...spans]);
}

function cut(span: Span, gap: Span): Span[] {
  const before = { from: span.from, to: earlier(span.to, gap.from) };
  const after = gap.to === null ? null : { from: Math.max(span.from, gap.to), to: span.to };
  return [before, ...(after === null ? [] : [after])].filter(({ from, to }) => to === null || from < to);
}

function earlier(a: Micros | null, b: Micros): Micros {
  return a === null ? b : Math.min(a, b);
}
