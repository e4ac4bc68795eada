import type { TypeFamily } from '../../collection/type-family.js';
import type { FieldContext } from './field-shape.js';

/**
 * Raised with every change of what built-in rules suggest, or of how names are read: a catalog of another revision judges
 * its fields anew at the start.
 */
export const SUGGESTION_REVISION = 1;

/** One way to tell from a name what a field holds. */
export interface NameRule {
  /** What an answer names it by. */
  readonly id: string;
  /** `key=value`. */
  readonly tag: string;
  /** How often it is right, in percent, by its author's estimate. */
  readonly confidence: number;
  /** Words that stand one behind the other in the name, parted or joined: `first name` fits `firstName` and `firstname`. */
  readonly phrases: readonly string[];
  /** The name has no other words than the phrase, single letters and numbers aside. */
  readonly isWhole?: boolean;
  /** It does not fit where one of these words is in the name, beside {@link ABOUT}. */
  readonly unless?: readonly string[];
  /** Families of types that such values have; a field whose type is not known fits. None: TEXT alone. */
  readonly types?: readonly TypeFamily[];
  /** It fits only what is about one of these. */
  readonly within?: readonly FieldContext[];
  /** It does not fit what is about one of these. */
  readonly outside?: readonly FieldContext[];
}

/** Words of fields that tell something about a value and not the value: how many, whether, when, of what kind. */
export const ABOUT: ReadonlySet<string> = new Set([
  ...['count', 'total', 'sum', 'avg', 'average', 'min', 'max', 'rate', 'ratio', 'pct', 'percent', 'score', 'rank'],
  ...['is', 'has', 'can', 'flag', 'enabled', 'disabled', 'verified', 'verification', 'confirmed', 'valid', 'validated'],
  ...['status', 'state', 'type', 'kind', 'category', 'class', 'format', 'length', 'size', 'quality', 'version'],
  ...['sent', 'opened', 'clicked', 'bounced', 'delivered', 'received', 'subscribed', 'unsubscribed', 'optin', 'optout'],
  ...[
    'consent',
    'preference',
    'preferred',
    'allowed',
    'required',
    'changed',
    'updated',
    'created',
    'deleted',
    'expires',
  ],
  ...['expiry', 'expired', 'expiration', 'attempts', 'attempt', 'failed', 'template', 'subject', 'campaign', 'policy'],
  ...['description', 'label', 'reason', 'source', 'provider', 'domain', 'permission', 'role', 'group', 'url', 'uri'],
  ...[
    'link',
    'image',
    'quantity',
    'amount',
    'price',
    'order',
    'ordinal',
    'index',
    'position',
    'column',
    'table',
    'schema',
  ],
  ...[
    'encoding',
    'anzahl',
    'gueltig',
    'bestaetigt',
    'gesendet',
    'typ',
    'art',
    'kategorie',
    'reset',
    'hint',
    'setting',
    'settings',
  ],
]);

const ANY_TEXT: readonly TypeFamily[] = ['TEXT', 'BYTES'];
const TEXT_OR_NUMBER: readonly TypeFamily[] = ['TEXT', 'NUMBER'];
const TEXT_OR_ID: readonly TypeFamily[] = ['TEXT', 'UUID'];

const CONTACT: readonly NameRule[] = [
  {
    ...{ id: 'email', tag: 'pii=email', confidence: 95 },
    phrases: ['email', 'e mail', 'email address', 'mail address', 'mailadresse', 'emailadresse', 'courriel', 'correo'],
    unless: [
      'body',
      'text',
      'server',
      'host',
      'queue',
      'message',
      'campaigns',
      'notification',
      'notifications',
      'name',
    ],
  },
  { id: 'mail', tag: 'pii=email', confidence: 70, phrases: ['mail'], isWhole: true },
  {
    ...{ id: 'phone', tag: 'pii=phone', confidence: 92 },
    phrases: [
      ...['phone', 'phone number', 'cell', 'cellphone', 'mobile phone', 'mobile number', 'fax', 'fax number'],
      ...[
        'handy',
        'handynummer',
        'telefonnummer',
        'rufnummer',
        'mobilnummer',
        'mobilfunknummer',
        'msisdn',
        'faxnummer',
      ],
      ...['whatsapp', 'homephone', 'workphone', 'mobilephone'],
    ],
    unless: [
      'model',
      'brand',
      'os',
      'app',
      'carrier',
      'code',
      'call',
      'calls',
      'service',
      'plan',
      'cover',
      'line',
      'id',
    ],
    types: TEXT_OR_NUMBER,
  },
  {
    ...{ id: 'mobile', tag: 'pii=phone', confidence: 65, phrases: ['mobile'], isWhole: true },
    outside: ['DEVICE'],
    types: TEXT_OR_NUMBER,
  },
  {
    ...{ id: 'address', tag: 'pii=address', confidence: 85 },
    phrases: ['address', 'street', 'street name', 'strassenname', 'hausnummer', 'house number', 'rue', 'calle'],
    unless: [
      ...[
        'ip',
        'ipv',
        'mac',
        'email',
        'mail',
        'e',
        'web',
        'wallet',
        'memory',
        'contract',
        'remote',
        'id',
        'key',
        'book',
      ],
      ...['city', 'country', 'region', 'bitcoin', 'btc', 'crypto', 'host', 'network', 'hash', 'latitude', 'longitude'],
    ],
  },
  {
    ...{ id: 'postal-code', tag: 'pii=address', confidence: 70 },
    phrases: ['zip', 'zip code', 'postal code', 'post code', 'plz', 'postleitzahl', 'code postal'],
    unless: ['file', 'archive', 'id'],
    types: TEXT_OR_NUMBER,
  },
];

const IDENTITY: readonly NameRule[] = [
  {
    ...{ id: 'name-part', tag: 'pii=person-name', confidence: 93 },
    phrases: [
      ...['first name', 'last name', 'given name', 'family name', 'middle name', 'full name', 'maiden name', 'surname'],
      ...[
        'forename',
        'second name',
        'vorname',
        'nachname',
        'familienname',
        'geburtsname',
        'f name',
        'l name',
        'm name',
      ],
      ...[
        'prenom',
        'apellido',
        'nom de famille',
        'middle initial',
        'nickname',
        'nick name',
        'legal name',
        'birth name',
      ],
    ],
    unless: ['company', 'file', 'entity'],
    outside: ['ORGANIZATION'],
  },
  {
    ...{ id: 'name-of-person', tag: 'pii=person-name', confidence: 82 },
    phrases: [
      ...[
        'customer',
        'contact',
        'person',
        'employee',
        'patient',
        'user full',
        'passenger',
        'driver',
        'author',
        'student',
      ],
      ...['teacher', 'recipient', 'holder', 'cardholder', 'card holder', 'account holder', 'payee', 'beneficiary'],
      ...[
        'claimant',
        'insured',
        'policyholder',
        'member',
        'guest',
        'manager',
        'owner',
        'billing',
        'ship to',
        'bill to',
      ],
      ...['ship', 'shipping', 'buyer', 'emergency contact', 'spouse', 'doctor', 'signer', 'sender', 'supervisor'],
      ...[
        'mitarbeiter',
        'ansprechpartner',
        'kontoinhaber',
        'employee full',
        'applicant',
        'agent',
        'adjuster',
        'assistant',
      ],
    ].map((person) => `${person} name`),
    unless: ['company', 'file', 'product', 'user', 'service'],
  },
  {
    ...{ id: 'name-of-its-person', tag: 'pii=person-name', confidence: 75, phrases: ['name'], isWhole: true },
    within: ['PERSON'],
  },
  {
    ...{ id: 'person-by-part', tag: 'pii=person-name', confidence: 65 },
    phrases: ['author', 'composer', 'kontoinhaber', 'account holder', 'cardholder', 'card holder', 'ansprechpartner'],
    unless: ['id', 'key', 'ip', 'email', 'agent', 'at', 'bio', 'book'],
  },
  {
    ...{ id: 'display-name', tag: 'pii=person-name', confidence: 60, phrases: ['display name'] },
    within: ['PERSON'],
  },
  {
    ...{ id: 'user-name', tag: 'pii=username', confidence: 80 },
    phrases: [
      'username',
      'user name',
      'login',
      'login name',
      'user login',
      'benutzername',
      'nicename',
      'screen name',
      'user handle',
    ],
    unless: [
      'at',
      'date',
      'time',
      'last',
      'first',
      'ip',
      'device',
      'method',
      'page',
      'event',
      'session',
      'id',
      'success',
    ],
  },
  {
    ...{ id: 'birth-date', tag: 'pii=birth-date', confidence: 95 },
    phrases: [
      ...[
        'dob',
        'birth date',
        'date of birth',
        'birthday',
        'birth day',
        'birth datetime',
        'geburtsdatum',
        'geburtstag',
      ],
      ...['birth year', 'year of birth', 'month of birth', 'day of birth', 'birth month', 'geburtsjahr', 'geb date'],
      ...['date naissance', 'nacimiento', 'born on', 'born at', 'birth dt', 'yob'],
    ],
    types: ['DATE', 'TIME', 'TEXT', 'NUMBER'],
  },
  {
    ...{ id: 'national-id', tag: 'pii=national-id', confidence: 90 },
    phrases: [
      ...['ssn', 'social security', 'social security number', 'social insurance number', 'national id', 'passport'],
      ...[
        'national id number',
        'passport number',
        'passport no',
        'driver license',
        'drivers license',
        'driving license',
      ],
      ...['driver licence', 'driving licence', 'license number', 'licence number', 'steuer id', 'steuernummer'],
      ...['steueridentifikationsnummer', 'sozialversicherungsnummer', 'sv number', 'personalausweis', 'ausweisnummer'],
      ...['personalausweisnummer', 'reisepassnummer', 'tax id', 'tax id number', 'taxpayer id', 'tin', 'itin', 'nino'],
      ...['cpf', 'dni', 'bsn', 'aadhaar', 'aadhar', 'curp', 'ahv', 'id card number', 'identity number', 'fiscal code'],
      ...['national insurance number', 'citizen id', 'personnummer'],
    ],
    unless: ['country', 'software', 'vehicle', 'plate', 'business', 'company'],
    outside: ['ORGANIZATION'],
    types: TEXT_OR_NUMBER,
  },
  {
    ...{ id: 'gender', tag: 'pii=gender', confidence: 90, phrases: ['gender', 'sex', 'geschlecht'] },
    unless: ['product', 'concept'],
    types: TEXT_OR_NUMBER,
  },
  {
    ...{ id: 'health', tag: 'pii=health', confidence: 75 },
    phrases: [
      ...[
        'diagnosis',
        'diagnose',
        'icd code',
        'icd',
        'blood type',
        'blood group',
        'blutgruppe',
        'allergy',
        'allergies',
      ],
      ...['disability', 'medication', 'medical condition', 'krankheit'],
    ],
    types: TEXT_OR_NUMBER,
  },
];

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

/** The rules that come with the catalog. */
export const NAME_RULES: readonly NameRule[] = [...CONTACT, ...IDENTITY, ...MONEY_AND_SECRETS, ...TECHNICAL];
