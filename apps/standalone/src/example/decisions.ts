import { acceptedValue } from '@headwater/domain/governance/accepted-findings';
import { assetEditBytes } from '@headwater/domain/governance/asset-edit';
import { fieldId } from '@headwater/domain/identifiers';
import { PRODUCTS } from './assets.js';
import { RETENTION_TAG } from './catalog-rules.js';
import { FORMER_EXPORT } from './customer-contacts.js';
import { CONTACTS_BY_CUSTOMER } from './dbt-project.js';
import { agent, head, idOf, jobOf } from './edit-parts.js';
import { CLAIMS } from './organisation.js';

/** Of the sums that are paid. */
export const CONFIDENTIAL = 'confidentiality=internal';
/** Of what is kept like books. */
export const TEN_YEARS = `${RETENTION_TAG}=10-years`;

/** What people decided against what the catalog made of it, or for it: each with its reason. */
export function decisionEdits(): readonly Uint8Array[] {
  return [notConfidential(), notKept(), accepted(), notSuggested(), confirmed(), deleted()];
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

/** Two characters of a postal code are a region: the suggestion is not made again. */
function notSuggested(): Uint8Array {
  const asset = idOf(PRODUCTS.customersMasked);
  const reason = 'two characters are a region, not an address';
  const node = fieldId(asset, ['postcode_area']);
  return assetEditBytes({
    ...head('not-suggested', reason),
    asset,
    changes: [{ action: 'STATE', node, kind: 'NOT_SUGGESTED', value: 'pii=address', detail: reason }],
  });
}

/** Who made the model says that they answer for what it makes; nobody else has been asked yet. */
function confirmed(): Uint8Array {
  const asset = idOf(CONTACTS_BY_CUSTOMER);
  const value = agent('team:service-analytics');
  return assetEditBytes({
    ...head('confirmed'),
    asset,
    changes: [{ action: 'STATE', node: asset, kind: 'CONFIRMED', value, detail: 'OWNER' }],
  });
}

/** It stays readable, and can be restored. */
function deleted(): Uint8Array {
  const asset = idOf(FORMER_EXPORT);
  return assetEditBytes({
    ...head('deleted', 'the old system is switched off, and its last export is archived'),
    asset,
    changes: [{ action: 'STATE', node: asset, kind: 'DELETION', value: '', detail: null }],
  });
}
