import { acceptedValue } from '@headwater/domain/governance/accepted-findings';
import { agentsEditBytes } from '@headwater/domain/governance/agents/agents-edit';
import { assetEditBytes, type FactEdit } from '@headwater/domain/governance/asset-edit';
import { definitionEditBytes } from '@headwater/domain/governance/definition-edit';
import type {
  AgentDefinition,
  DomainDefinition,
  PropertyDefinition,
  TermDefinition,
} from '@headwater/domain/governance/definition';
import type { EditHead } from '@headwater/domain/governance/edit-head';
import { TAG_RULES_ID } from '@headwater/domain/classification/tag-rules';
import { USUAL_CARRIAGE } from '@headwater/domain/classification/carriage';
import { LOGICAL_RULES_ID } from '@headwater/domain/governance/logical-rules';
import { OWNERSHIP_RULES_ID } from '@headwater/domain/governance/ownership-rules';
import { writeValues } from '@headwater/domain/governance/property-values';
import {
  agentId,
  datasetId,
  domainId,
  fieldId,
  jobId,
  logicalId,
  productId,
  propertyId,
  termId,
  type NodeId,
} from '@headwater/domain/identifiers';
import { PRODUCTS, SOURCES, type AssetDefinition } from './assets.js';
import { fieldNameEdits } from './field-names.js';

const CLAIMS = domainId('claim-handling');
const POLICIES = domainId('policies-and-customers');
const PAYOUTS = domainId('payouts');
const REPORTING = domainId('reporting');
const INSURANCE = domainId('insurance');
const BANK = domainId('bank');

type Domain = Pick<DomainDefinition, 'name' | 'description'> &
  Partial<Pick<DomainDefinition, 'parent' | 'layer' | 'isExternal'>> & { readonly id: NodeId; readonly owner?: string };

const DOMAINS: readonly Domain[] = [
  {
    ...{ id: INSURANCE, name: 'Insurance', description: 'Everything that has to do with claims.' },
    ...{ layer: 'BUSINESS', owner: 'team:data-office' },
  },
  {
    ...{ id: CLAIMS, name: 'Claim handling', parent: INSURANCE, layer: 'PRODUCT' },
    description: 'From the form a customer sends to the decision **who looks at it**.',
  },
  { id: POLICIES, name: 'Policies and customers', parent: INSURANCE, description: 'Who is insured, and against what.' },
  { id: PAYOUTS, name: 'Payouts', parent: INSURANCE, description: 'What is paid, by which rates.' },
  {
    ...{ id: REPORTING, name: 'Reporting', parent: INSURANCE, layer: 'PRESENTATION' },
    description: 'What management and the regulator see.',
  },
  { id: BANK, name: 'Bank', isExternal: true, description: 'What the bank gets to execute.' },
];

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
  [PAYOUTS, [SOURCES.rateTable, PRODUCTS.payouts], ['payout/calculate-payouts']],
  [BANK, [PRODUCTS.approved], []],
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

const RETENTION = propertyId('retention');
const CADENCE = propertyId('refresh-cadence');
const RUNBOOK = propertyId('runbook');
const UNDECLARED = { isMany: false, values: [], unit: null, min: null, max: null, isRequired: false } as const;

const PROPERTIES: readonly (PropertyDefinition & { readonly id: NodeId })[] = [
  {
    ...UNDECLARED,
    ...{ id: RETENTION, name: 'Retention', type: 'NUMBER', unit: 'days', min: 1, kinds: ['DATASET'], isRequired: true },
    description: 'How long rows are kept before they are deleted.',
  },
  {
    ...UNDECLARED,
    ...{ id: CADENCE, name: 'Refresh cadence', type: 'ENUM', kinds: ['DATASET'] },
    values: ['hourly', 'daily', 'weekly', 'on demand'],
    description: 'How often readers can count on newer data.',
  },
  {
    ...UNDECLARED,
    ...{ id: RUNBOOK, name: 'Runbook', type: 'URL', kinds: ['DATASET', 'JOB'] },
    description: 'What to do when it fails.',
  },
];

const RUNBOOKS = 'https://runbooks.example.com';
/** What assets have of them; retention of the others is yet to be said. */
const PROPERTY_VALUES: readonly (readonly [asset: AssetDefinition | string, property: NodeId, value: string])[] = [
  [PRODUCTS.claims, RETENTION, '3650'],
  [PRODUCTS.payouts, RETENTION, '3650'],
  [SOURCES.claimForms, RETENTION, '90'],
  [SOURCES.customers, RETENTION, '730'],
  [PRODUCTS.claims, CADENCE, 'hourly'],
  [PRODUCTS.payouts, CADENCE, 'daily'],
  [PRODUCTS.dailyClaims, CADENCE, 'daily'],
  [SOURCES.rateTable, CADENCE, 'on demand'],
  [PRODUCTS.claims, RUNBOOK, `${RUNBOOKS}/claims`],
  ['payout/calculate-payouts', RUNBOOK, `${RUNBOOKS}/payouts`],
];

/** The same claims as forms in files, as messages and as rows: a rule knows the topic and the table by their names. */
const LOGICAL_CLAIMS = {
  id: logicalId('claims'),
  name: 'Claims',
  description: 'Each claim once, from the form of a customer to its row: **forms, messages and a table**.',
  domain: CLAIMS,
  byEdit: SOURCES.claimForms,
} as const;

const PERSONAL = 'classification=personal';
const CONFIDENTIAL = 'confidentiality=internal';
/** Of a dataset, and of all that is made from it. */
const RETENTION_TAG = 'retention';
const TEN_YEARS = `${RETENTION_TAG}=10-years`;

const BY = { id: 'example', name: 'The example' } as const;

/**
 * What people would enter about the example: domains, a glossary, data products, a logical dataset, properties, owners by
 * rule and by hand, how a tag goes along, and where tags do not hold. EDIT events for the log behind the example's own;
 * always the same bytes, so that they are taken once.
 */
export function exampleEdits(): readonly Uint8Array[] {
  return [
    ...[...domainEdits(), ...termEdits(), ...productEdits(), ...logicalEdits(), ...propertyEdits()],
    ...[ruleEdit(), tagRuleEdit(), ...fieldNameEdits(head, PERSONAL), ...assetEdits(), ...agentEdits()],
  ];
}

/** Two people and their team; one of them signs in under another name. */
function agentEdits(): readonly Uint8Array[] {
  const [ines, noor, office] = ['user:ines', 'user:noor', 'team:data-office'].map(agent) as [NodeId, NodeId, NodeId];
  const enter = (node: NodeId, body: Partial<AgentDefinition> & Pick<AgentDefinition, 'name'>): Uint8Array => {
    const absent = { description: null, email: null, subject: null, members: [] };
    return definitionEditBytes({ ...head(node), node, action: 'CREATE', body: { ...absent, ...body } });
  };
  return [
    enter(ines, { name: 'Ines Ferreira', email: 'ines.ferreira@insurance.example' }),
    enter(noor, { name: 'Noor de Vries', email: 'noor@insurance.example' }),
    enter(office, {
      name: 'Data office',
      description: 'Keeps the **glossary** and the rules.',
      members: [ines, noor],
    }),
    agentsEditBytes({
      ...head('ines-signs-in', 'the same person: the name before she married'),
      ...{ node: ines, action: 'MERGE', other: agent('user:ines.moreira'), pairs: [] },
    }),
  ];
}

function head(id: string, reason: string | null = null): EditHead {
  return { id: `example:${id}`, by: BY, reason, expected: null };
}

function domainEdits(): readonly Uint8Array[] {
  return DOMAINS.map(({ id: node, owner, ...given }) => {
    const owners = owner === undefined ? [] : [{ agent: agent(owner), role: 'OWNER' }];
    const body = { parent: null, layer: null, isExternal: false, ...given, owners };
    return definitionEditBytes({ ...head(node), node, action: 'CREATE', body });
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

function propertyEdits(): readonly Uint8Array[] {
  return PROPERTIES.map(({ id, ...body }) => definitionEditBytes({ ...head(id), node: id, action: 'CREATE', body }));
}

/** The rules only where there is no list yet, whose place they would take. */
function logicalEdits(): readonly Uint8Array[] {
  const { id, name, description, domain } = LOGICAL_CLAIMS;
  return [
    definitionEditBytes({ ...head(id), node: id, action: 'CREATE', body: { name, description, domain } }),
    definitionEditBytes({
      ...head('logical-rules', 'topics and tables are called after what they carry'),
      expected: 0,
      node: LOGICAL_RULES_ID,
      action: 'REPLACE',
      logicalRules: [
        { namespace: 'kafka://*', name: '{name}.reported', key: '{name}' },
        { namespace: 'postgres://*', name: 'insurance.claims.{name}', key: '{name}' },
      ],
    }),
  ];
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
    tagRules: [{ ...USUAL_CARRIAGE, tag: RETENTION_TAG, alongDatasets: true }],
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
  for (const [of, property, value] of PROPERTY_VALUES) {
    const asset = typeof of === 'string' ? jobOf(of) : idOf(of);
    state(asset, { node: asset, kind: 'PROPERTY', value: property, detail: writeValues([value]) });
  }
  const triaged = idOf(PRODUCTS.triaged);
  state(triaged, { node: fieldId(triaged, ['claim_id']), kind: 'TAG', value: PERSONAL, detail: null });
  const forms = idOf(LOGICAL_CLAIMS.byEdit);
  state(forms, { node: forms, kind: 'LOGICAL', value: LOGICAL_CLAIMS.id, detail: null });
  const payouts = idOf(PRODUCTS.payouts);
  const amount = fieldId(payouts, ['payout_amount']);
  state(payouts, { node: amount, kind: 'TAG', value: CONFIDENTIAL, detail: null });
  state(payouts, { node: payouts, kind: 'TAG', value: TEN_YEARS, detail: null });
  state(payouts, { node: payouts, kind: 'OWNER', value: agent('user:ben'), detail: 'TECHNICAL_OWNER' });
  const entered = [...changes].map(([asset, of]) => assetEditBytes({ ...head(asset), asset, changes: of }));
  return [...entered, notConfidential(), notKept(), accepted()];
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

/** That payouts read what stands a layer above them may stay: the other finding about the same read is open. */
function accepted(): Uint8Array {
  const asset = idOf(PRODUCTS.triaged);
  const reason = 'payouts begin with the decision of the triage';
  const of = { kind: 'POINTS_UP_A_LAYER', domain: CLAIMS, job: jobOf('payout/calculate-payouts') } as const;
  return assetEditBytes({
    ...head('accepted-finding', reason),
    asset,
    changes: [{ action: 'STATE', node: asset, kind: 'ACCEPTED_FINDING', value: acceptedValue(of), detail: reason }],
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
