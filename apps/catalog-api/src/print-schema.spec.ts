import { readFileSync } from 'node:fs';
import {
  buildSchema,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isIntrospectionType,
  isObjectType,
} from 'graphql';
import { beforeAll, describe, expect, test } from 'vitest';
import { printSchema } from './print-schema.js';

describe('the public schema', () => {
  let sdl = '';
  beforeAll(async () => {
    sdl = await printSchema();
  });

  test('is the one that is checked in', () => {
    expect(sdl).toBe(readFileSync(new URL('../schema.graphql', import.meta.url), 'utf8'));
  });

  test('describes every type, field, argument and value', () => {
    const bare: string[] = [];
    const see = (name: string, description: string | null | undefined): void => {
      if (!description) bare.push(name);
    };
    for (const type of Object.values(buildSchema(sdl).getTypeMap())) {
      if (isIntrospectionType(type) || ['String', 'Int', 'Float', 'Boolean', 'ID'].includes(type.name)) continue;
      if (!['Query', 'Mutation', 'Subscription'].includes(type.name)) see(type.name, type.description);
      if (isEnumType(type)) for (const value of type.getValues()) see(`${type.name}.${value.name}`, value.description);
      if (isInputObjectType(type)) {
        for (const field of Object.values(type.getFields())) see(`${type.name}.${field.name}`, field.description);
      }
      if (!isObjectType(type) && !isInterfaceType(type)) continue;
      for (const field of Object.values(type.getFields())) {
        see(`${type.name}.${field.name}`, field.description);
        for (const arg of field.args) see(`${type.name}.${field.name}(${arg.name})`, arg.description);
      }
    }
    expect(bare).toEqual([]);
  });

  test('offers what works and nothing else', () => {
    const schema = buildSchema(sdl);
    expect(Object.keys(schema.getQueryType()?.getFields() ?? {}).sort()).toEqual(
      [
        ...[
          'affectedComponents',
          'architectureFindings',
          'architectureFindingCounts',
          'tagFlows',
          'collectionPlan',
          'dataset',
          'decision',
          'decisions',
          'domain',
          'domains',
          'effectiveOwners',
          'events',
          'findings',
          'impact',
          'job',
          'lineage',
          'lineageDiff',
          'namespaces',
          'node',
          'nodes',
        ],
        ...['ownershipRules', 'paths', 'producers', 'run', 'runs', 'search', 'status', 'suggest'],
        ...['accessEvents', 'refusedEvents', 'roleBindings', 'tokens', 'viewer'],
        ...['coverage', 'editJob', 'editJobs', 'previewEdits', 'previewHandOver', 'previewOwnershipRules'],
        ...['exportAssets', 'exportTerms', 'term', 'terms', 'dataProduct', 'dataProducts'],
        ...['customProperties', 'customProperty'],
        ...['howFarDoes', 'responsibleFor', 'tagRules', 'whereIs'],
        ...['tagSuggestionCounts', 'tagSuggestionRules', 'tagSuggestions'],
        ...['agent', 'agents', 'fieldConcepts', 'synonymSuggestions'],
        ...['logicalDataset', 'logicalDatasets', 'logicalRules', 'previewLogicalRules'],
        ...['recentlyChanged', 'report', 'reports', 'savedSearch'],
      ].sort(),
    );
    expect(Object.keys(schema.getSubscriptionType()?.getFields() ?? {}).sort()).toEqual([
      'assetChanged',
      'lineageChanged',
      'savedSearchNews',
    ]);
    expect(Object.keys(schema.getMutationType()?.getFields() ?? {}).sort()).toEqual(
      [
        ...['createToken', 'grantRole', 'revokeToken', 'rotateToken', 'signOutEverywhere', 'withdrawRole'],
        ...['deleteAsset', 'restoreAsset', 'assignOwner', 'describeAsset', 'removeOwner', 'tagAsset', 'untagAsset'],
        ...['confirmOwnership', 'declineOwnership'],
        ...['changeAgent', 'createAgent', 'mergeAgents', 'removeAgent', 'splitAgent'],
        ...['acceptFinding', 'withdrawAcceptance'],
        ...['assignDomain', 'changeDomain', 'createDomain', 'removeDomain'],
        ...['assignTerm', 'changeTerm', 'createTerm', 'importAssets', 'importTerms', 'removeTerm', 'unassignTerm'],
        ...['changeCustomProperty', 'createCustomProperty', 'removeCustomProperty', 'setProperty', 'unsetProperty'],
        ...['addOutputPort', 'changeDataProduct', 'createDataProduct', 'removeDataProduct', 'removeOutputPort'],
        ...['addToLogicalDataset', 'changeLogicalDataset', 'createLogicalDataset', 'removeFromLogicalDataset'],
        ...['removeLogicalDataset', 'setLogicalRules'],
        ...['setOwnershipRules', 'setTagRules', 'startEdits', 'handOver'],
        ...[
          'confirmTagSuggestions',
          'dismissTagSuggestions',
          'restoreTagSuggestions',
          'setTagSuggestionRules',
          'setFieldConcepts',
        ],
        ...['saveSearch', 'changeSavedSearch', 'deleteSavedSearch', 'followSavedSearch', 'markSearchNewsSeen'],
        ...['requestReport', 'retryReport', 'deleteReport'],
        'recordViews',
        'loadExample',
      ].sort(),
    );
  });
});
