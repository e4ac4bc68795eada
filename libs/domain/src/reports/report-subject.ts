import type { AccessEventType } from '../access/access-event.js';
import type { NodeId } from '../identifiers.js';
import type { Micros } from '../time.js';

/** What a report is about, and how it is narrowed down. */
export type ReportSubject =
  | {
      readonly kind: 'GOVERNANCE_COVERAGE';
      /** Of what is in this domain and its parts alone; null: of everything. */
      readonly domain: NodeId | null;
      /** What counts as classified: one of these, `key=value` or `key` for any value; none: any tag. */
      readonly tags: readonly string[];
    }
  | {
      readonly kind: 'ACCESS';
      /** Lines of the audit in [from, to); null: no bound. */
      readonly from: Micros | null;
      readonly to: Micros | null;
      /** None: all. */
      readonly types: readonly AccessEventType[];
      readonly actor: string | null;
    };
