import type { FindingCount } from '@headwater/domain/reading/event-reader';
import type { ProjectionDatabase, Statement } from './projection-database.js';

/** Who sent an edit that does not fit was told so: it says nothing of what producers send. */
export const NO_REFUSED_EDIT = `NOT starts_with(f.code, 'EDIT_')`;

/** $1: up to where findings are counted already. One row for each kind behind it, or one without a kind. */
const COUNTS_BEHIND: Statement = {
  name: 'catalog_finding_counts',
  sql: `
    SELECT c.position, f.code, count(f.code) AS count
    FROM (SELECT coalesce(max(p.position), 0) AS position FROM @.projection_checkpoint p WHERE p.name = 'catalog') c
    LEFT JOIN @.finding f ON f.position > $1 AND f.position <= c.position AND ${NO_REFUSED_EDIT}
    GROUP BY c.position, f.code`,
};

interface Tally {
  readonly generation: number;
  readonly position: number;
  readonly counts: ReadonlyMap<string, number>;
}

/**
 * All findings by kind but refused edits. They come with the event that they are of and in its order, and stay; so each call counts those
 * behind the checkpoint of the last one, and only the first of a generation reads them all.
 */
export class FindingTally {
  #tally: Tally | undefined;

  constructor(private readonly database: ProjectionDatabase) {}

  async counts(): Promise<readonly FindingCount[]> {
    const generation = this.database.generation();
    const held = this.#tally?.generation === generation ? this.#tally : undefined;
    const from = held?.position ?? 0;
    const rows = await this.database.rows<{ position: number; code: string | null; count: number }>(COUNTS_BEHIND, [
      from,
    ]);
    const counts = new Map(held?.counts);
    for (const { code, count } of rows) if (code !== null) counts.set(code, (counts.get(code) ?? 0) + count);
    const position = Math.max(from, rows[0]?.position ?? 0);
    // Unless a rebuild was switched to meanwhile, or another call came further.
    const isLatest = this.#tally?.generation !== generation || this.#tally.position <= position;
    if (this.database.generation() === generation && isLatest) this.#tally = { generation, position, counts };
    return [...counts]
      .map(([code, count]) => ({ code, count, isExact: true }))
      .sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
  }
}
