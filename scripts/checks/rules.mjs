import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { testTitles } from './test-titles.mjs';

/**
 * The rules without a test whose title begins with their number.
 * @param {readonly { number: number, rule: string }[]} rules
 * @param {readonly { title: string }[]} tests
 * @returns {string[]}
 */
export function rulesWithoutTest(rules, tests) {
  const tested = new Set(tests.map(({ title }) => /^(\d+)\. /.exec(title)?.[1]));
  return rules.filter(({ number }) => !tested.has(String(number))).map(({ number, rule }) => `${number}. ${rule}`);
}

/**
 * Every rule of ingest and lineage has a test.
 * @param {string} root
 * @returns {Promise<{ problems: string[], note?: string }>}
 */
export async function checkRules(root) {
  /** @type {{ number: number, rule: string }[]} */
  const rules = JSON.parse(readFileSync(join(root, 'test/gates/rules.json'), 'utf8'));
  const missing = rulesWithoutTest(rules, testTitles(root));
  if (missing.length === 0) return { problems: [], note: `${rules.length} rules` };
  return { problems: ['No test has a title that begins with the number of:', ...missing.map((rule) => `  ${rule}`)] };
}
