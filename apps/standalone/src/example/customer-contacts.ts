import type { Micros } from '@headwater/domain/time';
import { KAFKA, LAKE, WAREHOUSE, type AssetDefinition } from './assets.js';
import { CHANGE_DAY, type ExampleCalendar } from './calendar.js';
import { datasetEvent } from './event-builder.js';
import { fields, type Json } from './facets.js';

/**
 * How customers write, call and sign in, copied in by other systems: each calls the same things otherwise, and one table
 * has nobody who answers for it.
 */
export const CONTACTS = {
  messages: {
    namespace: WAREHOUSE,
    name: 'insurance.portal.messages',
    type: 'TABLE',
    description: 'What customers write in the portal, copied every night.',
    owner: 'team:customer-portal',
    tags: [{ key: 'classification', value: 'personal', field: 'body' }],
    fields: fields(`
      message_id BIGINT Number of the message
      user_Id BIGINT Customer, as the portal calls them
      claim_no BIGINT Claim that the message is about
      policy_no VARCHAR Policy that the claim is made under
      sent_at TIMESTAMP When the customer sent it
      body VARCHAR Text of the message`),
  },
  logins: {
    namespace: WAREHOUSE,
    name: 'insurance.portal.logins',
    type: 'TABLE',
    description: 'Who signed in to the portal, copied every night.',
    owner: null,
    tags: [],
    fields: fields(`
      uid BIGINT Customer, as the sign-in calls them
      client_ip VARCHAR Address that they came from
      logged_in_at TIMESTAMP When they signed in`),
  },
  calls: {
    namespace: KAFKA,
    name: 'contacts.calls',
    type: 'STREAM',
    description: 'One message for each call that a customer made.',
    owner: 'team:contact-center',
    tags: [],
    fields: fields(`
      call_id BIGINT Number of the call
      userId BIGINT Customer who called
      claim_no BIGINT Claim that the call was about
      started_at TIMESTAMP When the call began`),
  },
} as const satisfies Readonly<Record<string, AssetDefinition>>;

/** Nothing reads it, and an edit deletes it: it can be restored. */
export const FORMER_EXPORT = {
  namespace: LAKE,
  name: 'exports/policies-before-2020',
  type: 'FILE',
  description: 'Last export of the policy administration system before this one.',
  owner: 'team:policy-service',
  tags: [],
  fields: fields(`
    policy_number VARCHAR Number of the policy
    insured_number BIGINT Policy holder, by the numbers of the old system`),
} as const satisfies AssetDefinition;

/** All are there from the first day; the calls since the day of the changes. */
export function contactEvents(calendar: ExampleCalendar): readonly Json[] {
  const { calls, ...fromTheStart } = CONTACTS;
  const stated = (asset: AssetDefinition, at: Micros): Json => datasetEvent(asset, at);
  return [
    ...[...Object.values(fromTheStart), FORMER_EXPORT].map((asset) => stated(asset, calendar.at(0))),
    stated(calls, calendar.at(CHANGE_DAY)),
  ];
}
