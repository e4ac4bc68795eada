import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';
import { canonicalName } from './canonical-name.js';

/** There is one list of concepts: the definition with this id. */
export const FIELD_CONCEPTS_ID = 'rules:field-concepts' as NodeId;

export const MOST_CONCEPTS = 1_000;
export const MOST_CONCEPT_NAMES = 50;

/** Names of fields that people looked at together. */
export interface FieldConcept {
  /** What it is called; of names that are not one concept whatever says why. */
  readonly name: string;
  /** Two names at least, however they are spelled: `userId` stands for `user_id`, too. */
  readonly names: readonly string[];
  /** False: they were looked at, and do not mean the same. */
  readonly isOne: boolean;
}

export interface HeldFieldConcept extends FieldConcept {
  readonly since: Micros;
  readonly enteredBy: string;
  readonly position: number;
}

export interface FieldConcepts {
  readonly rules: readonly HeldFieldConcept[];
}

/** Which names of fields mean the same, by what people said. A name is of one concept at most. */
export class ConceptNames {
  readonly #concepts = new Map<string, FieldConcept>();

  constructor(concepts: readonly FieldConcept[]) {
    for (const concept of concepts)
      if (concept.isOne) for (const name of concept.names) this.#concepts.set(canonicalName(name), concept);
  }

  /** What tells the concept of a name from others; null where it is of none. */
  of(name: string): string | null {
    const [first] = this.#concepts.get(canonicalName(name))?.names ?? [];
    return first === undefined ? null : canonicalName(first);
  }

  /** The other names of its concept, as they were entered. */
  othersOf(name: string): readonly string[] {
    const own = canonicalName(name);
    return (this.#concepts.get(own)?.names ?? []).filter((other) => canonicalName(other) !== own);
  }
}

/** Whether people looked at all of these names together already: as one concept, or as none. */
export function isSettled(names: readonly string[], concepts: readonly FieldConcept[]): boolean {
  const own = new Set(names.map(canonicalName));
  return concepts.some(({ names: known }) => {
    const held = new Set(known.map(canonicalName));
    return [...own].every((name) => held.has(name));
  });
}
