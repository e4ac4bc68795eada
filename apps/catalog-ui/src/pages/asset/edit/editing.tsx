import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useMayIn, type Place } from '../../../access/namespaces.js';
import type { AnyNode } from '../asset-query.js';
import { useAsOf } from '../use-as-of.js';

/** What of a page can be edited, and how it is asked for again. */
export interface Editing {
  readonly id: string;
  /** The position of the latest edit that the page shows. */
  readonly editVersion: string;
  readonly reload: () => void;
}

const Context = createContext<Editing | null>(null);
const Answering = createContext<Editing | null>(null);
const Reload = createContext<() => void>(() => undefined);

interface EditingProviderProps {
  readonly node: AnyNode;
  readonly reload: () => void;
  readonly children: ReactNode;
}

type Editable = Pick<Editing, 'id' | 'editVersion'> & Place;

function editableOf(node: AnyNode): Editable | null {
  switch (node.__typename) {
    case 'Dataset':
    case 'Job':
      return node;
    case 'Field':
      return node.goneAt === null ? { ...node.dataset, id: node.id } : null;
    default:
      return null;
  }
}

/** For everything below: whether the node can be edited here, now, by who looks at it. */
export function EditingProvider({ node, reload, children }: EditingProviderProps) {
  const isNow = useAsOf() === null;
  const editable = editableOf(node);
  const may = useMayIn('CATALOG_EDIT', editable);
  const id = editable?.id ?? '';
  const editVersion = editable?.editVersion ?? '';
  const editing = useMemo(
    () => (may && isNow ? { id, editVersion, reload } : null),
    [may, isNow, id, editVersion, reload],
  );
  const isAsset = node.__typename === 'Dataset' || node.__typename === 'Job';
  const answering = useMemo(
    () => (isAsset && isNow ? { id, editVersion, reload } : null),
    [isAsset, isNow, id, editVersion, reload],
  );
  return (
    <Context value={editing}>
      <Answering value={answering}>
        <Reload value={reload}>{children}</Reload>
      </Answering>
    </Context>
  );
}

/** Null unless the node is an asset as it is now: then its owners, and who may edit it, can say whether they answer for it. */
export function useAnswering(): Editing | null {
  return useContext(Answering);
}

/** Asks for the page once more. */
export function useReload(): () => void {
  return useContext(Reload);
}

/** Null where nothing can be edited: of a past moment, without the right, or of what holds no edits. */
export function useEditing(): Editing | null {
  return useContext(Context);
}
