import { isRecord, text } from '../openlineage/read-facets.js';
import { canonicalJson } from '../projection/canonical-json.js';

/** A subject as producers and readers name it. */
export interface SubjectName {
  readonly type: string;
  readonly ref: string;
}

/** What tells a subject from all others. */
export function subjectIdentity({ type, ref }: SubjectName): string {
  return canonicalJson(['subject', type.normalize('NFC'), ref.normalize('NFC')]);
}

/**
 * Under whose key the personal parts of a decision are: its subject's, else its own. `otherwise` stands for one that names
 * neither a subject nor itself, which only a run facet can be.
 */
export function keyIdentity(decision: unknown, otherwise: string): string {
  const subject = isRecord(decision) ? decision['subject'] : undefined;
  if (isRecord(subject) && typeof subject['ref'] === 'string')
    return subjectIdentity({ type: text(subject, 'type'), ref: subject['ref'] });
  const id = text(decision, 'id');
  return canonicalJson(id === '' ? ['event', otherwise] : ['decision', text(decision, 'producer'), id]);
}
