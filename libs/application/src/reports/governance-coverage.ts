import type { FactRow } from '@headwater/domain/catalog';
import { upwards, type DomainRow } from '@headwater/domain/governance/definition';
import { kindOf, nodeKey, type NodeId, type NodeKey } from '@headwater/domain/identifiers';
import type { AssetThen } from '@headwater/domain/reading/census-reader';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import type { ReportRow, ReportSection } from '@headwater/domain/reports/report-content';
import { CLOCK_TOLERANCE } from '@headwater/domain/traversal/moment';
import type { ReportProducer, ReportSources, SubjectOf } from './report-producer.js';

type Subject = SubjectOf<'GOVERNANCE_COVERAGE'>;

const PORTION = 200;

const GAPS = [
  { name: 'unowned', title: 'Unowned', type: 'COUNT' },
  { name: 'undocumented', title: 'Undocumented', type: 'COUNT' },
  { name: 'unclassified', title: 'Unclassified', type: 'COUNT' },
] as const;

const SECTIONS: readonly ReportSection[] = [
  {
    name: 'totals',
    title: 'Totals',
    lead: 'Datasets and jobs that there were, and how many of them nobody answers for, have no description, or have no tag that counts as a classification.',
    columns: [{ name: 'assets', title: 'Assets', type: 'COUNT' }, ...GAPS],
  },
  {
    name: 'domains',
    title: 'By domain',
    lead: 'What is in a domain and in its parts. What is in a part counts in each domain above it; the last line is what is in no domain.',
    columns: [
      { name: 'name', title: 'Domain', type: 'TEXT' },
      { name: 'domain', title: 'Id', type: 'TEXT' },
      { name: 'assets', title: 'Assets', type: 'COUNT' },
      ...GAPS,
    ],
  },
  {
    name: 'assets',
    title: 'Assets with gaps',
    lead: 'Every asset that lacks something, by domain and name.',
    columns: [
      { name: 'domainName', title: 'Domain', type: 'TEXT' },
      { name: 'name', title: 'Asset', type: 'TEXT' },
      { name: 'namespace', title: 'Namespace', type: 'TEXT' },
      { name: 'kind', title: 'Kind', type: 'TEXT' },
      { name: 'isOwned', title: 'Owned', type: 'FLAG' },
      { name: 'isDocumented', title: 'Documented', type: 'FLAG' },
      { name: 'isClassified', title: 'Classified', type: 'FLAG' },
      { name: 'domain', title: 'Domain id', type: 'TEXT' },
      { name: 'asset', title: 'Id', type: 'TEXT' },
    ],
  },
];

type Counts = readonly [assets: number, unowned: number, undocumented: number, unclassified: number];

interface State {
  readonly after: NodeKey | null;
  /** Of what is in each domain itself; '' of what is in none. */
  readonly counts: Readonly<Record<string, Counts>>;
}

/** Unowned, undocumented and unclassified assets, by domain. */
export const governanceCoverage: ReportProducer<Subject, State> = {
  title: 'Governance coverage',
  sections: SECTIONS,
  begin: () => ({ after: null, counts: {} }),
  async step({ catalog }, subject, knownAt, { after, counts }) {
    const time: ReadTime = { at: knownAt + CLOCK_TOLERANCE, knownAt };
    const [{ assets, next }, domains] = await Promise.all([
      catalog.assetsThen(time, after, PORTION),
      catalog.definitionsOf('DOMAIN', time),
    ]);
    const known = new Map(domains.map((row) => [row.id, row]));
    const judged = await judge(catalog, subject, assets, time, known);
    const sums = { ...counts };
    for (const { domain, gaps } of judged) {
      const sum = sums[domain ?? ''] ?? NOTHING;
      sums[domain ?? ''] = plus(sum, [1, ...gaps.map(Number)]);
    }
    const rows = judged.flatMap((one) => (one.gaps.some(Boolean) ? [assetRow(one, known)] : []));
    if (next !== null) return { rows, next: { after: next, counts: sums }, progress: shareOf(next) };
    return { rows: [...rows, ...sumRows(sums, subject, domains)], next: null, progress: 1 };
  },
};

interface Judged {
  readonly asset: AssetThen;
  readonly domain: NodeId | null;
  /** Unowned, undocumented, unclassified. */
  readonly gaps: readonly boolean[];
}

async function judge(
  catalog: ReportSources['catalog'],
  { domain: within, tags }: Subject,
  assets: readonly AssetThen[],
  time: ReadTime,
  known: ReadonlyMap<NodeId, DomainRow>,
): Promise<readonly Judged[]> {
  const ids = assets.map(({ id }) => id);
  const datasets = ids.filter((id) => kindOf(id) === 'DATASET');
  const [facts, owners, ofFields] = await Promise.all([
    catalog.facts(ids, ['DESCRIPTION', 'TAG', 'DOMAIN'], time),
    catalog.effectiveOwners(ids, time),
    catalog.fieldTags(datasets, tags.length === 0 ? null : tags, time),
  ]);
  return assets.flatMap((asset) => {
    const stated = facts.get(asset.id) ?? [];
    const named = stated.find(({ kind }) => kind === 'DOMAIN')?.value as NodeId | undefined;
    // A domain that was removed, or made a moment ago, is none.
    const domain = named !== undefined && known.has(named) ? named : null;
    if (within !== null && (domain === null || !lineOf(domain, known).includes(within))) return [];
    const isOwned = (owners.get(asset.id)?.owners.length ?? 0) > 0;
    const isDocumented = stated.some(({ kind, value }) => kind === 'DESCRIPTION' && value.trim() !== '');
    const isClassified = stated.some((fact) => counts(fact, tags)) || (ofFields.get(asset.id)?.length ?? 0) > 0;
    return [{ asset, domain, gaps: [!isOwned, !isDocumented, !isClassified] }];
  });
}

function counts({ kind, value }: FactRow, tags: readonly string[]): boolean {
  if (kind !== 'TAG') return false;
  return tags.length === 0 || tags.some((tag) => value === tag || (!tag.includes('=') && value.startsWith(`${tag}=`)));
}

function lineOf(domain: NodeId, known: ReadonlyMap<NodeId, DomainRow>): readonly NodeId[] {
  return [...upwards(domain, (one) => known.get(one)?.body.parent)];
}

function assetRow({ asset, domain, gaps }: Judged, known: ReadonlyMap<NodeId, DomainRow>): ReportRow {
  const { id, kind, namespace, name } = asset;
  const domainName = domain === null ? null : (known.get(domain)?.body.name ?? domain);
  const [isUnowned = false, isUndocumented = false, isUnclassified = false] = gaps;
  return {
    section: 2,
    sort: sortOf(domainName, domain ?? '', name, namespace, nodeKey(id)),
    cells: {
      ...{ domainName, name, namespace, kind, domain, asset: id },
      ...{ isOwned: !isUnowned, isDocumented: !isUndocumented, isClassified: !isUnclassified },
    },
  };
}

/** Totals, and of every domain with its parts; with one asked for, of that and its parts. */
function sumRows(
  counts: State['counts'],
  { domain: within }: Subject,
  domains: readonly DomainRow[],
): readonly ReportRow[] {
  const known = new Map(domains.map((row) => [row.id, row]));
  const of = new Map<NodeId | null, Counts>();
  for (const { id } of domains) if (within === null || lineOf(id, known).includes(within)) of.set(id, NOTHING);
  let total = NOTHING;
  for (const [domain, sum] of Object.entries(counts)) {
    total = plus(total, sum);
    const line = domain === '' ? [null] : lineOf(domain as NodeId, known);
    for (const one of line) if (one === null || of.has(one)) of.set(one, plus(of.get(one) ?? NOTHING, sum));
  }
  const rows = [...of].map(([domain, sum]): ReportRow => {
    const name = domain === null ? null : (known.get(domain)?.body.name ?? domain);
    return { section: 1, sort: sortOf(name, domain ?? ''), cells: { name, domain, ...cellsOf(sum) } };
  });
  return [{ section: 0, sort: '', cells: cellsOf(total) }, ...rows];
}

const NOTHING: Counts = [0, 0, 0, 0];

function plus(a: Counts, b: readonly number[]): Counts {
  return a.map((count, index) => count + (b[index] ?? 0)) as unknown as Counts;
}

function cellsOf([assets, unowned, undocumented, unclassified]: Counts): Readonly<Record<string, number>> {
  return { assets, unowned, undocumented, unclassified };
}

/** Without regard to case first; what is in no domain comes last. */
function sortOf(domainName: string | null, ...rest: readonly string[]): string {
  const first = domainName === null ? '\u{10FFFF}' : domainName.toLowerCase();
  const [domain = '', name = '', ...others] = rest;
  return [first, domain, name.toLowerCase(), name, ...others].join('\u0001');
}

/** Keys are hashes, so the share of them that is behind is the share of the work. */
function shareOf(key: NodeKey): number {
  return Number.parseInt(key.slice(0, 8), 16) / 0x1_0000_0000;
}
