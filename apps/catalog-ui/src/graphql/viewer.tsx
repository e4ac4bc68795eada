import { createContext, useContext, type ReactNode } from 'react';
import { useQuery } from 'urql';
import { graphql, type ResultOf } from './tada.js';

const VIEWER = graphql(`
  query Viewer {
    viewer {
      id
      kind
      name
      agents
      scopes {
        scope
        namespaces
        domains {
          id
          namespaces
        }
      }
    }
  }
`);

export type Viewer = ResultOf<typeof VIEWER>['viewer'];
export type Scope = Viewer['scopes'][number]['scope'];

const Context = createContext<Viewer | null>(null);

/** Who looks at the pages, for everything below; null until the server has said so. */
export function ViewerProvider({ children }: { readonly children: ReactNode }) {
  const [{ data }] = useQuery({ query: VIEWER });
  return <Context value={data?.viewer ?? null}>{children}</Context>;
}

export function useViewer(): Viewer | null {
  return useContext(Context);
}

/** Whether the viewer has a scope anywhere; false until it is known. */
export function useMay(scope: Scope): boolean {
  return useViewer()?.scopes.some((held) => held.scope === scope) ?? false;
}
