import { decisionId } from '@headwater/domain/decisions/decision-statement';
import { kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import type { DecisionView, StatementView } from '@headwater/domain/reading/decision-reader';
import type { Micros } from '@headwater/domain/time';
import { Field, Float, ID, Int, ObjectType } from '@nestjs/graphql';
import { connectionTypes } from './connection.js';
import { AutomationEnum, LegalBasisEnum, type Automation, type LegalBasis } from './decision-enums.js';
import { Node } from './node.js';
import { DateTime, Json } from './scalars.js';

type Content = Readonly<Record<string, unknown>>;

@ObjectType({ description: 'What was decided.' })
export class DecisionOutcome {
  @Field(() => String, { nullable: true, description: 'In a word.' })
  label!: string | null;

  @Field(() => Float, { nullable: true, description: 'How sure, or how much of it, by the producer’s own measure.' })
  score!: number | null;

  @Field(() => Json, { nullable: true, description: 'As data.' })
  value!: unknown;
}

@ObjectType({ description: 'Who answers for a decision, as its producer says.' })
export class DecisionResponsible {
  @Field({ description: 'Who.' })
  agent!: string;

  @Field(() => String, { nullable: true, description: 'On whose behalf.' })
  onBehalfOf!: string | null;
}

@ObjectType({ description: 'A rule that a decision followed.' })
export class DecisionRule {
  @Field({ description: 'Its id.' })
  id!: string;

  @Field(() => String, { nullable: true, description: 'Its version; null: a gap.' })
  version!: string | null;
}

@ObjectType({ description: 'What was done because of a decision.' })
export class DecisionAction {
  @Field({ description: 'What, such as `payment.sent`.' })
  type!: string;

  @Field(() => String, { nullable: true, description: 'Which one.' })
  ref!: string | null;
}

@ObjectType({ description: 'Whom or what a decision is about.' })
export class DecisionSubject {
  readonly view!: DecisionView;
  /** What the log has in place of the reference. */
  readonly sealed!: unknown;

  @Field({ description: 'Its type, such as `customer`.' })
  type!: string;
}

@ObjectType({ description: 'Data that a decision was based on.' })
export class DecisionInput {
  readonly view!: DecisionView;
  readonly content!: Content;

  @Field(() => Boolean, { description: 'Whether the caller may not know what it is: all else is null or empty then.' })
  isHidden!: boolean;

  @Field(() => String, {
    nullable: true,
    description: 'The version that was read, as the producer names it; null: a gap.',
  })
  version!: string | null;

  @Field(() => [String], { description: 'The fields that were read; empty where the producer names none.' })
  fields!: readonly string[];
}

@ObjectType({ description: 'A human’s decision in place of another.' })
export class DecisionOverride {
  @Field(() => ID, { description: 'The decision that it replaces, by its NodeId, also where it is not known.' })
  decisionId!: NodeId;

  @Field(() => String, { nullable: true, description: 'Who replaced it.' })
  by!: string | null;

  @Field(() => String, { nullable: true, description: 'Why.' })
  reason!: string | null;
}

@ObjectType({ description: 'One thing that was said about a decision.' })
export class DecisionStatement {
  @Field({ description: 'SHA-256 of its RFC 8785 form as the log keeps it, hex.' })
  digest!: string;

  @Field(() => DateTime, { description: 'When it was decided, by the producer’s own clock.' })
  claimedAt!: Micros;

  @Field(() => DateTime, { description: 'When it first came.' })
  receivedAt!: Micros;

  @Field(() => DateTime, { description: 'When it was first recorded.' })
  recordedAt!: Micros;

  @Field(() => DecisionOutcome, { description: 'What it says was decided.' })
  outcome!: DecisionOutcome;
}

@ObjectType('Decision', {
  implements: () => [Node],
  description:
    'A judgement about a subject, automated or human, by the statement that stands: of several the one with the latest effective time.',
})
export class Decision extends Node {
  override readonly __typename = 'Decision';
  readonly view!: DecisionView;

  @Field({ description: 'Who sent it.' })
  producer!: string;

  @Field({ description: 'The producer’s own id of it.' })
  producerId!: string;

  @Field({ description: 'The process that it belongs to.' })
  type!: string;

  @Field(() => DateTime, {
    description: 'When it counts as taken: `claimedAt`, or five minutes behind its receipt where that is earlier.',
  })
  decidedAt!: Micros;

  @Field(() => DateTime, { description: 'When it was taken by the producer’s own clock.' })
  claimedAt!: Micros;

  @Field(() => DateTime, { description: 'When the statement that stands first came.' })
  receivedAt!: Micros;

  @Field(() => DecisionOutcome, { description: 'What was decided.' })
  outcome!: DecisionOutcome;

  @Field(() => DecisionSubject, { nullable: true, description: 'Whom or what it is about; null: a gap.' })
  subject!: DecisionSubject | null;

  @Field(() => AutomationEnum, { nullable: true, description: 'Who or what took it; null: a gap.' })
  automation!: Automation | null;

  @Field(() => DecisionResponsible, { nullable: true, description: 'Who answers for it; null: a gap.' })
  responsible!: DecisionResponsible | null;

  @Field(() => String, { nullable: true, description: 'What for.' })
  purpose!: string | null;

  @Field(() => LegalBasisEnum, { nullable: true, description: 'On what legal basis personal data was used.' })
  legalBasis!: LegalBasis | null;

  @Field(() => String, { nullable: true, description: 'The run that took it, as the producer names it; null: a gap.' })
  runId!: string | null;

  @Field(() => [DecisionRule], { description: 'The rules that it followed.' })
  rules!: readonly DecisionRule[];

  @Field(() => Int, { description: 'How many inputs it names.' })
  inputCount!: number;

  @Field(() => Json, { nullable: true, description: 'How its producer explains it.' })
  explanation!: unknown;

  @Field(() => String, { nullable: true, description: 'What it shares with others of the same case.' })
  correlationId!: string | null;

  @Field(() => String, {
    nullable: true,
    description: 'The decision or event that led to it, as the producer names it.',
  })
  causationId!: string | null;

  @Field(() => DecisionOverride, { nullable: true, description: 'The decision that it replaces.' })
  overrides!: DecisionOverride | null;

  @Field(() => [DecisionAction], { description: 'What was done because of it.' })
  actions!: readonly DecisionAction[];

  @Field(() => Boolean, { description: 'Whether its statements contradict each other: see `statements`.' })
  conflict!: boolean;
}

export const DecisionConnection = connectionTypes(() => Decision, 'Decision');

/** The decision as GraphQL shows it. The log has nothing that does not fit the published schema. */
export function toDecision(view: DecisionView): Decision {
  const { content } = view;
  const producer = textOf(content['producer']) ?? '';
  const subject = recordOf(content['subject']);
  const responsible = recordOf(content['responsible']);
  const overrides = recordOf(content['overrides']);
  return {
    ...{ __typename: 'Decision', view, id: view.id, producer },
    producerId: textOf(content['id']) ?? '',
    type: textOf(content['type']) ?? '',
    ...{ decidedAt: view.decidedAt, claimedAt: view.claimedAt, receivedAt: view.receivedAt },
    outcome: outcomeOf(content),
    subject: subject && { view, sealed: subject['ref'], type: textOf(subject['type']) ?? '' },
    automation: textOf(content['automation']) as Automation | null,
    responsible: responsible && {
      agent: textOf(responsible['agent']) ?? '',
      onBehalfOf: textOf(responsible['onBehalfOf']),
    },
    purpose: textOf(content['purpose']),
    legalBasis: textOf(content['legalBasis']) as LegalBasis | null,
    runId: textOf(content['runId']),
    rules: recordsOf(content['rules']).map(({ id, version }) => ({ id: textOf(id) ?? '', version: textOf(version) })),
    inputCount: recordsOf(content['inputs']).length,
    explanation: content['explanation'] ?? null,
    correlationId: textOf(content['correlationId']),
    causationId: textOf(content['causationId']),
    overrides: overrides && {
      decisionId: referredDecision(producer, textOf(overrides['decision']) ?? ''),
      by: textOf(overrides['by']),
      reason: textOf(overrides['reason']),
    },
    actions: recordsOf(content['actions']).map(({ type, ref }) => ({ type: textOf(type) ?? '', ref: textOf(ref) })),
    conflict: view.statements > 1,
  };
}

export function toStatement({ content, ...view }: StatementView): DecisionStatement {
  return { ...view, outcome: outcomeOf(content) };
}

/** Some inputs, from the one at `skip` on; of what `sees` does not allow only that it is there. */
export function toInputs(
  view: DecisionView,
  { skip, most }: { readonly skip: number; readonly most: number },
  sees: (namespace: string) => boolean,
): DecisionInput[] {
  return recordsOf(view.content['inputs'])
    .slice(skip, skip + most)
    .map((content) => {
      const isHidden = !sees(textOf(recordOf(content['dataset'])?.['namespace']) ?? '');
      const { version, fields } = isHidden ? {} : content;
      return {
        ...{ view, content, isHidden, version: textOf(version) },
        fields: Array.isArray(fields) ? (fields as readonly unknown[]).map(String) : [],
      };
    });
}

/** A decision that another names: by its NodeId, else of the same producer. */
export function referredDecision(producer: string, reference: string): NodeId {
  const id = kindOf(reference) === 'DECISION' ? respellNodeId(reference) : undefined;
  return id ?? decisionId(producer, reference);
}

export function recordOf(value: unknown): Content | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Content) : null;
}

export function textOf(value: unknown): string | null {
  return typeof value === 'string' ? value : null;
}

function recordsOf(value: unknown): readonly Content[] {
  const items: readonly unknown[] = Array.isArray(value) ? value : [];
  return items.map(recordOf).filter((one) => one !== null);
}

function outcomeOf(content: Content): DecisionOutcome {
  const outcome = recordOf(content['outcome']) ?? {};
  const score = outcome['score'];
  return {
    label: textOf(outcome['label']),
    score: typeof score === 'number' ? score : null,
    value: outcome['value'] ?? null,
  };
}
