import { datasetId, jobId, runNodeId } from '@headwater/domain/identifiers';
import { describe, expect, test } from 'vitest';
import { INPUT, instance, JOB, OUTPUT, own, project, RUN, shownOn, statementsOf } from './facet-events.js';

const WAREHOUSE = 'postgresql://warehouse:5432';

describe('facets that say how data flows', () => {
  test('columnLineage becomes field edges with their transformations', () => {
    const [slot] = statementsOf('output', 'columnLineage', instance('ColumnLineageDatasetFacet/1')).lineage;
    const [statement] = slot?.statements ?? [];
    expect(statement).toMatchObject({ target: OUTPUT, explicit: false, wide: [] });
    const name = statement?.fields.find((field) => field.path[0] === 'NAME');
    expect(name?.sources).toEqual([
      {
        dataset: datasetId('SnowflakeOpenLineage', 'CUSTOMERS'),
        path: ['NAME'],
        transformations: [{ type: 'DIRECT', subtype: 'IDENTITY', description: null, masking: false }],
      },
      ...['CUSTOMERS', 'DISCOUNTS'].map((dataset) => ({
        dataset: datasetId('SnowflakeOpenLineage', dataset),
        path: [dataset === 'CUSTOMERS' ? 'ID' : 'CUSTOMERS_ID'],
        transformations: [
          {
            type: 'INDIRECT',
            subtype: 'JOIN',
            description: 'ON (DISCOUNTS.CUSTOMERS_ID=CUSTOMERS.ID)',
            masking: false,
          },
        ],
      })),
    ]);
  });

  test('columnLineage.dataset bears on every field of the output', () => {
    const [slot] = statementsOf('output', 'columnLineage', instance('ColumnLineageDatasetFacet/2')).lineage;
    const [statement] = slot?.statements ?? [];
    expect(statement?.wide.map((source) => source.path)).toEqual(
      expect.arrayContaining([['last_name'], ['first_name']]),
    );
    expect(statement?.wide.every((source) => source.transformations[0]?.type === 'INDIRECT')).toBe(true);
  });

  test('columnLineage in its deprecated shape keeps the transformation, MASKED masks', () => {
    const entry = (transformationType: string) => ({
      inputFields: [{ namespace: 'db', name: 'in', field: 'email' }],
      transformationType,
      transformationDescription: 'hash',
    });
    const facet = own({ fields: { same: entry('IDENTITY'), hidden: entry('MASKED') } });
    const [slot] = statementsOf('output', 'columnLineage', facet).lineage;
    const masking = slot?.statements[0]?.fields.map(({ path, sources }) => [
      path[0],
      sources[0]?.transformations.map((step) => [step.subtype, step.description, step.masking]),
    ]);
    expect(masking).toEqual([
      ['same', [['IDENTITY', 'hash', false]]],
      ['hidden', [['MASKED', 'hash', true]]],
    ]);
  });

  test('lineage on a dataset states its only sources, for the dataset and its fields', () => {
    const [slot] = statementsOf('output', 'lineage', instance('LineageFacet/dataset-to-dataset')).lineage;
    const customers = datasetId(WAREHOUSE, 'public.customers');
    expect(slot?.statements).toEqual([
      {
        target: OUTPUT,
        explicit: true,
        datasets: [customers],
        jobs: [],
        fields: [
          {
            path: ['customer_id'],
            sources: [
              {
                dataset: customers,
                path: ['id'],
                transformations: [{ type: 'DIRECT', subtype: 'IDENTITY', description: null, masking: false }],
              },
            ],
          },
        ],
        wide: [],
      },
    ]);
  });

  test('lineage on a job states the sources of its targets', () => {
    const [slot] = statementsOf('job', 'lineage', instance('LineageFacet/mixed-sources')).lineage;
    const [statement] = slot?.statements ?? [];
    expect(statement).toMatchObject({
      target: datasetId(WAREHOUSE, 'public.enriched_orders'),
      explicit: true,
      datasets: [datasetId(WAREHOUSE, 'public.orders')],
      jobs: [jobId('airflow://production', 'daily.enrichment')],
    });
    const toJob = statementsOf('job', 'lineage', instance('LineageFacet/dataset-to-job')).lineage[0];
    expect(toJob?.jobStatements).toEqual([
      {
        target: jobId('airflow://production', 'daily.load'),
        datasets: [datasetId(WAREHOUSE, 'public.staging_orders')],
        jobs: [],
        whole: [
          {
            source: datasetId(WAREHOUSE, 'public.staging_orders'),
            transformations: [{ type: 'INDIRECT', subtype: 'FILTER', description: null, masking: false }],
          },
        ],
      },
    ]);
    const implicit = statementsOf('job', 'lineage', instance('LineageFacet/implicit-job')).lineage[0];
    expect(implicit?.jobStatements[0]?.target).toBe(JOB);
    const chain = statementsOf('job', 'lineage', instance('LineageFacet/job-to-job')).lineage[0];
    expect(chain?.jobStatements).toEqual([
      {
        target: jobId('airflow://production', 'daily.load'),
        datasets: [],
        jobs: [jobId('airflow://production', 'daily.transform')],
      },
    ]);
    const runId = '0190aaaa-0000-7000-8000-000000000001';
    const source = { namespace: 'jobs', name: 'source', type: 'JOB' };
    const [plain, withRuns] = [{}, { runId }].map((run) => {
      const entries = [{ namespace: 'jobs', name: 'target', type: 'JOB', ...run, inputs: [{ ...source, ...run }] }];
      return statementsOf('job', 'lineage', own({ entries }));
    });
    expect(withRuns?.lineage).toEqual(plain?.lineage);
    expect(withRuns?.facets[0]?.facet.body).toMatchObject({ entries: [{ runId, inputs: [{ runId }] }] });
  });

  test('lineage with empty inputs states that there is no upstream dataset', () => {
    const [slot] = statementsOf('job', 'lineage', instance('LineageFacet/generator')).lineage;
    expect(slot?.statements[0]).toMatchObject({ explicit: true, datasets: [], jobs: [JOB] });
  });

  test('jobDependencies become control edges, never data', () => {
    const upstream = { job: { namespace: 'jobs', name: 'extract' }, dependency_type: 'DIRECT_INVOCATION' };
    const downstream = { job: { namespace: 'jobs', name: 'report' } };
    const statements = statementsOf('run', 'jobDependencies', own({ upstream: [upstream], downstream: [downstream] }));
    expect(statements.lineage[0]).toMatchObject({ statements: [], jobStatements: [] });
    expect(statements.lineage[0]?.control).toEqual([
      { from: jobId('jobs', 'extract'), to: JOB },
      { from: JOB, to: jobId('jobs', 'report') },
    ]);
    expect(statements.reads).toEqual([INPUT]);
  });

  test('parent becomes the parent run and job, root the outermost', () => {
    const { run } = statementsOf('run', 'parent', instance('ParentRunFacet/2'));
    const task = jobId('airflow', 'my_dag.my_task');
    const dag = jobId('airflow', 'my_dag');
    expect(run?.parent).toEqual({
      producerKey: 'https://github.com/OpenLineage/OpenLineage/integration/airflow',
      job: task,
      run: runNodeId(task, 'f99310b4-3c3c-1a1a-2b2b-c1b95c24ff11'),
      root: { job: dag, run: runNodeId(dag, 'a0000000-3c3c-1a1a-2b2b-c1b95c24ff11') },
    });
    const plain = statementsOf('run', 'parent', instance('ParentRunFacet/1')).run?.parent;
    expect(plain).toMatchObject({ job: jobId('dbt', 'dbt-job-name'), root: null });
    const sql = { sql: own({ query: 'SELECT 1' }) };
    const about = {
      run: { runId: 'f99310b4-3c3c-1a1a-2b2b-c1b95c24ff11', facets: { nominalTime: own({}) } },
      job: { namespace: 'airflow', name: 'my_dag', facets: sql },
    };
    const facet = own(about);
    const statements = statementsOf('run', 'parent', facet);
    expect(statements.facets.map(({ node, facet: { name } }) => [node, name])).toEqual([[RUN, 'parent']]);
    expect(shownOn(statements, RUN, 'parent', facet)).toBe(true);
  });
});

describe('facets that say what a dataset or job is', () => {
  test('schema becomes a schema version: nested fields, types, descriptions, order', () => {
    const [timeline] = statementsOf('output', 'schema', instance('SchemaDatasetFacet/1')).timelines;
    expect(timeline).toMatchObject({ node: OUTPUT, slot: 'schema', authoritative: true });
    const fields = timeline?.fields ?? [];
    expect(fields[0]).toEqual({ path: ['user_id'], type: 'int64', description: null, ordinal: 1 });
    expect(fields).toContainEqual({
      path: ['phones', '_element'],
      type: 'string',
      description: 'Phone number',
      ordinal: expect.any(Number) as number,
    });
    expect(fields.map((field) => field.path.join('/'))).toContain('custom_properties/value/_1');
  });

  test('schema of an input confirms fields without defining the schema', () => {
    const [timeline] = statementsOf('input', 'schema', instance('SchemaDatasetFacet/1')).timelines;
    expect(timeline).toMatchObject({ node: INPUT, authoritative: false });
  });

  test('symlinks become aliases of one node', () => {
    const facet = instance('SymlinksDatasetFacet/1');
    const statements = statementsOf('output', 'symlinks', facet);
    const other = datasetId('/tmp/alter_test', 'default.alter_table_test_new');
    expect(statements.symlinks).toEqual([{ a: OUTPUT, b: other }]);
    expect(shownOn(statements, OUTPUT, 'symlinks', facet)).toBe(true);
  });

  test('lifecycleStateChange RENAME names the old dataset, DROP writes nothing', () => {
    const renamed = statementsOf('output', 'lifecycleStateChange', instance('LifecycleStateChangeDatasetFacet/1'));
    const previous = datasetId('file', '/tmp/alter_test/alter_table_test');
    expect(renamed.lifecycle).toEqual([{ dataset: OUTPUT, change: 'RENAME', previous }]);
    const dropped = statementsOf('output', 'lifecycleStateChange', own({ lifecycleStateChange: 'DROP' }));
    expect(dropped.lifecycle).toEqual([{ dataset: OUTPUT, change: 'DROP', previous: null }]);
    expect(dropped.writes).toEqual([]);
    for (const change of ['CREATE', 'ALTER', 'OVERWRITE', 'TRUNCATE']) {
      const facet = own({ lifecycleStateChange: change });
      const statements = statementsOf('output', 'lifecycleStateChange', facet);
      expect(shownOn(statements, OUTPUT, 'lifecycleStateChange', facet)).toBe(true);
      expect(statements.lifecycle).toEqual([{ dataset: OUTPUT, change, previous: null }]);
      expect(statements.writes).toEqual([OUTPUT]);
    }
  });

  test('version becomes a dataset version that the run used or generated', () => {
    const facet = instance('DatasetVersionDatasetFacet/1');
    expect(statementsOf('output', 'version', facet).versions).toEqual([{ dataset: OUTPUT, side: 'WRITE', value: '2' }]);
    expect(statementsOf('input', 'version', facet).versions).toEqual([{ dataset: INPUT, side: 'READ', value: '2' }]);
  });

  test('datasetType becomes the type of the dataset', () => {
    const facet = instance('DatasetTypeDatasetFacet/1');
    const statements = statementsOf('output', 'datasetType', facet);
    expect(statements.assets.find((asset) => asset.id === OUTPUT)?.assetType).toBe('VIEW');
    expect(facet['subType']).toBe('MATERIALIZED');
    expect(shownOn(statements, OUTPUT, 'datasetType', facet)).toBe(true);
  });

  test('jobType becomes the type of the job and tells how its runs end and count', () => {
    const batch = statementsOf('job', 'jobType', instance('JobTypeJobFacet/1'));
    expect(batch.assets.find((asset) => asset.id === JOB)?.assetType).toBe('BATCH/SPARK/QUERY');
    expect(batch.nature).toEqual({ perpetual: false, windowMicros: null, completeSnapshot: false, windowed: false });
    const stream = statementsOf('job', 'jobType', instance('JobTypeJobFacet/2')).nature;
    expect(stream).toEqual({ perpetual: true, windowMicros: 300_000_000, completeSnapshot: true, windowed: true });
    const accumulating = statementsOf('job', 'jobType', instance('JobTypeJobFacet/3')).nature;
    expect(accumulating).toEqual({ perpetual: false, windowMicros: null, completeSnapshot: false, windowed: true });
  });

  test('nominalTime becomes the nominal start and end of the run', () => {
    const { run } = statementsOf('run', 'nominalTime', instance('NominalTimeRunFacet/1'));
    expect(run?.nominalStartAt).toBe(Date.UTC(2020, 0, 1, 4, 0, 0, 1) * 1000);
    expect(run?.nominalEndAt).toBe(Date.UTC(2020, 0, 2, 4, 0, 0, 1) * 1000);
  });

  test('dbt_node.unique_id makes one job of a model that dbt names in two ways', () => {
    const facet = own({ unique_id: 'model.shop.orders', database: 'shop', schema: 'main', alias: 'orders' });
    const { aliases } = statementsOf('job', 'dbt_node', facet);
    expect(aliases).toEqual([{ member: JOB, canonical: jobId('jobs', 'model.shop.orders') }]);
  });

  test('dbt_node.unique_id does not make one job of a model and its test', () => {
    const statements = project({
      eventTime: '2025-03-03T10:00:00Z',
      producer: 'https://example.com/dbt/1.0',
      schemaURL: 'https://openlineage.io/spec/2-0-2/OpenLineage.json#/$defs/RunEvent',
      eventType: 'COMPLETE',
      run: { runId: '0192f3a4-7c1e-7000-8000-000000000002' },
      job: {
        namespace: 'dbt',
        name: 'shop.main.orders.test',
        facets: {
          dbt_node: own({ unique_id: 'model.shop.orders' }),
          jobType: own({ processingType: 'BATCH', integration: 'DBT', jobType: 'TEST' }),
        },
      },
    });
    expect(statements.aliases.map((alias) => alias.canonical)).not.toContain(jobId('dbt', 'model.shop.orders'));
  });
});
