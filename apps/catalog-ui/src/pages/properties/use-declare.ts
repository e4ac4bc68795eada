import type { CombinedError } from '@urql/core';
import { useRef, useState } from 'react';
import { useClient } from 'urql';
import { newKey } from '../../lib/new-key.js';
import { CHANGE, CREATE, REMOVE, type Property, type PropertyInput, type RefusedProperty } from './properties-query.js';

/** What is wanted of a property: a new one, another one in its place, or none any more. */
export type Wish =
  | { readonly do: 'create'; readonly input: PropertyInput }
  | { readonly do: 'change'; readonly property: Property; readonly input: PropertyInput }
  | { readonly do: 'remove'; readonly property: Property };

export interface DeclareControl {
  readonly isSaving: boolean;
  readonly refusal: RefusedProperty | null;
  readonly error: CombinedError | null;
  readonly save: (wish: Wish) => void;
}

/** Sends one wish at a time: the same again after a failure goes under the same key. */
export function useDeclare(onDone: (isReadable: boolean) => void): DeclareControl {
  const client = useClient();
  const key = useRef(newKey());
  const [isSaving, setSaving] = useState(false);
  const [refusal, setRefusal] = useState<RefusedProperty | null>(null);
  const [error, setError] = useState<CombinedError | null>(null);
  const send = async (wish: Wish): Promise<void> => {
    setSaving(true);
    setRefusal(null);
    setError(null);
    const once = { idempotencyKey: key.current };
    const of = wish.do === 'create' ? {} : { property: wish.property.id, expectedVersion: wish.property.editVersion };
    const answer =
      wish.do === 'create'
        ? await client.mutation(CREATE, { input: { ...wish.input, ...once } }).toPromise()
        : wish.do === 'change'
          ? await client
              .mutation(CHANGE, { input: { ...wish.input, ...once, property: wish.property.id, ...of } })
              .toPromise()
          : await client.mutation(REMOVE, { input: { ...once, property: wish.property.id, ...of } }).toPromise();
    setSaving(false);
    if (answer.data === undefined) {
      setError(answer.error ?? null);
      return;
    }
    key.current = newKey();
    const { done } = answer.data;
    if (done.__typename === 'EditedCustomProperty') onDone(done.isReadable);
    else setRefusal(done);
  };
  return { isSaving, refusal, error, save: (wish) => void send(wish) };
}
