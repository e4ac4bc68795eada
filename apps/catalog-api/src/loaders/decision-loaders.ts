import type { OpenedParts, ReadDecisions } from '@headwater/application/decisions/read-decisions';
import type { NodeId } from '@headwater/domain/identifiers';
import type { DecisionView, StatementView } from '@headwater/domain/reading/decision-reader';
import DataLoader from 'dataloader';
import { mapLoader, Parameterized, type LoaderOptions } from './parameterized.js';

/** What fields of decisions read, batched over one answer: one record of who read what personal parts, too. */
export class DecisionLoaders {
  readonly byId: DataLoader<NodeId, DecisionView | undefined>;
  readonly opened: DataLoader<DecisionView, OpenedParts, NodeId>;
  readonly statements: Parameterized<number, NodeId, readonly StatementView[]>;

  constructor(decisions: ReadDecisions, options: LoaderOptions) {
    this.byId = mapLoader((ids) => decisions.byId(ids), options);
    this.opened = new DataLoader(async (views) => [...(await decisions.open(views))], {
      ...options,
      cacheKeyFn: ({ id }) => id,
    });
    this.statements = new Parameterized((ids, most) => decisions.statements(ids, most), options);
  }
}
