import type { NodeId } from '../identifiers.js';
import { outlineOfAgents, readAgentsEdit } from './agents/agents-edit.js';
import { readAcceptedValue } from './accepted-findings.js';
import { readAssetEdit, type FactEdit } from './asset-edit.js';
import { moduleOf, readDefinitionEdit } from './definition-edit.js';
import type { EditedPart } from './edited-part.js';
import { readAnswerDetail } from './owner-answers.js';
import { readOwnersBatch } from './owners-batch.js';
import { keptValues } from './property-values.js';
import { editsOf, readTermBatch } from './term-batch.js';

/** What an edit says of itself: enough for a line of a list. */
export interface EditOutline {
  readonly by: string;
  readonly reason: string | null;
  /** The asset or the definition. */
  readonly subject: NodeId;
  readonly parts: readonly EditedPart[];
}

/** Undefined for an edit of settings, and for every other event. Total. */
export function editOutline(bytes: Uint8Array): EditOutline | undefined {
  const edit = readAssetEdit(bytes);
  if (edit !== undefined) {
    const parts = edit.changes.map((change) => {
      const { action, kind, node, value, detail } = change;
      if (kind === 'ACCEPTED_FINDING') return acceptedPart(change);
      return { action, part: kind, on: node, detail: detailOf(kind, detail), value: value === '' ? null : value };
    });
    return { by: edit.by.name, reason: edit.reason, subject: edit.asset, parts };
  }
  const definition = readDefinitionEdit(bytes);
  if (definition === undefined) return agentsOutline(bytes) ?? batchOutline(bytes);
  const { by, reason, node } = definition;
  return { by: by.name, reason, subject: node, parts: moduleOf(node)?.outline(definition) ?? [] };
}

/** The job, and which kind of finding about it. */
function acceptedPart({ action, node: on, kind: part, value }: FactEdit): EditedPart {
  const of = readAcceptedValue(value);
  return { action, part, on, value: of?.job ?? value, detail: of?.kind ?? null };
}

function detailOf(kind: FactEdit['kind'], detail: string | null): string | null {
  if (kind === 'PROPERTY') return detail === null ? null : keptValues(detail).join(', ');
  return kind === 'DECLINED' ? told(detail) : detail;
}

function agentsOutline(bytes: Uint8Array): EditOutline | undefined {
  const edit = readAgentsEdit(bytes);
  if (edit === undefined) return undefined;
  return { by: edit.by.name, reason: edit.reason, subject: edit.node, parts: outlineOfAgents(edit) };
}

/** The role and why, on one line. */
function told(detail: string | null): string {
  const { role, why } = readAnswerDetail(detail);
  return `${role}: ${why}`;
}

/** Of an edit of many definitions: the first stands for all as the subject. */
function batchOutline(bytes: Uint8Array): EditOutline | undefined {
  const terms = readTermBatch(bytes);
  const edits = terms === undefined ? (readOwnersBatch(bytes) ?? []) : editsOf(terms);
  const [first] = edits;
  if (first === undefined) return undefined;
  const parts = edits.flatMap((edit) => moduleOf(edit.node)?.outline(edit) ?? []);
  return { by: first.by.name, reason: first.reason, subject: first.node, parts };
}
