import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { readLogicalMemberships } from '@headwater/domain/reading/logical-reader';
import { readEffectiveOwners, readOwnersUnder } from '@headwater/domain/reading/ownership-reader';
import { PostgresAgentReader } from './agent-reader.js';
import { PostgresAssetReader } from './asset-reader.js';
import { PostgresCensusReader } from './census-reader.js';
import { PostgresComponentReader } from './component-reader.js';
import { PostgresDefinitionReader } from './definition-reader.js';
import { PostgresDiscoveryReader } from './discovery-reader.js';
import { PostgresEdgeProofReader } from './edge-proof-reader.js';
import { PostgresEventReader } from './event-reader.js';
import { PostgresFactReader } from './fact-reader.js';
import { PostgresImportanceReader } from './importance-reader.js';
import { PostgresLogicalReader } from './logical-reader.js';
import { PostgresMetricReader } from './metric-reader.js';
import { PostgresOwnershipReader } from './ownership-reader.js';
import { PostgresProducerReader } from './producer-reader.js';
import type { ProjectionDatabase } from './projection-database.js';
import { PostgresRecentChangeReader } from './recent-change-reader.js';
import { PostgresResponsibilityReader } from './responsibility-reader.js';
import { PostgresRunListReader } from './run-list-reader.js';
import { PostgresRunReader } from './run-reader.js';
import { PostgresSchemaReader } from './schema-reader.js';
import { PostgresCatalogStatusReader } from './status-reader.js';
import { PostgresSuggestionReader } from './suggestion-reader.js';
import { PostgresVersionReader } from './version-reader.js';

/** The whole read side over one database. */
export function postgresCatalogReader(database: ProjectionDatabase): CatalogReader {
  const agents = new PostgresAgentReader(database);
  const assets = new PostgresAssetReader(database);
  const components = new PostgresComponentReader(database);
  const runs = new PostgresRunReader(database);
  const runList = new PostgresRunListReader(database);
  const versions = new PostgresVersionReader(database);
  const schemas = new PostgresSchemaReader(database);
  const facts = new PostgresFactReader(database);
  const definitions = new PostgresDefinitionReader(database);
  const ownership = new PostgresOwnershipReader(database, agents, definitions, facts);
  const responsibilities = new PostgresResponsibilityReader(database, definitions);
  const logical = new PostgresLogicalReader(database, definitions);
  const importance = new PostgresImportanceReader(database);
  const suggestions = new PostgresSuggestionReader(database);
  const discovery = new PostgresDiscoveryReader(database, definitions);
  const changes = new PostgresRecentChangeReader(database);
  const metrics = new PostgresMetricReader(database);
  const proofs = new PostgresEdgeProofReader(database);
  const events = new PostgresEventReader(database);
  const producers = new PostgresProducerReader(database);
  const status = new PostgresCatalogStatusReader(database);
  const census = new PostgresCensusReader(database, status);
  const reader: CatalogReader = {
    assets: (...given) => assets.assets(...given),
    aliases: (...given) => assets.aliases(...given),
    childJobs: (...given) => assets.childJobs(...given),
    idsOfKeys: (...given) => assets.idsOfKeys(...given),
    namespaces: (...given) => assets.namespaces(...given),
    assetsThen: (...given) => census.assetsThen(...given),
    componentChanges: (...given) => components.componentChanges(...given),
    runs: (...given) => runs.runs(...given),
    runsByUuid: (...given) => runs.runsByUuid(...given),
    runsOfJobs: (...given) => runs.runsOfJobs(...given),
    latestRuns: (...given) => runs.latestRuns(...given),
    childRuns: (...given) => runs.childRuns(...given),
    findRuns: (...given) => runList.findRuns(...given),
    usualRuns: (...given) => runList.usualRuns(...given),
    versions: (...given) => versions.versions(...given),
    versionsOfDatasets: (...given) => versions.versionsOfDatasets(...given),
    versionsOfRuns: (...given) => versions.versionsOfRuns(...given),
    gapsOfRuns: (...given) => versions.gapsOfRuns(...given),
    runsOfVersions: (...given) => versions.runsOfVersions(...given),
    fields: (...given) => schemas.fields(...given),
    fieldsOfDatasets: (...given) => schemas.fieldsOfDatasets(...given),
    schemaVersions: (...given) => schemas.schemaVersions(...given),
    facets: (...given) => facts.facets(...given),
    facts: (...given) => facts.facts(...given),
    factHistory: (...given) => facts.factHistory(...given),
    tagged: (...given) => facts.tagged(...given),
    fieldTags: (...given) => facts.fieldTags(...given),
    owned: (...given) => facts.owned(...given),
    placed: (...given) => facts.placed(...given),
    outputPorts: (...given) => facts.outputPorts(...given),
    definitions: (...given) => definitions.definitions(...given),
    definitionHistory: (...given) => definitions.definitionHistory(...given),
    definitionsOf: (...given) => definitions.definitionsOf(...given),
    agentNames: (...given) => agents.agentNames(...given),
    agentStatements: (...given) => agents.agentStatements(...given),
    effectiveOwners: (...given) => readEffectiveOwners(ownership, ...given),
    mayAnswerFor: (...given) => responsibilities.mayAnswerFor(...given),
    logicalMemberships: (...given) => readLogicalMemberships(reader, ...given),
    mayBeMembers: (...given) => logical.mayBeMembers(...given),
    mayFitLogical: (...given) => logical.mayFitLogical(...given),
    factsNaming: (...given) => logical.factsNaming(...given),
    importance: (...given) => importance.importance(...given),
    mayFit: (...given) => responsibilities.mayFit(...given),
    ownersUnder: (...given) => readOwnersUnder(ownership, ...given),
    tagSuggestions: (...given) => suggestions.tagSuggestions(...given),
    tagSuggestionCounts: (...given) => suggestions.tagSuggestionCounts(...given),
    synonymCandidates: (...given) => suggestions.synonymCandidates(...given),
    suggestedTags: (...given) => suggestions.suggestedTags(...given),
    similarDatasets: (...given) => discovery.similarDatasets(...given),
    runsReadTogether: (...given) => discovery.runsReadTogether(...given),
    recentChanges: (...given) => changes.recentChanges(...given),
    metrics: (...given) => metrics.metrics(...given),
    metricsOfVersions: (...given) => metrics.metricsOfVersions(...given),
    latestMetrics: (...given) => metrics.latestMetrics(...given),
    versionsOfMetrics: (...given) => metrics.versionsOfMetrics(...given),
    sightings: (...given) => proofs.sightings(...given),
    proofs: (...given) => proofs.proofs(...given),
    events: (...given) => events.events(...given),
    eventsAt: (...given) => events.eventsAt(...given),
    findings: (...given) => events.findings(...given),
    findingsOfEvents: (...given) => events.findingsOfEvents(...given),
    findingCounts: () => events.findingCounts(),
    producers: (...given) => producers.producers(...given),
    status: () => status.status(),
    recordedAtBehind: (...given) => status.recordedAtBehind(...given),
    positionAt: (...given) => status.positionAt(...given),
  };
  return reader;
}
