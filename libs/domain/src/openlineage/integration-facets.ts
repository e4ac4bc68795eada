import { decisionFaults } from '../decisions/decision-schema.js';
import { DECISION_FACET } from '../decisions/personal-places.js';
import type { FacetPlace } from './validator.js';

/** A facet that an integration sends without a published schema, with a check of what the projection reads of it. */
export interface IntegrationFacet {
  readonly name: string;
  readonly places: readonly FacetPlace[];
  /** Undefined when usable, else what is wrong. */
  readonly check: (body: Readonly<Record<string, unknown>>) => string | undefined;
}

type Type = 'string' | 'number' | 'boolean' | 'object' | 'array' | 'text';

function fits(value: unknown, type: Type): boolean {
  if (value === undefined || value === null) return true;
  if (type === 'array') return Array.isArray(value);
  if (type === 'object') return typeof value === 'object' && !Array.isArray(value);
  // Ids are numbers in some releases and strings in others.
  if (type === 'text') return typeof value === 'string' || typeof value === 'number';
  return typeof value === type;
}

/** A check that the named properties, where present and not null, have these types. */
function types(expected: Readonly<Record<string, Type>>): IntegrationFacet['check'] {
  return (body) => {
    for (const [name, type] of Object.entries(expected)) {
      if (!fits(body[name], type)) return `${name} must be ${type === 'array' ? 'an array' : `a ${type}`}`;
    }
    return undefined;
  };
}

const anything: IntegrationFacet['check'] = () => undefined;

const decision: IntegrationFacet['check'] = (body) => {
  const [fault] = decisionFaults('KEPT', body);
  return fault === undefined ? undefined : `${fault.pointer} ${fault.detail}`;
};

/** Ours; dbt (openlineage-dbt), Spark (openlineage-spark), Airflow (its OpenLineage provider) and Great Expectations. */
export const INTEGRATION_FACETS: readonly IntegrationFacet[] = [
  { name: DECISION_FACET, places: ['run'], check: decision },
  {
    name: 'dbt_node',
    places: ['job'],
    check: types({
      unique_id: 'string',
      database: 'string',
      schema: 'string',
      alias: 'string',
      original_file_path: 'string',
    }),
  },
  { name: 'dbt_model', places: ['dataset'], check: types({ config: 'object' }) },
  {
    name: 'dbt_run',
    places: ['run'],
    check: types({ invocation_id: 'string', project_name: 'string', profile_name: 'string' }),
  },
  { name: 'dbt_version', places: ['run'], check: types({ version: 'string' }) },
  { name: 'dbt_exposures', places: ['dataset'], check: types({ exposures: 'array' }) },
  { name: 'spark_properties', places: ['run'], check: types({ properties: 'object' }) },
  {
    name: 'spark_jobDetails',
    places: ['run'],
    check: types({ jobId: 'text', jobDescription: 'string', jobGroup: 'string' }),
  },
  {
    name: 'spark_applicationDetails',
    places: ['run'],
    check: types({ appName: 'string', applicationId: 'string', master: 'string' }),
  },
  { name: 'spark.exception', places: ['run'], check: types({ message: 'string', stackTrace: 'string' }) },
  { name: 'spark.logicalPlan', places: ['run'], check: anything },
  { name: 'spark_unknown', places: ['run'], check: anything },
  { name: 'environment-properties', places: ['run'], check: types({ 'environment-properties': 'object' }) },
  {
    name: 'airflow',
    places: ['run', 'job'],
    check: types({ dag: 'object', dagRun: 'object', task: 'object', taskInstance: 'object' }),
  },
  { name: 'airflowDagRun', places: ['run'], check: types({ dag: 'object', dagRun: 'object' }) },
  { name: 'airflowState', places: ['run'], check: types({ dagRunState: 'string', tasksState: 'object' }) },
  { name: 'airflow_mappedTask', places: ['run'], check: types({ mapIndex: 'number', operatorClass: 'string' }) },
  { name: 'unknownSourceAttribute', places: ['run', 'job'], check: types({ unknownItems: 'array' }) },
  { name: 'great_expectations_meta', places: ['run'], check: anything },
  { name: 'greatExpectations_assertions', places: ['input', 'dataset'], check: types({ assertions: 'array' }) },
];
