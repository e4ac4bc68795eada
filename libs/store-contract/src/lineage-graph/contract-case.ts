import type { LineageGraph } from '@headwater/domain/ports';

/** Declares one test of a contract; it gets an empty store of its own. */
export type DeclareTest = (title: string, body: (graph: LineageGraph) => Promise<void>) => void;
