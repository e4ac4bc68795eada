import type { FacetStatement } from '../events.js';
import { roleNamed } from '../governance/owner-roles.js';
import type { NodeId } from '../identifiers.js';
import { agentId, fieldId } from '../identifiers.js';
import type { Namer } from './namer.js';
import { arrayAt, nameAt, recordAt, recordsAt, stringAt } from './body-reader.js';
import type { FactStatement, TimelineStatement } from './statements.js';

type FactReader = (node: NodeId, facet: FacetStatement, namer: Namer) => readonly FactStatement[];

/** Facets whose content is a list of facts about the node they stand on (rule 30). */
const FACT_FACETS: Readonly<Record<string, FactReader>> = {
  ownership: (node, facet) => owners(node, facet),
  documentation: (node, facet) => {
    const text = nameAt(facet.body, 'description');
    return text === null
      ? []
      : [{ node, kind: 'DESCRIPTION', value: text, detail: stringAt(facet.body, 'contentType') }];
  },
  tags: (node, facet, namer) => tags(node, facet, namer),
  airflow: airflowFacts,
  airflowDagRun: airflowFacts,
};

/** Facts of a run's facets that speak of its job. */
export const RUN_FACETS_ABOUT_JOB: ReadonlySet<string> = new Set(['airflow', 'airflowDagRun']);

/** Airflow puts a facet of the same name on jobs, which tells of the task and holds no facts. */
export function isFactFacet(facet: FacetStatement): boolean {
  if (!Object.hasOwn(FACT_FACETS, facet.name)) return false;
  return !RUN_FACETS_ABOUT_JOB.has(facet.name) || recordAt(facet.body, 'dag') !== undefined;
}

/** The timeline that a fact facet writes on its node; an empty list of facts ends what its producer said before. */
export function readFacts(node: NodeId, facet: FacetStatement, namer: Namer): TimelineStatement {
  const facts = facet.deleted ? [] : (FACT_FACETS[facet.name]?.(node, facet, namer) ?? []);
  return { node, slot: facet.name, producerKey: facet.producerKey, authoritative: true, facts, fields: null };
}

/** Airflow's run facets name owner and tags of the DAG (provider 2.x). Redacted names (`***`) say nothing. */
function airflowFacts(node: NodeId, facet: FacetStatement): readonly FactStatement[] {
  const dag = recordAt(facet.body, 'dag');
  if (dag === undefined) return [];
  const owners = (nameAt(dag, 'owner') ?? '').split(',').map((name) => name.trim());
  const tags = [...arrayAt(dag, 'tags'), ...listInText(stringAt(dag, 'tags'))];
  return [
    ...owners.filter((name) => name !== '' && name !== '***').map((name) => ownerFact(node, name, null)),
    ...tags.flatMap((tag) => (typeof tag === 'string' && tag !== '' ? [tagFact(node, tag, null, 'AIRFLOW')] : [])),
  ];
}

/** Owner names are `team:claims` or plain: then the agent's kind is `owner`. */
function owners(node: NodeId, facet: FacetStatement): readonly FactStatement[] {
  return recordsAt(facet.body, 'owners').flatMap((owner) => {
    const name = nameAt(owner, 'name');
    return name === null ? [] : [ownerFact(node, name, nameAt(owner, 'type'))];
  });
}

function ownerFact(node: NodeId, owner: string, role: string | null): FactStatement {
  const colon = owner.indexOf(':');
  const [kind, name] =
    colon > 0 && colon < owner.length - 1 ? [owner.slice(0, colon), owner.slice(colon + 1)] : ['owner', owner];
  return { node, kind: 'OWNER', value: agentId(kind, name), detail: role === null ? null : roleNamed(role) };
}

/** OpenLineage Tags*Facet: `field` moves a dataset's tag to one of its fields; the value `true` is the plain tag. */
function tags(node: NodeId, facet: FacetStatement, namer: Namer): readonly FactStatement[] {
  return recordsAt(facet.body, 'tags').flatMap((tag) => {
    const key = nameAt(tag, 'key');
    if (key === null) return [];
    const field = nameAt(tag, 'field');
    const target = field === null ? node : fieldId(node, namer.path(node, field));
    return [tagFact(target, key, nameAt(tag, 'value'), nameAt(tag, 'source'))];
  });
}

function tagFact(node: NodeId, key: string, value: string | null, source: string | null): FactStatement {
  return { node, kind: 'TAG', value: value === null || value === 'true' ? key : `${key}=${value}`, detail: source };
}

/** Airflow before 2.4 of its provider sent a Python list as text: `['a', 'b']`. */
function listInText(text: string | null): readonly string[] {
  return text === null ? [] : [...text.matchAll(/'([^']+)'/g)].flatMap((match) => match[1] ?? []);
}
