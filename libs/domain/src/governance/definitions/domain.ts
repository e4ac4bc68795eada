import { OWNERSHIP_RULES_ID } from '../ownership-rules.js';
import { stringAt } from '../../projection/body-reader.js';
import { DOMAIN_LAYERS, type DomainDefinition, type DomainLayer, type HeldDomain } from '../definition.js';
import { misplaced, partsOf } from './hierarchy.js';
import { DESCRIPTION, NAME, reference, type Member } from './members.js';
import { heldOwners, OWNERS } from './owners.js';
import { namedDefinition, type NamedChange, type NamedEdit } from './named-definition.js';

export type DomainChange = NamedChange<DomainDefinition>;
export type DomainEdit = NamedEdit<DomainDefinition>;

const LAYER: Member<DomainLayer | null> = {
  part: 'LAYER',
  read: (given, key) => {
    const layer = stringAt(given, key);
    return layer === null ? null : DOMAIN_LAYERS.find((one) => one === layer);
  },
  absent: null,
  tell: (layer) => layer,
};

const IS_EXTERNAL: Member<boolean> = {
  part: 'EXTERNAL',
  read: (given, key) => {
    const value = given[key];
    return typeof value === 'boolean' ? value : undefined;
  },
  absent: false,
  tell: (isExternal) => (isExternal ? 'true' : null),
};

/** Domains: a hierarchy, and nothing may be left in one that is removed. */
export const DOMAINS = namedDefinition<DomainDefinition, HeldDomain>({
  kind: 'DOMAIN',
  members: {
    name: NAME,
    description: DESCRIPTION,
    parent: reference('PARENT', 'DOMAIN'),
    layer: LAYER,
    isExternal: IS_EXTERNAL,
    owners: OWNERS,
  },
  hold: (body, before, now) => ({
    ...body,
    owners: heldOwners(body.owners, before?.owners ?? [], now),
    parentSince: before?.parent === body.parent ? before.parentSince : now.since,
  }),
  misfit: ({ parent }, node, world) => misplaced(world, node, parent, { one: 'domain', many: 'domains' }),
  async usesOf(node, world) {
    const { definitions } = world;
    const parts = partsOf(definitions, node).length;
    const assets = await world.countOf('DOMAIN', node);
    const list = definitions.get(OWNERSHIP_RULES_ID);
    const rules = list?.kind === 'OWNERSHIP_RULES' ? list.body.rules.filter(({ domain }) => domain === node).length : 0;
    const products = [...definitions.values()].filter(
      (row) => row.kind === 'DATA_PRODUCT' && row.body.domain === node,
    ).length;
    const logical = [...definitions.values()].filter(
      (row) => row.kind === 'LOGICAL_DATASET' && row.body.domain === node,
    ).length;
    if (parts + assets + rules + products + logical === 0) return null;
    return `${String(parts)} parts, ${String(assets)} assets, ${String(rules)} ownership rules, ${String(products)} data products and ${String(logical)} logical datasets`;
  },
});
