import type { NodeId } from '@headwater/domain/identifiers';
import { expect, test } from 'vitest';
import type { Body, Place } from './facet-events.js';
import { INPUT, instance, JOB, OUTPUT, own, RUN, shownOn, statementsOf } from './facet-events.js';

const NODES: Readonly<Record<Place, NodeId>> = {
  run: RUN,
  job: JOB,
  input: INPUT,
  inputFacets: INPUT,
  output: OUTPUT,
  outputFacets: OUTPUT,
};

/** The facet stands on its node as received and says nothing else: no facts, versions, metrics, lineage or findings. */
function expectOnlyShown(place: Place, name: string, body: Body): void {
  const statements = statementsOf(place, name, body);
  expect(shownOn(statements, NODES[place], name, body)).toBe(true);
  const { lineage, timelines, versions, metrics, symlinks, lifecycle, aliases, findings } = statements;
  const stated = timelines.flatMap((timeline) => [...timeline.facts, ...(timeline.fields ?? [])]);
  const meaning = [lineage, stated, versions, metrics, symlinks, lifecycle, aliases, findings];
  expect(meaning.map((list) => list.length)).toEqual(meaning.map(() => 0));
}

test('dataSource is shown on the dataset', () => {
  expectOnlyShown('output', 'dataSource', instance('DatasourceDatasetFacet/1'));
});

test('storage is shown on the dataset', () => {
  expectOnlyShown('output', 'storage', instance('StorageDatasetFacet/1'));
});

test('catalog is shown on the dataset', () => {
  const catalog = { framework: 'iceberg', type: 'hive', name: 'prod', warehouseUri: 's3://bucket/warehouse' };
  expectOnlyShown('output', 'catalog', own(catalog));
});

test('hierarchy is shown on the dataset', () => {
  expectOnlyShown('output', 'hierarchy', instance('HierarchyDatasetFacet/1'));
});

test('subset of an input is shown on it, every kind of condition', () => {
  for (const number of ['1', '2', '3', '4']) {
    expectOnlyShown('inputFacets', 'subset', instance(`BaseSubsetDatasetFacet/${number}`));
  }
});

test('subset of an output is shown on it', () => {
  const outputCondition = { type: 'partition', partitions: [{ dimensions: { day: '2025-03-03' } }] };
  expectOnlyShown('outputFacets', 'subset', own({ outputCondition }));
});

test('sql is shown on the job', () => {
  expectOnlyShown('job', 'sql', instance('SQLJobFacet/1'));
});

test('sourceCode is shown on the job', () => {
  expectOnlyShown('job', 'sourceCode', instance('SourceCodeJobFacet/1'));
});

test('sourceCodeLocation is shown on the job', () => {
  expectOnlyShown('job', 'sourceCodeLocation', instance('SourceCodeLocationJobFacet/1'));
});

test('processing_engine is shown on the run', () => {
  expectOnlyShown('run', 'processing_engine', instance('ProcessingEngineRunFacet/1'));
});

test('environmentVariables are shown on the run', () => {
  expectOnlyShown('run', 'environmentVariables', instance('EnvironmentVariablesRunFacet/1'));
});

test('executionParameters are shown on the run', () => {
  expectOnlyShown('run', 'executionParameters', own({ parameters: [{ key: 'trees', value: '200' }] }));
});

test('externalQuery is shown on the run', () => {
  expectOnlyShown('run', 'externalQuery', instance('ExternalQueryRunFacet/1'));
});

test('errorMessage is shown on the run', () => {
  expectOnlyShown('run', 'errorMessage', instance('ErrorMessageRunFacet/1'));
});

test('gcp_composer_job is shown on the job', () => {
  const body = { environmentName: 'prod', dagId: 'claims', airflowVersion: '2.9+composer', composerVersion: '3' };
  expectOnlyShown('job', 'gcp_composer_job', own(body));
});

test('gcp_composer_run is shown on the run', () => {
  expectOnlyShown('run', 'gcp_composer_run', own({ dagRunId: 'manual__2025-03-03' }));
});

test('gcp_dataproc is shown on the run', () => {
  expectOnlyShown('run', 'gcp_dataproc', own({ appId: 'app-1', appName: 'claims', projectId: 'insurance' }));
});

test('gcp_lineage is shown on the job', () => {
  const origin = { sourceType: 'COMPOSER', name: 'projects/p/locations/l/environments/e' };
  expectOnlyShown('job', 'gcp_lineage', own({ displayName: 'Claims', origin }));
});

test('dbt_model is shown on the dataset', () => {
  expectOnlyShown('output', 'dbt_model', own({ config: { access: 'protected', materialized: 'table' } }));
});

test('dbt_exposures are shown on the dataset', () => {
  expectOnlyShown('output', 'dbt_exposures', own({ exposures: [{ name: 'claims dashboard' }] }));
});

test('dbt_run is shown on the run', () => {
  expectOnlyShown('run', 'dbt_run', own({ invocation_id: '87239caf', project_name: 'shop', profile_name: 'shop' }));
});

test('dbt_version is shown on the run', () => {
  expectOnlyShown('run', 'dbt_version', own({ version: '1.11.16' }));
});

test('spark_properties are shown on the run', () => {
  expectOnlyShown('run', 'spark_properties', own({ properties: { 'spark.master': 'yarn' } }));
});

test('spark_jobDetails are shown on the run', () => {
  expectOnlyShown('run', 'spark_jobDetails', own({ jobId: 3, jobDescription: 'save at Claims.scala:12' }));
});

test('spark_applicationDetails are shown on the run', () => {
  const body = { master: 'yarn', appName: 'claims', applicationId: 'application_1', deployMode: 'cluster' };
  expectOnlyShown('run', 'spark_applicationDetails', own(body));
});

test('spark.exception is shown on the run', () => {
  expectOnlyShown('run', 'spark.exception', own({ message: 'Job aborted', stackTrace: 'at Claims' }));
});

test('spark.logicalPlan is shown on the run', () => {
  expectOnlyShown('run', 'spark.logicalPlan', own({ plan: [{ class: 'Project' }] }));
});

test('spark_unknown is shown on the run', () => {
  expectOnlyShown('run', 'spark_unknown', own({ output: { description: { '@class': 'X' } }, inputs: [] }));
});

test('environment-properties are shown on the run', () => {
  expectOnlyShown('run', 'environment-properties', own({ 'environment-properties': { cluster: 'a' } }));
});

test('airflow on a DAG is shown on the job', () => {
  expectOnlyShown('job', 'airflow', own({ taskTree: {}, taskGroups: {}, tasks: { load: { operator: 'Bash' } } }));
});

test('airflowState is shown on the run', () => {
  expectOnlyShown('run', 'airflowState', own({ dagRunState: 'success', tasksState: { load: 'success' } }));
});

test('airflow_mappedTask is shown on the run', () => {
  expectOnlyShown('run', 'airflow_mappedTask', own({ mapIndex: 3, operatorClass: 'PythonOperator' }));
});

test('unknownSourceAttribute is shown on the run', () => {
  expectOnlyShown('run', 'unknownSourceAttribute', own({ unknownItems: [{ name: 'BashOperator', type: 'operator' }] }));
});

test('unknownSourceAttribute is shown on the job', () => {
  expectOnlyShown('job', 'unknownSourceAttribute', own({ unknownItems: [] }));
});

test('great_expectations_meta is shown on the run', () => {
  expectOnlyShown('run', 'great_expectations_meta', own({ expectation_suite_name: 'claims' }));
});
