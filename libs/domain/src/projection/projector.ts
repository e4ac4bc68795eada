import { readDecisionEvent } from '../decisions/decision-statement.js';
import type { StoredEvent } from '../events.js';
import { readAgentsEdit } from '../governance/agents/agents-edit.js';
import { readAssetEdit } from '../governance/asset-edit.js';
import { readDefinitionEdit } from '../governance/definition-edit.js';
import { readOwnersBatch } from '../governance/owners-batch.js';
import { readTermBatch } from '../governance/term-batch.js';
import type { NodeId, NodeKey } from '../identifiers.js';
import { FacetMemory } from '../openlineage/facet-memory.js';
import { readEvent } from '../openlineage/read-event.js';
import { text } from '../openlineage/read-facets.js';
import { AgentWorld, type KnownAgents } from './agent-world.js';
import { applyAgents, markOf } from './apply-agents.js';
import { applyAliases } from './apply-aliases.js';
import { applyAssets } from './apply-assets.js';
import { applyDefinition, applyDefinitions, applyTermBatch } from './apply-definitions.js';
import { applyEdit, needsDefinitions, nodesOfEdit } from './apply-edits.js';
import { applyFacets, applyReferences } from './apply-facets.js';
import { applyMetrics } from './apply-metrics.js';
import { applyLifecycle } from './apply-lifecycle.js';
import { applyRunLineage, deriveConcerned, registerLineage } from './apply-lineage.js';
import { applyRun, eventSubject } from './apply-run.js';
import { applyTimelines } from './apply-timelines.js';
import { applyVersions } from './apply-versions.js';
import {
  BatchOutput,
  keyOf,
  loadNodes,
  nodeOf,
  type Batch,
  type CurrentEvent,
  type ProjectionSettings,
} from './batch.js';
import { BodyStore } from './body-store.js';
import type { ProjectionChanges, ReadStored } from './changes.js';
import { collectChanges } from './collect-changes.js';
import type { NodeDocument } from './documents.js';
import { loadBatch } from './load-batch.js';
import { projectEvent } from './project-event.js';
import type { ProjectionSource } from './projection-source.js';
import type { EventStatements } from './statements.js';

const UNPROJECTABLE =
  'an unexpected error kept this event out of the projection; it is in the log, and a rebuild takes it up again';

const NODES_KEPT = 4_000;
const HISTORY_ENTRIES_KEPT = 100_000;
const ALIASES_KEPT = 100_000;

/**
 * Folds the log into the projection, event by event: after each, every derived row follows from the events so far, and a
 * row that changed is closed and opened with that event's recordedAt, so that batch boundaries never show. Keeps
 * documents between batches within bounds; after a batch that was not written, {@link reset} must be called.
 */
export class Projector {
  readonly #source: ProjectionSource;
  readonly #settings: ProjectionSettings;
  readonly #facets: FacetMemory;
  #bodies = new BodyStore();
  #nodes = new Map<NodeId, NodeDocument>();
  #histories: Batch['histories'] = new Map();
  #registered = new Set<string>();
  #aliases = new Set<string>();
  #knownAgents: KnownAgents = new Set();

  constructor(source: ProjectionSource, settings: ProjectionSettings, facets = new FacetMemory()) {
    this.#source = source;
    this.#settings = settings;
    this.#facets = facets;
  }

  /** Forgets everything that may be ahead of what is stored. */
  reset(): void {
    this.#bodies = new BodyStore();
    this.#nodes = new Map();
    this.#histories = new Map();
    this.#registered = new Set();
    this.#aliases = new Set();
    this.#knownAgents = new Set();
  }

  /** All changes of these events, oldest first, without a gap to the checkpoint. */
  async project(read: readonly ReadStored[]): Promise<ProjectionChanges> {
    this.#trim();
    const batch = this.#newBatch();
    await loadBatch(
      batch,
      read.flatMap(({ stored, statements }) =>
        statements === null ? [] : [{ statements, subject: subjectOf(stored, statements) }],
      ),
    );
    await loadNodes(
      batch,
      read.flatMap(({ edit }) => (edit === null ? [] : nodesOfEdit(edit))),
    );
    if (read.some((one) => isOfDefinitions(one)))
      for (const row of await batch.source.definitions()) batch.definitions.set(row.id, row);
    for (const one of read) {
      const { stored, statements, edit, definition, terms, owners, problem } = one;
      const mark = markOf(batch);
      if (statements !== null) await applyEvent(batch, stored, statements);
      else if (edit !== null) await applyEdit(batch, stored, edit);
      else if (definition !== null) await applyDefinition(batch, stored, definition);
      else if (terms !== null) applyTermBatch(batch, stored, terms);
      else if (owners !== null) await applyDefinitions(batch, stored, owners);
      else if (problem !== null) report(batch, stored, problem.code, problem.message);
      await applyAgents(batch, stored, mark, one);
    }
    return collectChanges(batch, read);
  }

  /** Changes that pass an event by with a finding; for one whose projection failed by itself. */
  reject(stored: StoredEvent): ProjectionChanges {
    const batch = this.#newBatch();
    report(batch, stored, 'EVENT_UNPROJECTABLE', UNPROJECTABLE);
    return collectChanges(batch, [this.read(stored)]);
  }

  /** What one event says. Depends on nothing that was projected, so it may be done ahead. */
  read(stored: StoredEvent): ReadStored {
    const silent = {
      stored,
      statements: null,
      edit: null,
      definition: null,
      terms: null,
      owners: null,
      agents: null,
      producer: null,
      problem: null,
    };
    if (stored.kind === 'EDIT') {
      const edit = readAssetEdit(stored.bytes) ?? null;
      const definition = edit === null ? (readDefinitionEdit(stored.bytes) ?? null) : null;
      const terms = edit === null && definition === null ? (readTermBatch(stored.bytes) ?? null) : null;
      const isKnown = edit !== null || definition !== null || terms !== null;
      const owners = isKnown ? null : (readOwnersBatch(stored.bytes) ?? null);
      const agents = isKnown || owners !== null ? null : (readAgentsEdit(stored.bytes) ?? null);
      return { ...silent, edit, definition, terms, owners, agents };
    }
    if (stored.kind === 'ACCESS') return silent;
    if (stored.kind === 'DECISION') {
      const decision = readDecisionEvent(stored.bytes);
      return { ...silent, producer: text(decision?.content, 'producer') };
    }
    const read = readEvent(stored.bytes, this.#facets);
    if (!read.ok) return { ...silent, problem: { code: 'EVENT_UNREADABLE', message: read.detail } };
    const { producer } = read.event;
    try {
      const statements = projectEvent(stored, read.event, read.findings, this.#settings.nameRules);
      return { ...silent, statements, producer };
    } catch {
      // A poison event becomes a finding, never a stop: the log goes on.
      return { ...silent, producer, problem: { code: 'EVENT_UNPROJECTABLE', message: UNPROJECTABLE } };
    }
  }

  #newBatch(): Batch {
    return {
      settings: this.#settings,
      source: this.#source,
      bodies: this.#bodies,
      nodes: this.#nodes,
      dirtyNodes: new Set(),
      dirtyDetails: new Set(),
      runs: new Map(),
      dirtyRuns: new Set(),
      uuids: new Map(),
      mentions: new Map(),
      dirtyMentions: new Set(),
      histories: this.#histories,
      writers: new Map(),
      written: new Map(),
      dirtyWriters: new Map(),
      readers: new Map(),
      siblings: new Map(),
      registered: this.#registered,
      aliases: this.#aliases,
      agents: new AgentWorld(this.#source),
      knownAgents: this.#knownAgents,
      definitions: new Map(),
      out: new BatchOutput(),
    };
  }

  #trim(): void {
    this.#bodies.trim();
    if (this.#nodes.size > NODES_KEPT) this.#nodes = new Map();
    let entries = 0;
    for (const history of this.#histories.values()) entries += history.length;
    if (entries > HISTORY_ENTRIES_KEPT) this.#histories = new Map();
    if (this.#registered.size > ALIASES_KEPT) this.#registered = new Set();
    if (this.#aliases.size > ALIASES_KEPT) this.#aliases = new Set();
    if (this.#knownAgents.size > ALIASES_KEPT) this.#knownAgents = new Set();
  }
}

/** The subject of an event's mentions: its run, or the event itself. */
function subjectOf(stored: Pick<StoredEvent, 'digest'>, statements: EventStatements): NodeKey {
  return statements.run === null ? (eventSubject(stored.digest) as NodeKey) : keyOf(statements.run.id);
}

async function applyEvent(batch: Batch, stored: StoredEvent, statements: EventStatements): Promise<void> {
  const current: CurrentEvent = {
    position: stored.position,
    recordedAt: stored.recordedAt,
    statements,
    graph: [],
    touched: new Set(),
    derive: new Set(),
    findings: [],
    nextFinding: 0,
  };
  const subject = subjectOf(stored, statements);
  applyAssets(batch, current);
  const change = applyRun(batch, current);
  const lineageOf = lineageSubject(statements);
  if (lineageOf !== undefined) await registerLineage(batch, current, lineageOf);
  const hasNewHistory =
    change !== null && statements.job !== null && (await applyRunLineage(batch, current, statements.job, change));
  await applyLifecycle(batch, current, hasNewHistory);
  if (statements.kind !== 'RUN' && lineageOf !== undefined) declare(batch, current, lineageOf);
  await deriveConcerned(batch, current, current.derive);
  await applyTimelines(batch, current, subject);
  applyVersions(batch, current, change);
  await applyAliases(batch, current);
  applyFacets(batch, current);
  applyMetrics(batch, current);
  applyReferences(batch, current);
  if (current.graph.length > 0 || current.touched.size > 0) {
    batch.out.feed.push({
      batch: { position: stored.position, recordedAt: stored.recordedAt, changes: current.graph },
      touched: [...current.touched],
    });
  }
}

/** Whose lineage an event tells: its job's, else that of the dataset of a DatasetEvent. */
function lineageSubject(statements: EventStatements): NodeId | undefined {
  return statements.job ?? statements.assets.find((asset) => !asset.referenced)?.id;
}

/** JobEvents declare their job's lineage, DatasetEvents that of their dataset (rules 16, 19). */
function declare(batch: Batch, current: CurrentEvent, subject: NodeId): void {
  const { statements } = current;
  const document = nodeOf(batch, subject);
  const { stamp } = statements;
  const producers = [...new Set([statements.producerKey, ...statements.lineage.map((slot) => slot.producerKey)])];
  for (const producerKey of producers) {
    const isOwn = producerKey === statements.producerKey;
    const slots = statements.lineage
      .filter((slot) => slot.producerKey === producerKey)
      .map((slot) => [slot.slot, batch.bodies.keepSlot(slot)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1));
    const reads = isOwn && statements.job !== null ? [...statements.reads].sort() : [];
    const writes = isOwn && statements.job !== null ? [...statements.writes].sort() : [];
    if (slots.length + reads.length + writes.length === 0) continue;
    if (document.declarations.some((held) => held.stamp.digest === stamp.digest && held.producerKey === producerKey))
      continue;
    const contribution = batch.bodies.keep({ reads, writes, slots, parents: [] });
    document.declarations.push({ stamp, producerKey, contribution, evidence: 'DECLARED' });
    current.derive.add(subject);
  }
}

function report(batch: Batch, stored: StoredEvent, code: string, message: string): void {
  batch.out.findings.push({
    position: stored.position,
    seq: 0,
    code,
    pointer: '',
    message,
    nodeKey: null,
    recordedAt: stored.recordedAt,
  });
}

/** Whether it takes the definitions to apply it. */
function isOfDefinitions({ edit, definition, terms, owners }: ReadStored): boolean {
  return definition !== null || terms !== null || owners !== null || (edit !== null && needsDefinitions(edit));
}
