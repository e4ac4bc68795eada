import { dbtEvents } from '@headwater/application/ingest/dbt/dbt-events';
import { readManifest } from '@headwater/application/ingest/dbt/read-artifacts';
import { formatMicros } from '@headwater/domain/time';
import { WAREHOUSE, type AssetDefinition } from './assets.js';
import type { ExampleCalendar } from './calendar.js';
import { CONTACTS } from './customer-contacts.js';
import type { Json } from './facets.js';

const PROJECT = 'service_analytics';
const OWNER = 'team:service-analytics';
/** What the model is called as a dataset, and what as a job. */
export const CONTACTS_BY_CUSTOMER = { namespace: WAREHOUSE, name: 'insurance.analytics.contacts_by_customer' } as const;
export const CONTACTS_MODEL = `dbt/model.${PROJECT}.contacts_by_customer`;

/** What `headwater import dbt` makes of the project of those who look at the service: declared, and no run of it. */
export function dbtProjectEvents(calendar: ExampleCalendar): readonly Json[] {
  const manifest = readManifest(JSON.stringify(manifestAt(formatMicros(calendar.at(12, 9)))));
  return dbtEvents(manifest, null, { namespace: WAREHOUSE, jobNamespace: 'dbt' }).events as readonly Json[];
}

function manifestAt(generatedAt: string): object {
  const [messages, logins] = [sourceOf(CONTACTS.messages), sourceOf(CONTACTS.logins)];
  const model = {
    unique_id: `model.${PROJECT}.contacts_by_customer`,
    resource_type: 'model',
    ...partsOf(CONTACTS_BY_CUSTOMER.name),
    description: 'How often customers sign in and write. **Declared by dbt**, made on demand.',
    columns: {
      customer_id: { name: 'customer_id', data_type: 'BIGINT', description: 'Customer in the CRM' },
      logins: { name: 'logins', data_type: 'BIGINT', description: 'How often they signed in' },
      messages: { name: 'messages', data_type: 'BIGINT', description: 'How often they wrote' },
      last_message_at: { name: 'last_message_at', data_type: 'TIMESTAMP', description: 'When the latest was sent' },
    },
    meta: { owner: OWNER },
    config: { materialized: 'table' },
    depends_on: { nodes: [messages.unique_id, logins.unique_id] },
    compiled_code:
      'SELECT l.uid AS customer_id, count(DISTINCT l.logged_in_at) AS logins, count(DISTINCT m.message_id) AS messages, max(m.sent_at) AS last_message_at\nFROM insurance.portal.logins l\nLEFT JOIN insurance.portal.messages m ON m."user_Id" = l.uid\nGROUP BY 1',
  };
  const exposure = {
    unique_id: `exposure.${PROJECT}.waiting_customers`,
    name: 'waiting_customers',
    label: 'Customers who wait',
    type: 'dashboard',
    description: 'Customers who write again and again.',
    url: 'https://dashboards.example.com/waiting-customers',
    owner: { name: OWNER, email: null },
    depends_on: { nodes: [model.unique_id] },
  };
  return {
    metadata: {
      dbt_schema_version: 'https://schemas.getdbt.com/dbt/manifest/v12.json',
      dbt_version: '1.10.4',
      adapter_type: 'postgres',
      generated_at: generatedAt,
    },
    nodes: { [model.unique_id]: model },
    sources: { [messages.unique_id]: messages, [logins.unique_id]: logins },
    exposures: { [exposure.unique_id]: exposure },
  };
}

/** Of a table that others make, as far as the project knows it: its name. */
function sourceOf({ name, description }: AssetDefinition) {
  const parts = partsOf(name);
  return {
    unique_id: `source.${PROJECT}.${parts.schema}.${parts.name}`,
    resource_type: 'source',
    ...parts,
    description,
  };
}

/** `database.schema.name`. */
function partsOf(relation: string): { readonly database: string; readonly schema: string; readonly name: string } {
  const [database = '', schema = '', name = ''] = relation.split('.');
  return { database, schema, name };
}
