import type { NamespaceRule } from '../access/namespace-rule.js';
import type { NodeId } from '../identifiers.js';
import type { Page, PageRequest } from '../page.js';
import type { Micros } from '../time.js';

/** One statement about a decision. */
export interface StatementView {
  readonly digest: string;
  /** The producer's own time. */
  readonly claimedAt: Micros;
  /** Of the first event that says it, as are record time and position. */
  readonly receivedAt: Micros;
  readonly recordedAt: Micros;
  readonly position: number;
  /** As the published schema has it, with placeholders for what is personal. */
  readonly content: Readonly<Record<string, unknown>>;
}

/** A decision with the statement that gives its fields. */
export interface DecisionView extends StatementView {
  readonly id: NodeId;
  /** When it counts as taken. */
  readonly decidedAt: Micros;
  /** Of the job that decided; '' where none is named. */
  readonly namespace: string;
  /** How many different statements there are; more than one: they contradict each other. */
  readonly statements: number;
}

/** Every given member must hold; empty lists hold for none. */
export interface DecisionFilter {
  readonly types?: readonly string[];
  readonly outcomes?: readonly string[];
  readonly producers?: readonly string[];
  readonly job?: NodeId;
  /** The id of the subject's key. */
  readonly subjectKey?: string;
  /** Effective time in [from, to). */
  readonly from?: Micros;
  readonly to?: Micros;
  readonly isConflict?: boolean;
}

export interface DecisionReader {
  /** Unknown ids are absent. */
  decisions(ids: readonly NodeId[]): Promise<ReadonlyMap<NodeId, DecisionView>>;
  /** The latest first; of jobs that every rule of `within`, at most two, allows. */
  decisionList(
    filter: DecisionFilter,
    page: PageRequest,
    within: readonly NamespaceRule[],
  ): Promise<Page<DecisionView>>;
  /** What was said about each decision, the one that stands first; at most `most` each. */
  decisionStatements(ids: readonly NodeId[], most: number): Promise<ReadonlyMap<NodeId, readonly StatementView[]>>;
}
