import { agentsEditBytes } from '@headwater/domain/governance/agents/agents-edit';
import { definitionEditBytes } from '@headwater/domain/governance/definition-edit';
import type { AgentDefinition, DomainDefinition } from '@headwater/domain/governance/definition';
import { domainId, productId, type NodeId } from '@headwater/domain/identifiers';
import { PRODUCTS, SOURCES, type AssetDefinition } from './assets.js';
import { CONTACTS } from './customer-contacts.js';
import { CONTACTS_BY_CUSTOMER, CONTACTS_MODEL } from './dbt-project.js';
import { agent, head } from './edit-parts.js';

export const CLAIMS = domainId('claim-handling');
const POLICIES = domainId('policies-and-customers');
const PAYOUTS = domainId('payouts');
export const REPORTING = domainId('reporting');
export const INSURANCE = domainId('insurance');
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
export const MEMBERS: readonly (readonly [
  domain: NodeId,
  datasets: readonly Pick<AssetDefinition, 'namespace' | 'name'>[],
  jobs: readonly string[],
])[] = [
  [
    CLAIMS,
    [SOURCES.claimForms, PRODUCTS.reported, PRODUCTS.claims, PRODUCTS.features, PRODUCTS.complexity, PRODUCTS.triaged],
    ['claims-intake/ingest-claims', 'claims-intake/land-claims', 'claims-triage/score-claims'],
  ],
  [
    POLICIES,
    [SOURCES.customers, SOURCES.policyExport, PRODUCTS.policies, PRODUCTS.customersMasked, CONTACTS.messages],
    ['policy-service/sync-policies', 'policy-service/mask-customers'],
  ],
  [PAYOUTS, [SOURCES.rateTable, PRODUCTS.payouts], ['payout/calculate-payouts']],
  [BANK, [PRODUCTS.approved], []],
  [
    REPORTING,
    [PRODUCTS.dailyClaims, PRODUCTS.extractClaims, PRODUCTS.extractPayouts, CONTACTS_BY_CUSTOMER],
    ['reporting/daily-claims-report', 'reporting/regulator-extract', CONTACTS_MODEL],
  ],
];

/** Each with its output ports. */
export const DATA_PRODUCTS = [
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

/** People and their team, domains, and what these offer. */
export function organisationEdits(): readonly Uint8Array[] {
  return [...domainEdits(), ...productEdits(), ...agentEdits()];
}

function domainEdits(): readonly Uint8Array[] {
  return DOMAINS.map(({ id: node, owner, ...given }) => {
    const owners = owner === undefined ? [] : [{ agent: agent(owner), role: 'OWNER' }];
    const body = { parent: null, layer: null, isExternal: false, ...given, owners };
    return definitionEditBytes({ ...head(node), node, action: 'CREATE', body });
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
