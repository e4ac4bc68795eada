/**
 * Injection tokens of what a composition root provides: ports are interfaces and have no metadata of their own.
 * Use with `@Inject(EVENT_LOG)`.
 */
export const EVENT_LOG = Symbol('EventLog');
/** Keys of the subjects of decisions (`SubjectKeyStore`). */
export const SUBJECT_KEYS = Symbol('SubjectKeyStore');
/** Decisions as the projection has them (`DecisionReader`). */
export const DECISIONS = Symbol('DecisionReader');
export const CLOCK = Symbol('Clock');
export const LINEAGE_GRAPH = Symbol('LineageGraph');
export const CONFIG = Symbol('Config');
/** The pino logger of the process. */
export const LOGGER = Symbol('Logger');
/** The one budget of bytes that are being received or stored (`BytesInFlight`). */
export const BYTES_IN_FLIGHT = Symbol('BytesInFlight');
/** The whole read side of the catalog (`CatalogReader`). */
export const CATALOG_READER = Symbol('CatalogReader');
export const CATALOG_SEARCH = Symbol('CatalogSearch');
/** Where traversals begin (`LineageRoots`). */
export const LINEAGE_ROOTS = Symbol('LineageRoots');
export const CHANGE_FEED = Symbol('ChangeFeed');
/** Tokens, bindings, sessions and the audit of access (`AccessStore`). */
export const ACCESS_STORE = Symbol('AccessStore');
/** Everything about who calls (`AccessServices`). */
export const ACCESS = Symbol('AccessServices');
/** Events that were refused for what they said (`RefusedEventLog`). */
export const REFUSED_EVENTS = Symbol('RefusedEventLog');
/** Where they are kept (`RefusedEventStore`). */
export const REFUSED_EVENT_STORE = Symbol('RefusedEventStore');
/** Requests of edits by their keys (`EditRequestStore`). */
export const EDIT_REQUESTS = Symbol('EditRequestStore');
/** Edits of many assets, and how far they are (`EditJobStore`). */
export const EDIT_JOBS = Symbol('EditJobStore');
/** Reports, and how far they are (`ReportStore`). */
export const REPORTS = Symbol('ReportStore');
/** Searches that users keep (`SavedSearchStore`). */
export const SAVED_SEARCHES = Symbol('SavedSearchStore');
/** What users looked at (`ViewStore`). */
export const VIEWS = Symbol('ViewStore');
/** What the product is shown with (`Example`); a server may come without. */
export const EXAMPLE = Symbol('Example');
