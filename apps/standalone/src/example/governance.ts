import { assetEditBytes, type FactEdit } from '@headwater/domain/governance/asset-edit';
import { definitionEditBytes } from '@headwater/domain/governance/definition-edit';
import type { TermDefinition } from '@headwater/domain/governance/definition';
import type { EditHead } from '@headwater/domain/governance/edit-head';
import { TAG_RULES_ID } from '@headwater/domain/classification/tag-rules';
import { USUAL_CARRIAGE } from '@headwater/domain/classification/carriage';
import { OWNERSHIP_RULES_ID } from '@headwater/domain/governance/ownership-rules';
import {
  agentId,
  datasetId,
  domainId,
  fieldId,
  jobId,
  productId,
  termId,
  type NodeId,
} from '@headwater/domain/identifiers';
import { PRODUCTS, SOURCES, type AssetDefinition } from './assets.js';

const CLAIMS = domainId('claim-handling');
const POLICIES = domainId('policies-and-customers');
const PAYOUTS = domainId('payouts');
const REPORTING = domainId('reporting');
const INSURANCE = domainId('insurance');

const DOMAINS = [
  [INSURANCE, 'Insurance', null, 'Everything that has to do with claims.', 'team:data-office'],
  [CLAIMS, 'Claim handling', INSURANCE, 'From the form a customer sends to the decision **who looks at it**.', null],
  [POLICIES, 'Policies and customers', INSURANCE, 'Who is insured, and against what.', null],
  [PAYOUTS, 'Payouts', INSURANCE, 'What is paid, by which rates.', null],
  [REPORTING, 'Reporting', INSURANCE, 'What management and the regulator see.', null],
] as const;

/** Which datasets and jobs are in which domain. */
const MEMBERS: readonly (readonly [domain: NodeId, datasets: readonly AssetDefinition[], jobs: readonly string[]])[] = [
  [
    CLAIMS,
    [SOURCES.claimForms, PRODUCTS.reported, PRODUCTS.claims, PRODUCTS.features, PRODUCTS.complexity, PRODUCTS.triaged],
    ['claims-intake/ingest-claims', 'claims-intake/land-claims', 'claims-triage/score-claims'],
  ],
  [
    POLICIES,
    [SOURCES.customers, SOURCES.policyExport, PRODUCTS.policies, PRODUCTS.customersMasked],
    ['policy-service/sync-policies', 'policy-service/mask-customers'],
  ],
  [PAYOUTS, [SOURCES.rateTable, PRODUCTS.payouts, PRODUCTS.approved], ['payout/calculate-payouts']],
  [
    REPORTING,
    [PRODUCTS.dailyClaims, PRODUCTS.extractClaims, PRODUCTS.extractPayouts],
    ['reporting/daily-claims-report', 'reporting/regulator-extract'],
  ],
];

const TERMS: readonly (Pick<TermDefinition, 'name' | 'description'> &
  Partial<TermDefinition> & { readonly id: NodeId })[] = [
  {
    id: termId('claim'),
    name: 'Claim',
    description: 'A demand for payment under a policy. It has one number from the form to the payout.',
    synonyms: ['loss'],
    status: 'APPROVED',
  },
  {
    id: termId('open-claim'),
    name: 'Open claim',
    description: 'A claim without a payout and without a refusal, at the end of the day.',
    parent: termId('claim'),
    related: [termId('payout')],
    status: 'APPROVED',
  },
  {
    id: termId('payout'),
    name: 'Payout',
    description: 'What is paid for a claim, in euro, the deductible taken off.',
    synonyms: ['settlement'],
    status: 'APPROVED',
  },
  {
    id: termId('insured-number'),
    name: 'Insured number',
    description: 'What the old system called the number of a customer.',
    status: 'DEPRECATED',
    successor: termId('customer-number'),
  },
  {
    id: termId('customer-number'),
    name: 'Customer number',
    description: 'Number of a customer in the CRM. *Personal*: it leads to a person.',
    status: 'APPROVED',
  },
];

const FIELD_TERMS: readonly (readonly [AssetDefinition, field: string, term: NodeId])[] = [
  [PRODUCTS.claims, 'claim_id', termId('claim')],
  [PRODUCTS.claims, 'customer_id', termId('customer-number')],
  [SOURCES.customers, 'customer_id', termId('customer-number')],
  [PRODUCTS.payouts, 'payout_amount', termId('payout')],
  [PRODUCTS.dailyClaims, 'open_claims', termId('open-claim')],
];

const DATA_PRODUCTS = [
  {
    id: productId('claims-reporting'),
    name: 'Claims reporting',
    description: 'Claims and payouts by day, complete by **06:00 UTC**.',
    domain: REPORTING,
    owner: 'team:reporting',
    ports: [PRODUCTS.dailyClaims],
  },
  {
    id: productId('claims-record'),
    name: 'Claims record',
    description: 'All claims, one row each, for whoever analyses them.',
    domain: CLAIMS,
    owner: 'team:claims-intake',
    ports: [PRODUCTS.claims],
  },
] as const;

const CONFIDENTIAL = 'confidentiality=internal';
/** Of a dataset, and of all that is made from it. */
const RETENTION = 'retention';
const TEN_YEARS = `${RETENTION}=10-years`;

const BY = { id: 'example', name: 'The example' } as const;

/**
 * What people would enter about the example: domains, a glossary, data products, owners by rule and by hand, how a tag
 * goes along, and where tags do not hold. EDIT events for the log behind the example's own; always the same bytes, so that they are taken once.
 */
export function exampleEdits(): readonly Uint8Array[] {
  return [...domainEdits(), ...termEdits(), ...productEdits(), ruleEdit(), tagRuleEdit(), ...assetEdits()];
}

function head(id: string, reason: string | null = null): EditHead {
  return { id: `example:${id}`, by: BY, reason, expected: null };
}

function domainEdits(): readonly Uint8Array[] {
  return DOMAINS.map(([node, name, parent, description, owner]) => {
    const owners = owner === null ? [] : [{ agent: agent(owner), role: 'OWNER' }];
    return definitionEditBytes({ ...head(node), node, action: 'CREATE', body: { name, description, parent, owners } });
  });
}

/** Those that others name come first. */
function termEdits(): readonly Uint8Array[] {
  const isNamed = ({ id }: { readonly id: NodeId }): boolean =>
    TERMS.some(({ parent, related, successor }) => parent === id || successor === id || related?.includes(id) === true);
  const ordered = [...TERMS.filter(isNamed), ...TERMS.filter((term) => !isNamed(term))];
  return ordered.map(({ id, ...given }) => {
    const absent = { parent: null, synonyms: [], related: [], status: 'DRAFT', successor: null } as const;
    return definitionEditBytes({ ...head(id), node: id, action: 'CREATE', body: { ...absent, ...given } });
  });
}

function productEdits(): readonly Uint8Array[] {
  return DATA_PRODUCTS.map(({ id, name, description, domain, owner }) =>
    definitionEditBytes({
      ...head(id),
      node: id,
      action: 'CREATE',
      body: { name, description, domain, status: 'ACTIVE', owners: [{ agent: agent(owner), role: 'OWNER' }] },
    }),
  );
}

/** Only where there is no list yet: it would take the place of it. */
function ruleEdit(): Uint8Array {
  const any = { namespace: null, name: null, path: null, tag: null, domain: null };
  return definitionEditBytes({
    ...head('ownership-rules', 'one steward for each domain'),
    expected: 0,
    node: OWNERSHIP_RULES_ID,
    action: 'REPLACE',
    rules: [
      { ...any, domain: INSURANCE, owners: [{ agent: agent('user:ines'), role: 'STEWARD' }] },
      { ...any, domain: REPORTING, owners: [{ agent: agent('user:noor'), role: 'STEWARD' }] },
    ],
  });
}

/** Only where there is no list yet, like the rules for owners. */
function tagRuleEdit(): Uint8Array {
  return definitionEditBytes({
    ...head('tag-rules', 'what is made from books is kept as long as these'),
    expected: 0,
    node: TAG_RULES_ID,
    action: 'REPLACE',
    tagRules: [{ ...USUAL_CARRIAGE, tag: RETENTION, alongDatasets: true }],
  });
}

function assetEdits(): readonly Uint8Array[] {
  const changes = new Map<NodeId, FactEdit[]>();
  const state = (asset: NodeId, change: Omit<FactEdit, 'action'>): void => {
    changes.set(asset, [...(changes.get(asset) ?? []), { action: 'STATE', ...change }]);
  };
  for (const [domain, datasets, jobs] of MEMBERS) {
    const assets = [...datasets.map(idOf), ...jobs.map(jobOf)];
    for (const asset of assets) state(asset, { node: asset, kind: 'DOMAIN', value: domain, detail: null });
  }
  for (const [of, field, term] of FIELD_TERMS) {
    const dataset = idOf(of);
    state(dataset, { node: fieldId(dataset, [field]), kind: 'TERM', value: term, detail: null });
  }
  for (const { id, ports } of DATA_PRODUCTS)
    for (const port of ports) state(idOf(port), { node: idOf(port), kind: 'PRODUCT', value: id, detail: null });
  const payouts = idOf(PRODUCTS.payouts);
  const amount = fieldId(payouts, ['payout_amount']);
  state(payouts, { node: amount, kind: 'TAG', value: CONFIDENTIAL, detail: null });
  state(payouts, { node: payouts, kind: 'TAG', value: TEN_YEARS, detail: null });
  state(payouts, { node: payouts, kind: 'OWNER', value: agent('user:ben'), detail: 'TECHNICAL_OWNER' });
  const entered = [...changes].map(([asset, of]) => assetEditBytes({ ...head(asset), asset, changes: of }));
  return [...entered, notConfidential(), notKept()];
}

/** The tag comes along with the sums that are made from payouts, and does not hold where these are published. */
function notConfidential(): Uint8Array {
  const asset = idOf(PRODUCTS.extractPayouts);
  return assetEditBytes({
    ...head('not-confidential', 'the regulator publishes the weekly sums'),
    asset,
    changes: [
      {
        ...({ action: 'WITHDRAW', kind: 'TAG', value: CONFIDENTIAL, detail: null } as const),
        node: fieldId(asset, ['paid_total']),
      },
    ],
  });
}

/** Nor is the report kept, and so neither is what is made from it alone. */
function notKept(): Uint8Array {
  const asset = idOf(PRODUCTS.dailyClaims);
  return assetEditBytes({
    ...head('not-kept', 'made anew every night'),
    asset,
    changes: [{ action: 'WITHDRAW', node: asset, kind: 'TAG', value: TEN_YEARS, detail: null }],
  });
}

function idOf({ namespace, name }: AssetDefinition): NodeId {
  return datasetId(namespace, name);
}

function jobOf(path: string): NodeId {
  const [service = '', name = ''] = path.split('/');
  return jobId(service, name);
}

function agent(name: string): NodeId {
  const [kind = '', of = ''] = name.split(':');
  return agentId(kind, of);
}
