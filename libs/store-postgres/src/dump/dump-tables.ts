/** A table that a dump holds, by its primary key. */
export interface DumpedTable {
  readonly name: string;
  readonly orderBy: string;
}

export const LOG_TABLE = 'event_log';
export const META_TABLE = 'log_meta';
export const SECRETS_TABLE = 'installation_secret';

/** What cannot be made again from anything else, in the order it is written: whose digests are checked comes first. */
export const DUMPED_TABLES: readonly DumpedTable[] = [
  { name: META_TABLE, orderBy: 'id' },
  { name: 'log_counter', orderBy: 'id' },
  { name: LOG_TABLE, orderBy: 'position' },
  { name: 'event_part', orderBy: 'position, part' },
  { name: 'access_token', orderBy: 'id' },
  { name: 'role_binding', orderBy: 'id' },
  { name: 'access_event', orderBy: 'position' },
  { name: 'access_answer', orderBy: 'actor, key' },
  { name: SECRETS_TABLE, orderBy: 'name' },
  { name: 'edit_job', orderBy: 'id' },
  { name: 'edit_job_item', orderBy: 'job_id, n' },
  { name: 'refused_event', orderBy: 'id' },
  { name: 'saved_search', orderBy: 'id' },
  { name: 'followed_search', orderBy: 'follower, search_id' },
  { name: 'search_snapshot', orderBy: 'follower, search_id, number' },
  { name: 'recent_view', orderBy: 'viewer, asset_key' },
  { name: 'view_day', orderBy: 'asset_key, day' },
  { name: 'view_total', orderBy: 'asset_key' },
];

/** Tables that no dump holds, and why. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  event_digest: 'follows from the log',
  generation: 'a restore makes one',
  session: 'people sign in again',
  sign_in_link: 'good for minutes only',
  _prisma_migrations: 'the names are in the header',
};
