import { definitionEditBytes } from '@headwater/domain/governance/definition-edit';
import type { PropertyDefinition, TermDefinition } from '@headwater/domain/governance/definition';
import { propertyId, termId, type NodeId } from '@headwater/domain/identifiers';
import { PRODUCTS, SOURCES, type AssetDefinition } from './assets.js';
import { head } from './edit-parts.js';

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

/** Which fields mean what. */
export const FIELD_TERMS: readonly (readonly [AssetDefinition, field: string, term: NodeId])[] = [
  [PRODUCTS.claims, 'claim_id', termId('claim')],
  [PRODUCTS.claims, 'customer_id', termId('customer-number')],
  [SOURCES.customers, 'customer_id', termId('customer-number')],
  [PRODUCTS.payouts, 'payout_amount', termId('payout')],
  [PRODUCTS.dailyClaims, 'open_claims', termId('open-claim')],
];

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
export const PROPERTY_VALUES: readonly (readonly [asset: AssetDefinition | string, property: NodeId, value: string])[] =
  [
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

/** The glossary, and what is asked of assets beside what producers say. */
export function vocabularyEdits(): readonly Uint8Array[] {
  return [...termEdits(), ...propertyEdits()];
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

function propertyEdits(): readonly Uint8Array[] {
  return PROPERTIES.map(({ id, ...body }) => definitionEditBytes({ ...head(id), node: id, action: 'CREATE', body }));
}
