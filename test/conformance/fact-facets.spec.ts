import { fieldId } from '@headwater/domain/identifiers';
import { describe, expect, test } from 'vitest';
import { factsOf, instance, JOB, OUTPUT, own, RUN, statementsOf } from './facet-events.js';

describe('facets that state facts', () => {
  test('ownership of a dataset becomes its owners', () => {
    const facet = own({ owners: [{ name: 'team:claims', type: 'MAINTAINER' }, { name: 'ada' }] });
    expect(factsOf(statementsOf('output', 'ownership', facet), 'OWNER')).toEqual([
      `${OUTPUT} agent:team:claims MAINTAINER`,
      `${OUTPUT} agent:owner:ada null`,
    ]);
    const published = statementsOf('output', 'ownership', instance('OwnershipDatasetFacet/1'));
    expect(factsOf(published, 'OWNER')).toEqual([`${OUTPUT} agent:owner:owner null`]);
  });

  test('ownership of a job becomes its owners', () => {
    const statements = statementsOf('job', 'ownership', instance('OwnershipJobFacet/1'));
    expect(factsOf(statements, 'OWNER')).toEqual([`${JOB} agent:owner:owner null`]);
  });

  test('tags of a dataset become tags of it and, with field, of its fields', () => {
    const statements = statementsOf('output', 'tags', instance('TagsDatasetFacet/1'));
    expect(factsOf(statements, 'TAG')).toEqual([
      `${fieldId(OUTPUT, ['email'])} test_tag=test_value test_source`,
      `${OUTPUT} test_tag2=test_value2 null`,
    ]);
    const bare = own({ tags: [{ key: 'pii', value: 'true', source: 'CONFIG' }] });
    expect(factsOf(statementsOf('output', 'tags', bare), 'TAG')).toEqual([`${OUTPUT} pii CONFIG`]);
  });

  test('tags of a job become tags of the job', () => {
    expect(factsOf(statementsOf('job', 'tags', instance('TagsJobFacet/1')), 'TAG')).toEqual([
      `${JOB} test_tag=test_value test_source`,
      `${JOB} test_tag2=test_value2 null`,
    ]);
  });

  test('tags of a run become tags of the run', () => {
    expect(factsOf(statementsOf('run', 'tags', instance('TagsRunFacet/1')), 'TAG')).toEqual([
      `${RUN} test_tag=test_value test_source`,
      `${RUN} test_tag2=test_value2 null`,
    ]);
  });

  test('documentation of a dataset becomes its description', () => {
    const statements = statementsOf('output', 'documentation', instance('DocumentationDatasetFacet/1'));
    expect(factsOf(statements, 'DESCRIPTION')).toEqual([`${OUTPUT} Some dataset description text/markdown`]);
  });

  test('documentation of a job becomes its description', () => {
    const statements = statementsOf('job', 'documentation', instance('DocumentationJobFacet/1'));
    const facet = instance('DocumentationJobFacet/1');
    expect(factsOf(statements, 'DESCRIPTION')).toEqual([
      `${JOB} ${String(facet['description'])} ${String(facet['contentType'])}`,
    ]);
  });

  test('airflow on a task run becomes owners and tags of its job', () => {
    const dag = { dag_id: 'claims', owner: 'ada,ben', tags: "['finance', 'daily']" };
    const statements = statementsOf('run', 'airflow', own({ dag, task: { task_id: 'load' } }));
    expect(factsOf(statements, 'OWNER')).toEqual([`${JOB} agent:owner:ada null`, `${JOB} agent:owner:ben null`]);
    expect(factsOf(statements, 'TAG')).toEqual([`${JOB} finance AIRFLOW`, `${JOB} daily AIRFLOW`]);
  });

  test('airflowDagRun becomes owners and tags of the DAG', () => {
    const dag = { dag_id: 'claims', owner: 'ada', tags: ['finance'] };
    const statements = statementsOf('run', 'airflowDagRun', own({ dag, dagRun: { run_id: 'manual' } }));
    expect(factsOf(statements, 'OWNER')).toEqual([`${JOB} agent:owner:ada null`]);
    expect(factsOf(statements, 'TAG')).toEqual([`${JOB} finance AIRFLOW`]);
  });
});
