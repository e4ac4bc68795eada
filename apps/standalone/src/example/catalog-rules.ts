import { USUAL_CARRIAGE } from '@headwater/domain/classification/carriage';
import { TAG_RULES_ID } from '@headwater/domain/classification/tag-rules';
import { definitionEditBytes } from '@headwater/domain/governance/definition-edit';
import { LOGICAL_RULES_ID } from '@headwater/domain/governance/logical-rules';
import { OWNERSHIP_RULES_ID } from '@headwater/domain/governance/ownership-rules';
import { logicalId } from '@headwater/domain/identifiers';
import { SOURCES } from './assets.js';
import { agent, head } from './edit-parts.js';
import { CLAIMS, INSURANCE, REPORTING } from './organisation.js';

/** The same claims as forms in files, as messages and as rows: a rule knows the topic and the table by their names. */
export const LOGICAL_CLAIMS = {
  id: logicalId('claims'),
  name: 'Claims',
  description: 'Each claim once, from the form of a customer to its row: **forms, messages and a table**.',
  domain: CLAIMS,
  byEdit: SOURCES.claimForms,
} as const;

/** Key of a tag that goes along from a dataset to all that is made from it. */
export const RETENTION_TAG = 'retention';

/** By rule: which datasets are one logical dataset, who answers for what, and which tag goes along datasets. */
export function catalogRuleEdits(): readonly Uint8Array[] {
  return [...logicalEdits(), ruleEdit(), tagRuleEdit()];
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
