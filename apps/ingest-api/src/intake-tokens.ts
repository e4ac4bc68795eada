/** `AcceptEvents` of OpenLineage events, of decisions as they are, and of decisions as CloudEvents. */
export const ACCEPT_LINEAGE = Symbol('AcceptEvents<IncomingLineage>');
export const ACCEPT_DECISIONS = Symbol('AcceptEvents<UnsealedEvent>');
export const ACCEPT_CLOUD_EVENTS = Symbol('AcceptEvents<UnsealedEvent> of CloudEvents');
