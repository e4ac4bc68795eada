import type { NameRule } from './name-rule.js';
import type { TypeFamily } from '../../collection/type-family.js';

const ANY_TEXT: readonly TypeFamily[] = ['TEXT', 'BYTES'];
const TEXT_OR_NUMBER: readonly TypeFamily[] = ['TEXT', 'NUMBER'];
const TEXT_OR_ID: readonly TypeFamily[] = ['TEXT', 'UUID'];

const MONEY_AND_SECRETS: readonly NameRule[] = [
  {
    ...{ id: 'card-number', tag: 'pci=card-number', confidence: 92 },
    phrases: [
      ...['credit card', 'credit card number', 'creditcard number', 'card number', 'cc number', 'debit card number'],
      ...[
        'kreditkarte',
        'kreditkartennummer',
        'kartennummer',
        'card pan',
        'primary account number',
        'cvv',
        'cvc',
        'cvv 2',
      ],
    ],
    unless: [
      'id',
      'brand',
      'network',
      'issuer',
      'exp',
      'month',
      'year',
      'approval',
      'loyalty',
      'library',
      'gift',
      'code',
    ],
    types: TEXT_OR_NUMBER,
  },
  {
    ...{ id: 'card-digits', tag: 'pci=card-number', confidence: 60 },
    phrases: ['last 4', 'card last 4', 'last four', 'first 6', 'card bin'],
    types: TEXT_OR_NUMBER,
  },
  {
    ...{ id: 'bank-account', tag: 'pii=bank-account', confidence: 93 },
    phrases: [
      ...[
        'iban',
        'bank account',
        'bank account number',
        'kontonummer',
        'bankverbindung',
        'account iban',
        'routing number',
      ],
      ...['sort code', 'bankaccount number', 'konto number'],
    ],
    unless: ['id', 'name', 'code', 'bank name'],
    types: TEXT_OR_NUMBER,
  },
  {
    ...{ id: 'account-number', tag: 'pii=bank-account', confidence: 55, phrases: ['account number'] },
    unless: ['gl', 'ledger', 'id'],
    outside: ['ORGANIZATION'],
    types: TEXT_OR_NUMBER,
  },
  {
    ...{ id: 'password', tag: 'secret=credential', confidence: 95 },
    phrases: [
      'password',
      'password hash',
      'password digest',
      'passphrase',
      'user pass',
      'encrypted password',
      'pass hash',
    ],
    unless: ['at', 'date', 'time', 'last', 'age', 'minimum', 'days', 'id'],
    types: ANY_TEXT,
  },
  {
    ...{ id: 'secret', tag: 'secret=credential', confidence: 90 },
    phrases: [
      ...[
        'secret',
        'api key',
        'access token',
        'refresh token',
        'auth token',
        'private key',
        'client secret',
        'secret key',
      ],
      ...['session token', 'bearer token', 'oauth token', 'security answer', 'otp secret', 'salt', 'password salt'],
      ...['access key', 'signing key', 'encryption key', 'activation key', 'remember token', 'id token', 'pin code'],
    ],
    unless: ['id', 'at', 'name', 'date', 'time', 'ingredient', 'sodium'],
    types: ANY_TEXT,
  },
];

const TECHNICAL: readonly NameRule[] = [
  {
    ...{ id: 'ip-address', tag: 'pii=ip-address', confidence: 92 },
    phrases: [
      'ip',
      'ip address',
      'ip addr',
      'ipv 4',
      'ipv 6',
      'remote address',
      'ipaddr',
      'x forwarded for',
      'client ip',
    ],
    unless: ['country', 'city', 'region', 'range', 'owner', 'rights', 'port'],
    types: TEXT_OR_NUMBER,
  },
  {
    ...{ id: 'device-id', tag: 'pii=device-id', confidence: 88 },
    phrases: [
      ...[
        'device id',
        'device token',
        'imei',
        'imsi',
        'idfa',
        'idfv',
        'gaid',
        'aaid',
        'udid',
        'advertising id',
        'android id',
      ],
      ...[
        'mac address',
        'mac addr',
        'device fingerprint',
        'browser fingerprint',
        'cookie id',
        'user pseudo id',
        'visitor id',
      ],
      ...['installation id', 'app instance id', 'push token', 'geraete id', 'device serial number'],
    ],
    types: [...TEXT_OR_ID, 'NUMBER'],
  },
  {
    ...{ id: 'id-of-its-device', tag: 'pii=device-id', confidence: 60, phrases: ['vendor id', 'serial number'] },
    within: ['DEVICE'],
    types: [...TEXT_OR_ID, 'NUMBER'],
  },
  {
    ...{ id: 'location', tag: 'pii=location', confidence: 80 },
    phrases: [
      ...[
        'latitude',
        'longitude',
        'lat',
        'lng',
        'lon',
        'lat long',
        'lat lng',
        'lat lon',
        'geo point',
        'gps',
        'coordinates',
      ],
      ...['geohash', 'geo location', 'geolocation', 'breitengrad', 'laengengrad', 'geo coordinates', 'gps position'],
    ],
    unless: ['accuracy', 'precision', 'error', 'device'],
    outside: ['PLACE'],
    types: TEXT_OR_NUMBER,
  },
  {
    ...{ id: 'vehicle', tag: 'pii=vehicle', confidence: 80 },
    phrases: [
      'license plate',
      'licence plate',
      'plate number',
      'kennzeichen',
      'vin',
      'vehicle identification number',
      'fin',
    ],
    types: TEXT_OR_NUMBER,
  },
];

/** Money, secrets, and what tells devices and places. */
export const KEY_RULES: readonly NameRule[] = [...MONEY_AND_SECRETS, ...TECHNICAL];
