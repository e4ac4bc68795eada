import type { AssetDefinition } from './assets.js';
import { PRODUCTS, SOURCES } from './assets.js';

/** One source of one target column. */
export interface ColumnSource {
  readonly from: AssetDefinition;
  readonly field: string;
  readonly to: string;
  readonly subtype: string;
  readonly masking: boolean;
  readonly description: string;
}

export interface OutputDefinition {
  readonly asset: AssetDefinition;
  readonly columns: readonly ColumnSource[];
  /** Fields that decide which rows come at all: they bear on every column (joins, filters, groups). */
  readonly wide: readonly { readonly from: AssetDefinition; readonly field: string; readonly subtype: string }[];
  /** Sources told by the explicit `lineage` facet instead of columnLineage. */
  readonly explicitSources?: readonly AssetDefinition[];
}

export interface JobDefinition {
  readonly service: 'claims-intake' | 'policy-service' | 'claims-triage' | 'payout' | 'reporting';
  readonly name: string;
  readonly integration: string;
  readonly processingType: 'BATCH' | 'STREAMING';
  readonly description: string;
  readonly sql?: string;
  readonly inputs: readonly AssetDefinition[];
  readonly outputs: readonly OutputDefinition[];
}

/** `source target SUBTYPE description`, one a line; `~` before the subtype marks a step that masks. */
function columns(from: AssetDefinition, text: string): readonly ColumnSource[] {
  return text
    .trim()
    .split('\n')
    .map((line) => {
      const [field = '', to = '', kind = '', ...words] = line.trim().split(/ +/);
      const masking = kind.startsWith('~');
      return { from, field, to, subtype: masking ? kind.slice(1) : kind, masking, description: words.join(' ') };
    });
}

function same(from: AssetDefinition, names: readonly string[]): readonly ColumnSource[] {
  return names.map((name) => ({ from, field: name, to: name, subtype: 'IDENTITY', masking: false, description: '' }));
}

const { claimForms, customers, policyExport, rateSheet, rateTable } = SOURCES;
const P = PRODUCTS;
const CLAIM_COLUMNS = ['claim_id', 'policy_number', 'customer_id', 'reported_at', 'incident_type', 'amount'];

export const INGEST_CLAIMS: JobDefinition = {
  service: 'claims-intake',
  name: 'ingest-claims',
  integration: 'FLINK',
  processingType: 'STREAMING',
  description: 'Turns submitted claim forms into messages.',
  inputs: [claimForms],
  outputs: [{ asset: P.reported, columns: same(claimForms, [...CLAIM_COLUMNS, 'notes']), wide: [] }],
};

/** `after`: from the middle of the example on, when the table has its new schema. */
export function landClaims(after: boolean): JobDefinition {
  const renamed = columns(P.reported, `notes ${after ? 'adjuster_notes' : 'notes'} IDENTITY`);
  return {
    service: 'claims-intake',
    name: 'land-claims',
    integration: 'SPARK',
    processingType: 'BATCH',
    description: 'Writes reported claims to the warehouse every four hours.',
    inputs: [P.reported],
    outputs: [{ asset: P.claims, columns: [...same(P.reported, CLAIM_COLUMNS), ...renamed], wide: [] }],
  };
}

export const SYNC_POLICIES: JobDefinition = {
  service: 'policy-service',
  name: 'sync-policies',
  integration: 'PYTHON',
  processingType: 'BATCH',
  description: 'Loads the export of the policy administration system.',
  inputs: [policyExport],
  outputs: [
    {
      asset: P.policies,
      columns: same(policyExport, ['policy_number', 'customer_id', 'start_on', 'deductible']),
      wide: [],
    },
  ],
};

export const MASK_CUSTOMERS: JobDefinition = {
  service: 'policy-service',
  name: 'mask-customers',
  integration: 'PYTHON',
  processingType: 'BATCH',
  description: 'Replaces contact data by salted hashes and coarse values.',
  inputs: [customers],
  outputs: [
    {
      asset: P.customersMasked,
      columns: columns(
        customers,
        `customer_id customer_id IDENTITY
         full_name name_hash ~TRANSFORMATION salted SHA-256
         email email_hash ~TRANSFORMATION salted SHA-256
         birth_date birth_year ~TRANSFORMATION year only
         postcode postcode_area ~TRANSFORMATION first two characters`,
      ),
      wide: [],
    },
  ],
};

export const BUILD_FEATURES: JobDefinition = {
  service: 'claims-triage',
  name: 'build-features',
  integration: 'SPARK',
  processingType: 'BATCH',
  description: 'Joins claims, policies and masked customers to training features.',
  inputs: [P.claims, P.policies, P.customersMasked],
  outputs: [
    {
      asset: P.features,
      columns: [
        ...columns(P.claims, 'claim_id claim_id IDENTITY\namount amount_log TRANSFORMATION natural logarithm'),
        ...columns(P.claims, 'reported_at policy_age_days TRANSFORMATION days since start of cover'),
        ...columns(P.policies, 'start_on policy_age_days TRANSFORMATION days since start of cover'),
        ...columns(P.customersMasked, 'birth_year birth_year IDENTITY'),
      ],
      wide: [
        { from: P.claims, field: 'policy_number', subtype: 'JOIN' },
        { from: P.policies, field: 'policy_number', subtype: 'JOIN' },
        { from: P.customersMasked, field: 'customer_id', subtype: 'JOIN' },
      ],
    },
  ],
};

export const TRAIN_COMPLEXITY: JobDefinition = {
  service: 'claims-triage',
  name: 'train-complexity',
  integration: 'PYTHON',
  processingType: 'BATCH',
  description: 'Trains the complexity model and registers a version.',
  inputs: [P.features],
  outputs: [{ asset: P.complexity, columns: [], wide: [] }],
};

export const SCORE_CLAIMS: JobDefinition = {
  service: 'claims-triage',
  name: 'score-claims',
  integration: 'FLINK',
  processingType: 'STREAMING',
  description: 'Scores each reported claim with the model in production.',
  inputs: [P.reported, P.complexity],
  outputs: [
    {
      asset: P.triaged,
      columns: [
        ...same(P.reported, ['claim_id', 'policy_number', 'incident_type', 'amount']),
        ...columns(
          P.reported,
          'amount score TRANSFORMATION model input\nincident_type score TRANSFORMATION model input',
        ),
        ...columns(P.reported, 'amount is_complex TRANSFORMATION score above 0.5'),
      ],
      wide: [],
    },
  ],
};

/** `after`: from the middle of the example on, when the rate table has replaced the sheet. */
export function calculatePayouts(after: boolean): JobDefinition {
  const rates = after ? rateTable : rateSheet;
  const amount = [
    ...columns(P.triaged, 'amount payout_amount TRANSFORMATION (amount - deductible) * rate'),
    ...columns(P.policies, 'deductible payout_amount TRANSFORMATION (amount - deductible) * rate'),
    ...columns(rates, 'rate payout_amount TRANSFORMATION (amount - deductible) * rate'),
  ];
  const wide = [
    { from: P.triaged, field: 'policy_number', subtype: 'JOIN' },
    { from: P.policies, field: 'policy_number', subtype: 'JOIN' },
    { from: rates, field: 'incident_type', subtype: 'JOIN' },
  ];
  return {
    service: 'payout',
    name: 'calculate-payouts',
    integration: 'SPARK',
    processingType: 'BATCH',
    description: 'Calculates what is paid for triaged claims, every four hours.',
    inputs: [P.triaged, P.policies, rates],
    outputs: [
      {
        asset: P.payouts,
        columns: [
          ...same(P.triaged, ['claim_id']),
          ...amount,
          ...columns(P.triaged, 'is_complex is_automatic TRANSFORMATION not is_complex'),
        ],
        wide,
      },
      { asset: P.approved, columns: [...same(P.triaged, ['claim_id']), ...amount], wide },
    ],
  };
}

export const STAGE_OPEN_CLAIMS: JobDefinition = {
  service: 'reporting',
  name: 'stage-open-claims',
  integration: 'SQL',
  processingType: 'BATCH',
  description: 'Collects the open claims of the night in a temporary table.',
  sql: 'CREATE TABLE insurance.reporting.tmp_open_claims AS\nSELECT claim_id, customer_id, reported_at, incident_type, amount\nFROM insurance.claims.claims WHERE reported_at > current_date - 90',
  inputs: [P.claims],
  outputs: [
    {
      asset: P.openClaims,
      columns: same(P.claims, ['claim_id', 'customer_id', 'reported_at', 'incident_type', 'amount']),
      wide: [],
    },
  ],
};

export const DAILY_REPORT: JobDefinition = {
  service: 'reporting',
  name: 'daily-claims-report',
  integration: 'SQL',
  processingType: 'BATCH',
  description: 'Claims and payouts of the day.',
  sql: 'INSERT INTO insurance.reporting.daily_claims\nSELECT o.reported_at::date, o.incident_type, count(*), sum(o.amount), sum(p.payout_amount), count(c.email_hash)\nFROM insurance.reporting.tmp_open_claims o\nLEFT JOIN insurance.payout.payouts p USING (claim_id)\nJOIN insurance.policy.customers_masked c USING (customer_id)\nGROUP BY 1, 2',
  inputs: [P.openClaims, P.payouts, P.customersMasked],
  outputs: [
    {
      asset: P.dailyClaims,
      columns: [
        ...columns(P.openClaims, 'incident_type incident_type IDENTITY\nclaim_id open_claims AGGREGATION count(*)'),
        ...columns(P.openClaims, 'reported_at report_on TRANSFORMATION day\namount claimed_total AGGREGATION sum'),
        ...columns(P.payouts, 'payout_amount paid_total AGGREGATION sum'),
        ...columns(P.customersMasked, 'email_hash contactable AGGREGATION count'),
      ],
      wide: [{ from: P.openClaims, field: 'customer_id', subtype: 'JOIN' }],
    },
  ],
};

export const REGULATOR_EXTRACT: JobDefinition = {
  service: 'reporting',
  name: 'regulator-extract',
  integration: 'PYTHON',
  processingType: 'BATCH',
  description: 'Two weekly files for the regulator; each comes from one source.',
  inputs: [P.dailyClaims, P.payouts],
  outputs: [
    {
      asset: P.extractClaims,
      columns: columns(P.dailyClaims, 'open_claims open_claims AGGREGATION max'),
      wide: [],
      explicitSources: [P.dailyClaims],
    },
    {
      asset: P.extractPayouts,
      columns: columns(P.payouts, 'payout_amount paid_total AGGREGATION sum'),
      wide: [],
      explicitSources: [P.payouts],
    },
  ],
};
