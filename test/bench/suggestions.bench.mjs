import { readFileSync, rmSync } from 'node:fs';
import {
  measureSuggestions,
  readLabelledFields,
} from '../../libs/domain/dist/classification/suggestions/suggestion-quality.js';
import { suggestTags } from '../../libs/domain/dist/classification/suggestions/suggest-tags.js';
import { caughtUp } from './catching-up.mjs';
import { batches } from './events.mjs';
import { ask, onlyStatuses, percentile, sendAll, timed } from './load.mjs';
import { newDataDir, startStandalone } from './servers.mjs';

export const name = 'suggestions';
export const target =
  'how good suggested tags are on labelled fields, and how soon they are listed among 500,000 fields';

const namespace = 'postgres://warehouse:5432';
const DATASETS = 12_500;
const FIELDS_EACH = 40;

const first = `query ($filter: TagSuggestionFilter, $after: String) {
  tagSuggestions(first: 50, filter: $filter, after: $after) {
    edges { node { field { id name dataset { name } } tag { name } rule confidence } } pageInfo { endCursor } } }`;
const counts = '{ tagSuggestionCounts { tag { name } count } }';
const settle = (/** @type {string} */ action) => `mutation ($input: SettleTagSuggestionsInput!) {
  done: ${action}TagSuggestions(input: $input) { __typename ... on SettledTagSuggestions { refused } } }`;

/** @param {'development' | 'held-out'} part */
function labelled(part) {
  return readLabelledFields(readFileSync(new URL(`../fixtures/classification/${part}.txt`, import.meta.url), 'utf8'));
}

/** @param {number | null} share */
const percent = (share) => (share === null ? '   –' : `${(100 * share).toFixed(1).padStart(5)} %`);

/** @param {(line: string) => void} say */
function quality(say) {
  return /** @type {const} */ (['development', 'held-out']).flatMap((part) => {
    const { total, byTag } = measureSuggestions(labelled(part), suggestTags([]));
    say(`${part}: ${labelled(part).length} labelled fields`);
    for (const [tag, of] of [...byTag, /** @type {const} */ (['all', total])])
      say(
        `  ${tag.padEnd(18)} precision ${percent(of.precision)}  recall ${percent(of.recall)}  right ${of.right}, wrong ${of.wrong}, missed ${of.missed}`,
      );
    const figure = { unit: '%', isHigherBetter: true };
    return [
      { ...figure, what: `precision, ${part}`, target: 95, measured: 100 * (total.precision ?? 0) },
      { ...figure, what: `recall, ${part}`, target: 80, measured: 100 * (total.recall ?? 0) },
    ];
  });
}

/** A dataset of labelled fields and of columns that say nothing. @param {number} at */
function event(at) {
  const known = [...labelledFields];
  const fields = Array.from({ length: FIELDS_EACH }, (_, index) => {
    const one = known[(at * 7 + index * 13) % known.length];
    return index % 2 === 0 && one !== undefined
      ? { name: `${one.field}${at % 10 === 0 ? `_${at % 50}` : ''}`, type: one.type }
      : { name: `measure_${(at * 31 + index) % 20_000}`, type: 'DECIMAL(12,2)' };
  });
  const subject = ['customers', 'orders', 'claims', 'products', 'events'][at % 5] ?? 'things';
  const facet = {
    _producer: 'https://example.com/bench',
    _schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/Facet',
  };
  return {
    eventTime: new Date(Date.UTC(2026, 0, 1) + at * 1000).toISOString(),
    dataset: { namespace, name: `s${at}.${subject}`, facets: { schema: { ...facet, fields: unique(fields) } } },
    producer: 'https://example.com/bench',
    schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/DatasetEvent',
  };
}

/** @param {readonly { name: string, type: string }[]} fields */
const unique = (fields) => [...new Map(fields.map((field) => [field.name.toLowerCase(), field])).values()];

const labelledFields = [...labelled('development'), ...labelled('held-out')];

/** @param {import('../../scripts/bench.mjs').BenchContext} context */
export async function run({ say, isQuick }) {
  const figures = quality(say);
  const dataDir = newDataDir();
  const server = await startStandalone({ dataDir });
  try {
    const events = Array.from({ length: isQuick ? DATASETS / 10 : DATASETS }, (_, at) => event(at));
    const bodies = batches(
      events.map((one) => Buffer.from(JSON.stringify(one))),
      100,
    );
    const sent = await sendAll({ url: server.url, path: '/api/v1/lineage/batch', connections: 2, bodies });
    onlyStatuses(sent.statuses, 200);
    await caughtUp(server.url);
    const rounds = isQuick ? 5 : 20;
    const { tagSuggestionCounts } = await ask(server.url, counts);
    const total = tagSuggestionCounts.reduce(
      (/** @type {number} */ sum, /** @type {any} */ { count }) => sum + count,
      0,
    );
    const fields = events.reduce((sum, { dataset }) => sum + dataset.facets.schema.fields.length, 0);
    say(`${fields} fields, ${total} suggestions of ${tagSuggestionCounts.length} tags`);
    const counting = await timed(rounds, () => ask(server.url, counts));
    /** @type {string | null} */
    let after = null;
    const paging = await timed(rounds, async () => {
      const { tagSuggestions } = await ask(server.url, first, { after });
      if (tagSuggestions.edges.length !== 50) throw new Error('a page is short');
      after = tagSuggestions.pageInfo.endCursor;
    });
    const filtered = await timed(rounds, () => ask(server.url, first, { filter: { tags: ['secret'] } }));
    const { tagSuggestions } = await ask(server.url, first);
    const page = tagSuggestions.edges.map((/** @type {any} */ { node }) => ({
      field: node.field.id,
      tag: node.tag.name,
    }));
    const startedAt = performance.now();
    const { done } = await ask(server.url, settle('confirm'), { input: { suggestions: page } });
    const confirmed = performance.now() - startedAt;
    if (done.refused !== 0) throw new Error(`${done.refused} suggestions were refused`);
    const figure = { unit: 'ms', target: 1_000 };
    return [
      ...figures,
      { ...figure, what: `a page of 50 among ${fields} fields, p95`, measured: percentile(paging, 0.95) },
      { ...figure, what: 'a page of 50 of one tag, p95', measured: percentile(filtered, 0.95) },
      { ...figure, what: 'counts by tag, p95', measured: percentile(counting, 0.95) },
      { ...figure, what: '50 confirmed at once', target: 2_000, measured: confirmed },
    ];
  } finally {
    await server.stop();
    rmSync(dataDir, { recursive: true, force: true });
  }
}
