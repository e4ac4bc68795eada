import type { FindingRow } from '@headwater/domain/catalog';
import type { FindingCount } from '@headwater/domain/reading/event-reader';
import { MAX_PAGE, type Page, type PageRequest } from '@headwater/domain/page';
import type { FindSeen } from './seen-pages.js';

/** Pages looked through for one answer: whether a finding may be seen takes the bytes of its event. */
const MAX_READS = 10;

/**
 * The findings that may be seen by kind, the most frequent first. Where there are more than so many to look through, the
 * latest are counted and the counts say that they are not exact.
 */
export async function countSeenFindings(
  read: (page: PageRequest) => Promise<Page<FindingRow>>,
  findSeen: FindSeen<FindingRow>,
): Promise<readonly FindingCount[]> {
  const counts = new Map<string, number>();
  let after: string | null = null;
  let isExact = false;
  for (let reads = 0; reads < MAX_READS && !isExact; reads += 1) {
    const page: Page<FindingRow> = await read({ first: MAX_PAGE, after });
    const rows = page.items.map(({ item }) => item);
    const sees = await findSeen(rows);
    for (const { code } of rows.filter(sees)) counts.set(code, (counts.get(code) ?? 0) + 1);
    after = page.items.at(-1)?.cursor ?? null;
    isExact = !page.hasNextPage;
  }
  return mostFrequentFirst([...counts].map(([code, count]) => ({ code, count, isExact })));
}

function mostFrequentFirst(counts: FindingCount[]): readonly FindingCount[] {
  return counts.sort((a, b) => b.count - a.count || (a.code < b.code ? -1 : 1));
}
