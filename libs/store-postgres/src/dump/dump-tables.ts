/** A table that a dump holds, by its primary key. */
export interface DumpedTable {
  readonly name: string;
  readonly orderBy: string;
  /** The migration that makes it; none: there is no dump without it. */
  readonly since?: string;
}

const SAVED_SEARCHES = '20261127185600_saved_searches';

export const LOG_TABLE = 'event_log';
export const META_TABLE = 'log_meta';
export const KEYS_TABLE = 'subject_key';
export const SECRETS_TABLE = 'installation_secret';

/** What cannot be made again from anything else, in the order it is written: whose digests are checked comes first. */
export const DUMPED_TABLES: readonly DumpedTable[] = [
  { name: META_TABLE, orderBy: 'id' },
  { name: 'log_counter', orderBy: 'id' },
  { name: LOG_TABLE, orderBy: 'position' },
  { name: 'event_part', orderBy: 'position, part' },
  { name: KEYS_TABLE, orderBy: 'id', since: '20261128025006_subject_keys' },
  { name: 'access_token', orderBy: 'id' },
  { name: 'role_binding', orderBy: 'id' },
  { name: 'access_event', orderBy: 'position' },
  { name: 'access_answer', orderBy: 'actor, key' },
  { name: SECRETS_TABLE, orderBy: 'name' },
  { name: 'edit_job', orderBy: 'id' },
  { name: 'edit_job_item', orderBy: 'job_id, n' },
  { name: 'edit_request', orderBy: 'id', since: '20261127223529_edit_requests' },
  { name: 'refused_event', orderBy: 'id' },
  { name: 'saved_search', orderBy: 'id', since: SAVED_SEARCHES },
  { name: 'followed_search', orderBy: 'follower, search_id', since: SAVED_SEARCHES },
  { name: 'search_snapshot', orderBy: 'follower, search_id, number', since: SAVED_SEARCHES },
  { name: 'recent_view', orderBy: 'viewer, asset_key', since: SAVED_SEARCHES },
  { name: 'view_day', orderBy: 'asset_key, day', since: SAVED_SEARCHES },
  { name: 'view_total', orderBy: 'asset_key', since: SAVED_SEARCHES },
];

/** The tables that a database with these migrations has, and a dump of it. */
export function tablesSince(migrations: readonly string[]): readonly DumpedTable[] {
  return DUMPED_TABLES.filter(({ since }) => since === undefined || migrations.includes(since));
}

/** Tables that no dump holds, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  event_digest: 'follows from the log',
  generation: 'a restore makes one',
  report: 'asked for again: the audit has who asked, and what it came to',
  report_row: 'of a report',
  report_file: 'of a report',
  report_chunk: 'of a report',
  session: 'people sign in again',
  sign_in_link: 'good for minutes only',
  _prisma_migrations: 'the names are in the header',
};
