import { startTransition, useEffect, useState, type ComponentType } from 'react';
import { Loading } from '../ui/problem.js';

/** A page whose code comes when it is first opened, or is asked for before. */
export interface LatePage {
  readonly Page: ComponentType;
  /** Begins to load the code; what goes wrong is told by the page. */
  readonly preload: () => void;
}

/** Not `lazy` of React, which shows what stands in for the page for 300 ms at least, however soon the code is there. */
export function latePage(load: () => Promise<{ readonly default: ComponentType }>): LatePage {
  let Loaded: ComponentType | null = null;
  let loading: Promise<ComponentType> | null = null;
  const begin = (): Promise<ComponentType> =>
    (loading ??= load().then(
      (module) => (Loaded = module.default),
      (error: unknown) => {
        // Opened again, it is tried again.
        loading = null;
        throw error;
      },
    ));
  function Page() {
    const [held, setHeld] = useState<{ readonly Content: ComponentType | null; readonly failure?: Error }>(() => ({
      Content: Loaded,
    }));
    const { Content, failure } = held;
    useEffect(() => {
      if (Content !== null) return;
      begin().then(
        (loaded) => {
          startTransition(() => {
            setHeld({ Content: loaded });
          });
        },
        (error: unknown) => {
          setHeld({ Content: null, failure: error instanceof Error ? error : new Error(String(error)) });
        },
      );
    }, [Content]);
    if (failure !== undefined) throw failure;
    return Content === null ? <Loading lines={6} /> : <Content />;
  }
  return {
    Page,
    preload: () => {
      begin().catch(() => undefined);
    },
  };
}
