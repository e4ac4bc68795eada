import type { FactRow } from '../catalog.js';
import { kindOf, type NodeId } from '../identifiers.js';
import {
  ARCHITECTURE_FINDING_KINDS,
  type ArchitectureFindingKind,
  type FindingAcceptance,
  type FindingKey,
} from './architecture-findings.js';

/** What is accepted about a dataset: which kind of finding, about which domain, by which job. */
export interface AcceptedOf {
  readonly kind: ArchitectureFindingKind;
  readonly domain: NodeId;
  readonly job: NodeId;
}

/** The value of an ACCEPTED_FINDING fact about the dataset. Ids have no spaces. */
export function acceptedValue({ kind, domain, job }: AcceptedOf): string {
  return `${kind} ${domain} ${job}`;
}

/** What such a value names; undefined for any other text. Total. */
export function readAcceptedValue(value: string): AcceptedOf | undefined {
  const [named = '', domain = '', job = '', ...more] = value.split(' ');
  const kind = ARCHITECTURE_FINDING_KINDS.find((one) => one === named);
  if (kind === undefined || more.length > 0 || kindOf(domain) !== 'DOMAIN' || kindOf(job) !== 'JOB') return undefined;
  return { kind, domain: domain as NodeId, job: job as NodeId };
}

/** The same text for the same finding, whenever it was found. */
export function textOf({ kind, domain, job, dataset }: FindingKey): string {
  return [kind, domain, job, dataset].join(' ');
}

export function toAcceptance({ producer, detail, validFrom, position }: FactRow): FindingAcceptance {
  return { enteredBy: producer, reason: detail, since: validFrom, position };
}
