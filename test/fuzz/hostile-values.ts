import fc, { type Arbitrary } from 'fast-check';

const base64 = (value: string): string => Buffer.from(value).toString('base64url');

const TEXTS = [
  '',
  ' ',
  '\u0000',
  'a\u0000b',
  'null',
  '\u0001\u0007\u001b[31m\u007f\u0085',
  '\r\nSet-Cookie: a=1',
  '\ufeff\u200b\u202etxet',
  '\ud800',
  'a\udc00b\ud83d',
  '😀'.repeat(4_096),
  'e\u0301'.repeat(2_000),
  'x'.repeat(100_000),
  '%',
  '_%\\',
  '\\',
  `'; DROP TABLE dataset; --`,
  `' OR '1'='1`,
  `$1 $$ $2::int`,
  `1) UNION VALUES (1), (2`,
  `a & | ! <-> ( ) :* '`,
  `"unclosed -minus or or`,
  `'}) DETACH DELETE n //`,
  '`) RETURN 1 //',
  '{"$gt":""}',
  '../../../../etc/passwd',
  '..%2f..%2fetc%2fpasswd',
  '__proto__',
  'constructor',
  'toString',
  'hasOwnProperty',
  '%s%n%x',
  '${7*7}{{7*7}}<%= 7*7 %>',
  '<script>alert(1)</script>',
  '=cmd|calc!A1',
  '((((((((((a+)+)+)+)+)+)+)+)+)+)$',
] as const;

const IDS = [
  'dataset',
  'dataset:',
  'dataset::',
  'dataset:%',
  'dataset:%ff:%00',
  'dataset:%00:%00',
  'dataset:a:b:c:d:e',
  'dataset:%ED%A0%80:x',
  `dataset:a:${'b'.repeat(20_000)}`,
  `dataset:${'%F0%9F%98%80'.repeat(500)}:b`,
  'DATASET:a:b',
  'job:a',
  'job:%E4%BB%95:%E4%BA%8B',
  'run:a:b:not-a-uuid',
  'run:a:b:00000000-0000-0000-0000-000000000000',
  '00000000-0000-0000-0000-000000000000',
  'field:a:b',
  'field:a:b:c%00',
  'version:a:b:c',
  'version:a:b:%',
  'hidden:00',
  'agent:user:__proto__',
  'facet:a:b',
  ':::',
] as const;

const CURSORS = [
  'AAAA',
  '////',
  '=',
  base64('[]'),
  base64('["namespaces"]'),
  base64('["search",1e999]'),
  base64('["search",null,{}]'),
  base64('["search","\\u0000"]'),
  base64('["runs",-1,""]'),
  base64('{"a":1}'),
  base64(`["namespaces","${'a'.repeat(10_000)}"]`),
  base64('"'.repeat(100)),
  base64('['.repeat(50_000)),
  '.',
  'x.1',
  '0.-1',
  '000000000000.99999999999999999999',
  '000000000000.1',
] as const;

const TIMES = [
  'now',
  'infinity',
  '-infinity',
  'epoch',
  '2026-02-30',
  '0000-00-00',
  '0000-01-01',
  '-271821-04-20T00:00:00Z',
  '+275760-09-13T00:00:00Z',
  '99999-01-01T00:00:00Z',
  '9999-12-31T23:59:59.999999Z',
  '1684-01-01T00:00:00Z',
  '2026-01-01T00:00:00+99:99',
  '2026-01-01T00:00:00-23:59',
  '2026-01-01T24:00:00Z',
  '2026-12-31T23:59:60Z',
  `2026-01-01T00:00:00.${'9'.repeat(5_000)}Z`,
  '1e400',
  '２０２６-01-01',
  '2026-01-01T00:00:00Z\u0000',
] as const;

const GOOD_TIMES = ['2026-01-01', '2026-06-01T12:00:00.123456Z', '2026-11-20T00:00:00+02:00'] as const;
const INTS = [0, -1, -100, 101, 5_000, 5_001, 2 ** 31 - 1, -(2 ** 31)] as const;

/** Texts that broke other programs, and random ones of every kind of character. */
export const hostileText: Arbitrary<string> = fc.oneof(
  fc.constantFrom<string>(...TEXTS, ...IDS, ...CURSORS, ...TIMES),
  fc.string({ unit: 'binary', maxLength: 60 }),
  fc.string({ unit: 'grapheme', maxLength: 60 }),
  // Lone surrogates, which strings of whole characters never have.
  fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }).map((units) => String.fromCharCode(...units)),
);

/** Values that JSON can hold and no argument expects. */
export const wrongValue: Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(null, true, 2 ** 31, -(2 ** 53), 1e308, 5e-324, 0.5, -0, [], {}, [[[]]], { a: null }),
  fc.constantFrom<unknown>(...TEXTS),
  fc.jsonValue({ maxDepth: 3 }),
);

/** A value for an argument of a scalar type: sometimes one that fits, from `known`, sometimes a hostile one. */
export function scalarValue(type: string, argument: string, known: readonly string[]): Arbitrary<unknown> {
  switch (type) {
    case 'Int':
      return fc.oneof(fc.integer({ min: 1, max: 20 }), fc.constantFrom(...INTS));
    case 'Float':
      return fc.oneof(fc.double({ noNaN: true, noDefaultInfinity: true }), fc.constantFrom(...INTS, 1e308, 5e-324));
    case 'Boolean':
      return fc.boolean();
    case 'DateTime':
      return fc.oneof(fc.constantFrom(...GOOD_TIMES), fc.constantFrom(...TIMES), hostileText);
    case 'ID':
      return fc.oneof(fc.constantFrom(...known), fc.constantFrom(...IDS), hostileText);
    case 'JSON':
      return wrongValue;
    default:
      return argument === 'after'
        ? fc.oneof(fc.constantFrom(...CURSORS), hostileText)
        : fc.oneof(fc.constantFrom('claims', 'a', ...known), hostileText);
  }
}
