import type { Client, CombinedError } from '@urql/core';
import type { Refusal } from '../../access/refusal.js';
import { newKey } from '../../lib/new-key.js';
import { conceptsWith } from './concepts-with.js';
import { FIELD_CONCEPTS, SET_FIELD_CONCEPTS } from './suggestions-query.js';

const TRIES = 4;
const AGAIN_MS = 500;

/** Why a decision was not kept; BUSY where others kept changing the list. */
export type ConceptRefusal = 'BUSY' | { readonly refusal: Refusal } | { readonly error: CombinedError };

/**
 * Keeps what was decided of some names; null: done. The list of concepts is set as a whole, so one that came meanwhile is
 * read, and the decision is put to that: nobody's entry is lost.
 */
export async function decideConcept(
  client: Client,
  names: readonly string[],
  isOne: boolean,
): Promise<ConceptRefusal | null> {
  for (let turn = 0; turn < TRIES; turn++) {
    const held = await client.query(FIELD_CONCEPTS, {}, { requestPolicy: 'network-only' }).toPromise();
    if (held.data === undefined) return failed(held.error);
    const { concepts, editVersion } = held.data.fieldConcepts;
    const kept = concepts.map(({ name, names: known, isOne: isSame }) => ({ name, names: known, isOne: isSame }));
    const input = {
      concepts: conceptsWith(kept, names, isOne),
      expectedVersion: editVersion,
      idempotencyKey: newKey(),
    };
    const { data, error } = await client.mutation(SET_FIELD_CONCEPTS, { input }).toPromise();
    if (data === undefined) return failed(error);
    const { done } = data;
    if (done.__typename === 'EditedFieldConcepts') return null;
    if (done.reason !== 'EDITED_MEANWHILE') return { refusal: done };
    // The list that came between may be a moment behind in what is read.
    await new Promise((resolve) => setTimeout(resolve, AGAIN_MS));
  }
  return 'BUSY';
}

function failed(error: CombinedError | undefined): ConceptRefusal {
  if (error === undefined) throw new Error('the answer about concepts is empty');
  return { error };
}
