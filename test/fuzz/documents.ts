import fc, { type Arbitrary } from 'fast-check';

const repeat = (text: string, times: number): string => text.repeat(times);
const nested = (open: string, close: string, levels: number): string =>
  `${repeat(open, levels)}${repeat(close, levels)}`;
const listed = (count: number, item: (at: number) => string): string =>
  Array.from({ length: count }, (_, at) => item(at)).join(' ');

/** Documents made to exhaust, to confuse or to get round limits; each once, whatever the seed. */
export const NASTY_DOCUMENTS: Readonly<Record<string, string>> = {
  empty: '',
  blank: ' \ufeff,,, # a comment',
  'null byte': '{ status { logId } }\u0000',
  'lone surrogate': '{ search(query: "\\ud800") { totalCount } }',
  'raw lone surrogate': '{ search(query: "\ud800") { totalCount } }',
  'ten thousand open braces': repeat('{', 10_000),
  'deep selections': `{ job(namespace: "a", name: "b") { ${nested('parent { ', '} ', 500)} } }`,
  'deep lists': `{ nodes(ids: ${nested('[', ']', 1_500)}) { id } }`,
  'deep objects': `{ search(filter: ${nested('{a:', '}', 900)}) { totalCount } }`,
  'deep types': `query ($a: ${nested('[', ']', 1_500)}) { status { logId } }`,
  'deep inline fragments': `{ ${nested('... { ', '} ', 900)} }`,
  'wide fields': `{ status { ${repeat('logId ', 3_900)} } }`,
  'beyond all tokens': `{ status { ${repeat('logId ', 100_000)} } }`,
  'many aliases': `{ ${listed(900, (at) => `a${String(at)}: status { logId }`)} }`,
  'aliases in fragments': `{ ${repeat('...F ', 900)} } fragment F on Query { ${listed(29, (at) => `a${String(at)}: status { logId }`)} }`,
  'many operations': listed(600, (at) => `query Q${String(at)} { __typename }`),
  'the same operation twice': 'query Q { __typename } query Q { __typename }',
  'fragment of itself': '{ ...F } fragment F on Query { ...F }',
  'fragment cycle': '{ ...A } fragment A on Query { ...B } fragment B on Query { ...C } fragment C on Query { ...A }',
  'fragment chain': `{ ...F0 } ${listed(400, (at) => `fragment F${String(at)} on Query { ...F${String(at + 1)} }`)} fragment F400 on Query { __typename }`,
  // Each doubles the one before: 2^60 fields where nobody counts.
  'fragments that double': `{ ...F0 } ${listed(60, (at) => `fragment F${String(at)} on Query { ...F${String(at + 1)} ...F${String(at + 1)} }`)} fragment F60 on Query { __typename }`,
  'fields that double through fragments': `{ dataset(namespace: "a", name: "b") { ...F0 } } ${listed(
    14,
    (at) =>
      `fragment F${String(at)} on Dataset { producers(first: 1) { edges { node { outputs(first: 1) { edges { node { ...F${String(at + 1)} } } } inputs(first: 1) { edges { node { ...F${String(at + 1)} } } } } } } }`,
  )} fragment F14 on Dataset { id }`,
  'overlapping fields': `{ ${repeat('status { catalog { available } } ', 500)} }`,
  'overlapping fragments': `{ ${listed(150, (at) => `...F${String(at)}`)} } ${listed(150, (at) => `fragment F${String(at)} on Query { status { logId position } }`)}`,
  'many directives': `{ status ${repeat('@include(if: true) ', 500)} { logId } }`,
  'unknown directives': `{ status ${repeat('@nope ', 1_500)} { logId } }`,
  'defer and stream': '{ ... @defer { status { logId } } nodes(ids: []) @stream { id } }',
  'variable of no type': 'query ($a: Nope!) { search(query: $a) { totalCount } }',
  'variable of an object': 'query ($a: Dataset) { status { logId } }',
  'undeclared variable': '{ search(query: $nope) { totalCount } }',
  'condition by a missing variable': 'query ($a: Boolean!) { status @include(if: $a) { logId } }',
  'many variables': `query (${listed(900, (at) => `$v${String(at)}: Int = 1`)}) { __typename }`,
  'integer beyond all bounds': `{ search(first: ${repeat('9', 3_000)}) { totalCount } }`,
  'exponent beyond all bounds': '{ search(first: 1e999999) { totalCount } }',
  'not a number': '{ search(first: NaN) { totalCount } }',
  'negative page': '{ search(first: -2147483648) { totalCount } }',
  'unclosed text': '{ search(query: "',
  'block text': `{ search(query: """${repeat('\\"""', 800)}""") { totalCount } }`,
  'long name': `{ ${repeat('a', 900_000)} }`,
  'prototype names': '{ __proto__ constructor toString }',
  'alias of a prototype': '{ __proto__: status { logId } constructor: status { logId } toString: __typename }',
  'definitions of types': 'type Query { a: Int } extend type Query { b: Int }',
  'introspection that doubles': `{ __schema { types { fields { type { ${nested('ofType { ', '} ', 9)} fields { type { fields { type { name } } } } } } } } }`,
  'introspection through interfaces':
    '{ __schema { types { possibleTypes { interfaces { possibleTypes { interfaces { name } } } } } } }',
  'introspection of nothing': '{ __type(name: "__proto__") { name fields { name } } }',
  'whole introspection':
    '{ __schema { queryType { name } types { kind name description fields(includeDeprecated: true) { name description args { name description type { kind name ofType { kind name ofType { kind name } } } defaultValue } type { kind name ofType { kind name ofType { kind name } } } } enumValues { name } } directives { name args { name } } } }',
  'subscription over HTTP': 'subscription { assetChanged { position } }',
  'two subscriptions in one': 'subscription { assetChanged { position } lineageChanged(root: "a") { position } }',
  mutation: 'mutation { __typename }',
};

/** Bodies of POST /graphql that are not what GraphQL over HTTP asks for. */
export const NASTY_BODIES: readonly (readonly [type: string, body: string])[] = [
  ['application/json', ''],
  ['application/json', 'null'],
  ['application/json', '0'],
  ['application/json', '"{status{logId}}"'],
  ['application/json', '{"query":NaN}'],
  ['application/json', '{"query":null}'],
  ['application/json', '{"query":1}'],
  ['application/json', '{"query":{"a":1}}'],
  ['application/json', '{"query":["{status{logId}}"]}'],
  ['application/json', '{"query":"{status{logId}}","variables":"x"}'],
  ['application/json', '{"query":"{status{logId}}","variables":[1]}'],
  ['application/json', '{"query":"{status{logId}}","variables":null,"operationName":null,"extensions":null}'],
  ['application/json', '{"query":"{status{logId}}","operationName":"Nope"}'],
  ['application/json', '{"query":"{status{logId}}","operationName":{"a":1}}'],
  ['application/json', '{"query":"{status{logId}}","extensions":{"persistedQuery":{"version":1,"sha256Hash":"0"}}}'],
  ['application/json', '{"persisted":true,"query":"abc"}'],
  ['application/json', '{"__proto__":{"query":"{status{logId}}"}}'],
  ['application/json', '{"constructor":{"prototype":{"isAdmin":true}},"query":"{status{logId}}"}'],
  ['application/json', '{"query":"query($v:Int){search(first:$v){totalCount}}","variables":{"__proto__":{"v":1}}}'],
  ['application/json', '{"query":"{status{logId}}","query":"{nope}"}'],
  ['application/json', `[${'{"query":"{status{logId}}"},'.repeat(500)}{"query":"{status{logId}}"}]`],
  ['application/json', '['.repeat(200_000)],
  ['application/json', `${'{"a":'.repeat(100_000)}1${'}'.repeat(100_000)}`],
  ['application/json', `{"query":"${'x'.repeat(2_000_000)}"}`],
  ['application/json', `{"query":"{status{logId}}","variables":{"a":${'9'.repeat(500_000)}}}`],
  ['application/json', '\ufeff{"query":"{status{logId}}"}'],
  ['application/json; charset=utf-16', '{"query":"{status{logId}}"}'],
  ['application/json; charset=', '{"query":"{status{logId}}"}'],
  ['application/json;;;', '{"query":"{status{logId}}"}'],
  ['application/graphql', '{status{logId}}'],
  ['application/graphql-response+json', '{"query":"{status{logId}}"}'],
  ['text/plain', '{"query":"{status{logId}}"}'],
  ['application/x-www-form-urlencoded', 'query={status{logId}}'],
  ['multipart/form-data; boundary=x', '--x\r\nContent-Disposition: form-data; name="operations"\r\n\r\n{}\r\n--x--'],
  ['multipart/form-data', ''],
  ['application/xml', '<!DOCTYPE a [<!ENTITY b SYSTEM "file:///etc/passwd">]><a>&b;</a>'],
  ['', '{"query":"{status{logId}}"}'],
];

const NOISE = [
  '{',
  '}',
  '(',
  ')',
  '[',
  ']',
  '$',
  '!',
  ':',
  '=',
  '@',
  '...',
  '|',
  '&',
  '"',
  '"""',
  '#',
  '\\',
  ',',
  '\u0000',
  '😀',
  'on',
  'fragment',
  'query',
  'null',
  '1e',
  '-',
  '__typename',
];

/** A document with some of its tokens taken out, doubled, exchanged or replaced by noise. */
export function brokenDocument(documents: readonly string[]): Arbitrary<string> {
  const edit = fc.record({
    at: fc.nat(10_000),
    kind: fc.constantFrom('DROP', 'DOUBLE', 'SWAP', 'NOISE', 'CUT'),
    noise: fc.constantFrom(...NOISE),
  });
  return fc
    .record({ document: fc.constantFrom(...documents), edits: fc.array(edit, { minLength: 1, maxLength: 6 }) })
    .map(({ document, edits }) => {
      let tokens: string[] = document.match(/\s+|\w+|\W/gu) ?? [];
      for (const { at, kind, noise } of edits) {
        const index = at % Math.max(1, tokens.length);
        const token = tokens[index] ?? '';
        if (kind === 'DROP') tokens.splice(index, 1);
        else if (kind === 'DOUBLE') tokens.splice(index, 0, token);
        else if (kind === 'NOISE') tokens.splice(index, 1, noise);
        else if (kind === 'CUT') tokens = tokens.slice(0, index);
        else tokens.splice(index, 1, tokens.at(-1 - (at % tokens.length || 0)) ?? noise);
      }
      return tokens.join('');
    });
}
