import { assetEditBytes, type FactEdit } from '@headwater/domain/governance/asset-edit';
import { writeValues } from '@headwater/domain/governance/property-values';
import { fieldId, type NodeId } from '@headwater/domain/identifiers';
import { PRODUCTS } from './assets.js';
import { catalogRuleEdits, LOGICAL_CLAIMS } from './catalog-rules.js';
import { CONFIDENTIAL, decisionEdits, TEN_YEARS } from './decisions.js';
import { agent, head, idOf, jobOf } from './edit-parts.js';
import { fieldNameEdits } from './field-names.js';
import { DATA_PRODUCTS, MEMBERS, organisationEdits } from './organisation.js';
import { FIELD_TERMS, PROPERTY_VALUES, vocabularyEdits } from './vocabulary.js';

const PERSONAL = 'classification=personal';

/**
 * What people would enter about the example: domains, a glossary, data products, a logical dataset, properties, owners by
 * rule and by hand, how a tag goes along, and where tags do not hold. EDIT events for the log behind the example's own;
 * always the same bytes, so that they are taken once.
 */
export function exampleEdits(): readonly Uint8Array[] {
  return [
    ...[...organisationEdits(), ...vocabularyEdits(), ...catalogRuleEdits()],
    ...[...fieldNameEdits(head, PERSONAL), ...assetEdits(), ...decisionEdits()],
  ];
}

/** What each asset is given: one edit of each. */
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
  return [...changes].map(([asset, of]) => assetEditBytes({ ...head(asset), asset, changes: of }));
}
