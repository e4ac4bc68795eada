import type { FieldDefinition, TagDefinition } from './facets.js';
import { fields } from './facets.js';

export const KAFKA = 'kafka://broker.insurance.example:9092';
export const WAREHOUSE = 'postgres://warehouse.insurance.example:5432';
export const CRM = 'postgres://crm.insurance.example:5432';
export const LAKE = 's3://insurance-lake';
export const MODELS = 'models';

export interface AssetDefinition {
  readonly namespace: string;
  readonly name: string;
  /** OpenLineage datasetType. */
  readonly type: 'TABLE' | 'FILE' | 'STREAM' | 'MODEL';
  readonly subType?: string;
  readonly description: string;
  /** As an agent is named; null where nobody is known to own it. */
  readonly owner: string | null;
  readonly tags: readonly TagDefinition[];
  readonly fields: readonly FieldDefinition[];
}

const PERSONAL = { key: 'classification', value: 'personal' } as const;

function personal(...names: readonly string[]): readonly TagDefinition[] {
  return names.map((field) => ({ ...PERSONAL, field }));
}

/** Sources that no job of the example writes: stated by DatasetEvents. */
export const SOURCES = {
  claimForms: {
    namespace: LAKE,
    name: 'inbox/claim-forms',
    type: 'FILE',
    description: 'Claim forms as customers submit them.',
    owner: 'team:claims-intake',
    tags: personal('customer_id', 'notes'),
    fields: fields(`
      claim_id BIGINT Number of the claim
      policy_number VARCHAR Policy that the claim is made under
      customer_id BIGINT Customer in the CRM
      reported_at TIMESTAMP When the customer sent the form
      incident_type VARCHAR Kind of incident
      amount NUMERIC Amount claimed, in euro
      notes VARCHAR Free text of the customer`),
  },
  customers: {
    namespace: CRM,
    name: 'crm.public.customers',
    type: 'TABLE',
    description: 'Customers with their contact data.',
    owner: 'team:policy-service',
    tags: [PERSONAL, ...personal('full_name', 'email', 'birth_date', 'postcode')],
    fields: fields(`
      customer_id BIGINT Number of the customer
      full_name VARCHAR First and last name
      email VARCHAR E-mail address
      birth_date DATE Date of birth
      postcode VARCHAR Postal code`),
  },
  policyExport: {
    namespace: LAKE,
    name: 'exports/policies',
    type: 'FILE',
    description: 'Nightly export of the policy administration system.',
    owner: 'team:policy-service',
    tags: [],
    fields: fields(`
      policy_number VARCHAR Number of the policy
      customer_id BIGINT Policy holder
      start_on DATE First day of cover
      deductible NUMERIC Deductible, in euro`),
  },
  rateSheet: {
    namespace: LAKE,
    name: 'manual/rate-sheet.xlsx',
    type: 'FILE',
    description: 'Payout rates kept by hand; replaced by payout.rate_table.',
    owner: 'team:payout',
    tags: [{ key: 'status', value: 'deprecated' }],
    fields: fields(`
      incident_type VARCHAR Kind of incident
      rate NUMERIC Share of the amount that is paid`),
  },
  rateTable: {
    namespace: WAREHOUSE,
    name: 'insurance.payout.rate_table',
    type: 'TABLE',
    description: 'Payout rates by kind of incident.',
    owner: 'team:payout',
    tags: [],
    fields: fields(`
      incident_type VARCHAR Kind of incident
      rate NUMERIC Share of the amount that is paid`),
  },
} as const satisfies Readonly<Record<string, AssetDefinition>>;

/** What the jobs write. */
export const PRODUCTS = {
  reported: {
    namespace: KAFKA,
    name: 'claims.reported',
    type: 'STREAM',
    description: 'One message for each claim reported.',
    owner: 'team:claims-intake',
    tags: personal('customer_id', 'notes'),
    fields: SOURCES.claimForms.fields,
  },
  claims: {
    namespace: WAREHOUSE,
    name: 'insurance.claims.claims',
    type: 'TABLE',
    description: 'All claims, one row each.',
    owner: 'team:claims-intake',
    tags: personal('customer_id', 'notes', 'adjuster_notes'),
    fields: SOURCES.claimForms.fields,
  },
  policies: {
    namespace: WAREHOUSE,
    name: 'insurance.policy.policies',
    type: 'TABLE',
    description: 'Policies in force.',
    owner: 'team:policy-service',
    tags: [],
    fields: SOURCES.policyExport.fields,
  },
  customersMasked: {
    namespace: WAREHOUSE,
    name: 'insurance.policy.customers_masked',
    type: 'TABLE',
    description: 'Customers without clear-text contact data.',
    owner: 'team:policy-service',
    tags: [{ key: 'classification', value: 'pseudonymous' }],
    fields: fields(`
      customer_id BIGINT Number of the customer
      name_hash VARCHAR Salted SHA-256 of the name
      email_hash VARCHAR Salted SHA-256 of the e-mail address
      birth_year INTEGER Year of birth
      postcode_area VARCHAR First two characters of the postal code`),
  },
  features: {
    namespace: LAKE,
    name: 'features/claims',
    type: 'FILE',
    description: 'Training features of the complexity model.',
    owner: 'team:claims-triage',
    tags: [],
    fields: fields(`
      claim_id BIGINT Number of the claim
      amount_log DOUBLE Natural logarithm of the amount
      policy_age_days INTEGER Days between start of cover and report
      birth_year INTEGER Year of birth of the policy holder`),
  },
  complexity: {
    namespace: MODELS,
    name: 'complexity',
    type: 'MODEL',
    description: 'Tells simple claims from complex ones.',
    owner: 'team:claims-triage',
    tags: [{ key: 'stage', value: 'production' }],
    fields: [],
  },
  triaged: {
    namespace: KAFKA,
    name: 'claims.triaged',
    type: 'STREAM',
    description: 'Claims with their complexity.',
    owner: 'team:claims-triage',
    tags: [],
    fields: fields(`
      claim_id BIGINT Number of the claim
      policy_number VARCHAR Policy that the claim is made under
      incident_type VARCHAR Kind of incident
      amount NUMERIC Amount claimed, in euro
      is_complex BOOLEAN Whether a person must look at it
      score DOUBLE Probability of being complex`),
  },
  payouts: {
    namespace: WAREHOUSE,
    name: 'insurance.payout.payouts',
    type: 'TABLE',
    description: 'Payouts calculated, one row a claim.',
    owner: 'team:payout',
    tags: [{ key: 'classification', value: 'financial' }],
    fields: fields(`
      claim_id BIGINT Number of the claim
      payout_amount NUMERIC Amount to pay, in euro
      is_automatic BOOLEAN Paid without a person`),
  },
  approved: {
    namespace: KAFKA,
    name: 'payouts.approved',
    type: 'STREAM',
    description: 'Payouts that the bank may execute.',
    owner: 'team:payout',
    tags: [{ key: 'classification', value: 'financial' }],
    fields: fields(`
      claim_id BIGINT Number of the claim
      payout_amount NUMERIC Amount to pay, in euro`),
  },
  openClaims: {
    namespace: WAREHOUSE,
    name: 'insurance.reporting.tmp_open_claims',
    type: 'TABLE',
    subType: 'TEMPORARY',
    description: 'Open claims of one night, dropped after the report.',
    owner: 'team:reporting',
    tags: [],
    fields: fields(`
      claim_id BIGINT Number of the claim
      customer_id BIGINT Customer in the CRM
      reported_at TIMESTAMP When the customer sent the form
      incident_type VARCHAR Kind of incident
      amount NUMERIC Amount claimed, in euro`),
  },
  dailyClaims: {
    namespace: WAREHOUSE,
    name: 'insurance.reporting.daily_claims',
    type: 'TABLE',
    description: 'Claims and payouts by day and kind of incident.',
    owner: 'team:reporting',
    tags: [{ key: 'audience', value: 'management' }],
    fields: fields(`
      report_on DATE Day of the report
      incident_type VARCHAR Kind of incident
      open_claims BIGINT Number of open claims
      claimed_total NUMERIC Sum of the amounts claimed
      paid_total NUMERIC Sum of the payouts
      contactable BIGINT Policy holders with a known e-mail address`),
  },
  extractClaims: {
    namespace: LAKE,
    name: 'regulator/claims',
    type: 'FILE',
    description: 'Weekly extract of claims for the regulator.',
    owner: 'team:reporting',
    tags: [{ key: 'audience', value: 'regulator' }],
    fields: fields(`
      week_from DATE First day of the week
      open_claims BIGINT Number of open claims`),
  },
  extractPayouts: {
    namespace: LAKE,
    name: 'regulator/payouts',
    type: 'FILE',
    description: 'Weekly extract of payouts for the regulator.',
    owner: 'team:reporting',
    tags: [{ key: 'audience', value: 'regulator' }],
    fields: fields(`
      week_from DATE First day of the week
      paid_total NUMERIC Sum of the payouts`),
  },
} as const satisfies Readonly<Record<string, AssetDefinition>>;

/** `insurance.claims.claims` from the middle of the example on: `notes` became `adjuster_notes`, `channel` is new. */
export const CLAIMS_FIELDS_AFTER: readonly FieldDefinition[] = [
  ...PRODUCTS.claims.fields.map((field) => (field.name === 'notes' ? { ...field, name: 'adjuster_notes' } : field)),
  { name: 'channel', type: 'VARCHAR', description: 'How the claim was reported: app, phone or agent' },
];
