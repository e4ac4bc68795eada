import { describe, expect, test } from 'vitest';
import { datasetId } from '../../identifiers.js';
import { contextOf, fieldShape } from './field-shape.js';
import { nameKeys } from './name-keys.js';
import { NAME_RULES } from './name-rules.js';
import { fullWordsOf, wordsOf } from './name-words.js';
import { suggestTags } from './suggest-tags.js';
import type { SuggestionRule } from './suggestion-rules.js';

function suggested(
  name: string,
  type: string | null = 'varchar',
  dataset = 'things',
  rules: readonly SuggestionRule[] = [],
): readonly string[] {
  const shape = fieldShape({ datasetId: datasetId('db', dataset), path: name.split('/'), type });
  return suggestTags(rules)(shape).map(({ tag }) => tag);
}

test('names are read as words, however they are joined, in either language', () => {
  expect(wordsOf('customerIPAddress2')).toEqual(['customer', 'ip', 'address', '2']);
  expect(wordsOf('E-Mail_Adresse')).toEqual(['e', 'mail', 'adresse']);
  expect(wordsOf('Straße')).toEqual(['strasse']);
  expect(wordsOf('prénom')).toEqual(['prenom']);
  expect(wordsOf('__')).toEqual([]);
  expect(fullWordsOf('cust_addr_no')).toEqual(['customer', 'address', 'number']);
  expect(fullWordsOf('constructor')).toEqual(['constructor']);
});

test.each([
  ['user_email', 'pii=email'],
  ['eMailAdresse', 'pii=email'],
  ['contact-phone-no', 'pii=phone'],
  ['cellPhone', 'pii=phone'],
  ['VORNAME', 'pii=person-name'],
  ['addr_line_1', 'pii=address'],
  ['dob', 'pii=birth-date'],
  ['passportNumber', 'pii=national-id'],
  ['creditCardNumber', 'pci=card-number'],
  ['payout_iban', 'pii=bank-account'],
  ['lastLoginIp', 'pii=ip-address'],
  ['deviceId', 'pii=device-id'],
  ['home_latitude', 'pii=location'],
  ['api_key', 'secret=credential'],
  ['licencePlate', 'pii=vehicle'],
])('%s suggests %s', (name, tag) => {
  expect(suggested(name)).toEqual([tag]);
});

test.each([
  ['email_sent_count', 'integer'],
  ['email_verified', 'boolean'],
  ['is_email', 'boolean'],
  ['email', 'boolean'],
  ['email', 'integer'],
  ['num_phones', 'integer'],
  ['phone_model', 'varchar'],
  ['address_id', 'bigint'],
  ['table_name', 'varchar'],
  ['file_name', 'varchar'],
  ['memory_address', 'varchar'],
  ['password_changed_at', 'timestamp'],
  ['shipping', 'varchar'],
  ['recipe', 'varchar'],
])('%s of type %s suggests nothing', (name, type) => {
  expect(suggested(name, type)).toEqual([]);
});

describe('what a dataset is about decides what its names say', () => {
  test('a name is that of a person in a table of persons alone', () => {
    expect(suggested('name', 'text', 'crm.public.dim_customers')).toEqual(['pii=person-name']);
    expect(suggested('name', 'text', 'stg_users_v2')).toEqual(['pii=person-name']);
    for (const dataset of ['products', 'customer_segments', 'suppliers', 'employee_types'])
      expect(suggested('name', 'text', dataset), dataset).toEqual([]);
  });

  test('of a nesting field that field tells, not the dataset', () => {
    expect(suggested('customer/name', 'text', 'orders')).toEqual(['pii=person-name']);
    expect(suggested('product/name', 'text', 'customers')).toEqual([]);
    expect(contextOf('billing_address')).toBeNull();
  });

  test('where a shop stands is no personal data', () => {
    expect(suggested('latitude', 'double', 'stores')).toEqual([]);
    expect(suggested('latitude', 'double', 'trips')).toEqual(['pii=location']);
  });
});

test('fields of one name, type and context have one shape, whatever the length of their type', () => {
  const shape = (type: string, dataset: string) =>
    fieldShape({ datasetId: datasetId('db', dataset), path: ['name'], type }).key;
  expect(shape('VARCHAR(20)', 'customers')).toBe(shape('varchar(40)', 'users'));
  expect(shape('varchar', 'customers')).not.toBe(shape('varchar', 'products'));
  expect(shape('varchar', 'customers')).not.toBe(shape('int', 'customers'));
});

test('rules of an organization add, and say where nothing is to be suggested', () => {
  const rules: readonly SuggestionRule[] = [
    { name: 'kd_*', type: 'varchar', tag: 'pii=customer' },
    { name: '*_email', type: null, tag: 'pii=email' },
    { name: 'ops_email', type: null, tag: null },
  ];
  expect(suggested('KD_Nummer', 'VARCHAR(9)', 'x', rules)).toEqual(['pii=customer']);
  expect(suggested('kd_nummer', 'bigint', 'x', rules)).toEqual([]);
  expect(suggested('ops_email', 'varchar', 'x', rules)).toEqual([]);
  const shape = fieldShape({ datasetId: datasetId('db', 'x'), path: ['work_email'], type: 'text' });
  expect(suggestTags(rules)(shape)).toEqual([{ tag: 'pii=email', rule: 'custom: *_email', confidence: 97 }]);
});

test('a pattern that would make an expression backtrack is matched in no time', () => {
  const rules = [{ name: `${'*a'.repeat(60)}b`, type: null, tag: 'x' }];
  expect(suggested('a'.repeat(200), 'text', 'x', rules)).toEqual([]);
});

test('every rule has an id of its own, and is for a tag with a value', () => {
  expect(new Set(NAME_RULES.map(({ id }) => id)).size).toBe(NAME_RULES.length);
  for (const { tag, confidence, phrases } of NAME_RULES) {
    expect(tag).toMatch(/^[a-z]+=[a-z-]+$/);
    expect(confidence).toBeGreaterThan(0);
    expect(confidence).toBeLessThanOrEqual(100);
    for (const phrase of phrases) expect(wordsOf(phrase).join(' ')).toBe(phrase);
  }
});

test('what names of one meaning have in common', () => {
  expect(nameKeys('cust_id').wordKey).toBe(nameKeys('customerId').wordKey);
  expect(nameKeys('idCustomer').wordKey).toBe(nameKeys('customer_ids').wordKey);
  expect(nameKeys('User_ID').canonical).toBe(nameKeys('userId').canonical);
  expect(nameKeys('--')).toEqual({ canonical: '', wordKey: '', shortForms: [] });
});

test('numbers keep their order, words do not', () => {
  expect(nameKeys('f0_1').wordKey).not.toBe(nameKeys('f1_0').wordKey);
  expect(nameKeys('address_1_line_2').wordKey).not.toBe(nameKeys('address_2_line_1').wordKey);
  expect(nameKeys('line_address_1').wordKey).toBe(nameKeys('address1Line').wordKey);
});

test.each([
  ['user_Id', ['uid']],
  ['customerId', ['cid']],
  ['user_identifier', ['uidentifier', 'uid']],
  ['cust_no', ['cno', 'cnumber']],
  ['policy_holder_id', ['phid']],
  ['uid', []],
  ['u_id', []],
  ['patient_age', []],
  ['address_2', []],
])('what %s is in short', (name, short) => {
  expect(nameKeys(name).shortForms).toEqual(short);
});

test('a short form is a part of no longer name', () => {
  expect(nameKeys('UID').canonical).toBe('uid');
  expect(nameKeys('userId').shortForms).toContain(nameKeys('UID').canonical);
  expect(nameKeys('device_uid').wordKey).toBe('device uid');
  expect(nameKeys('constructor').wordKey).toBe('constructor');
});

test('words of a run of capitals are parted before the last, and a long run is read in one go', () => {
  expect(wordsOf('HTMLParser')).toEqual(['html', 'parser']);
  expect(wordsOf('userIDNumber')).toEqual(['user', 'id', 'number']);
  expect(wordsOf('ABC')).toEqual(['abc']);
  // Quadratic work on this would outlast any test.
  expect(wordsOf('A'.repeat(2_000_000))).toHaveLength(1);
});

test.each([
  ['email', 95],
  ['email_hash', 48],
  ['hashed_email', 48],
  ['email_sha256', 48],
  ['masked_email_address', 48],
])('%s is suggested as an address with a confidence of %s', (name, confidence) => {
  const shape = fieldShape({ datasetId: datasetId('db', 'x'), path: [name], type: 'text' });
  expect(suggestTags([])(shape).find(({ tag }) => tag === 'pii=email')?.confidence).toBe(confidence);
});

test('what is a secret as a hash is one with all confidence', () => {
  const shape = fieldShape({ datasetId: datasetId('db', 'x'), path: ['password_hash'], type: 'text' });
  const [found] = suggestTags([])(shape);
  expect(found?.confidence).toBeGreaterThan(80);
});
