import type { Principal } from '@headwater/domain/access/principal';
import type { AssetRow, FactRow } from '@headwater/domain/catalog';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { coded, HeadwaterError } from '@headwater/domain/errors';
import { acceptedValue, readAcceptedValue } from '@headwater/domain/governance/accepted-findings';
import type { ArchitectureFinding, ArchitectureFindingKind } from '@headwater/domain/governance/architecture-findings';
import { assetEditBytes, type FactEdit } from '@headwater/domain/governance/asset-edit';
import { kindOf, respellNodeId, type NodeId } from '@headwater/domain/identifiers';
import { LATEST } from '@headwater/domain/reading/read-time';
import { nowBy } from '@headwater/domain/traversal/moment';
import { refuseFaults } from '../access/access-parts.js';
import { domainFault } from './check-change.js';
import { conflict } from './edit-named.js';
import {
  headOf,
  recordOnce,
  requestFaults,
  type EditPorts,
  type EditRequest,
  type RecordedEdit,
} from './record-edit.js';
import { requireWhole } from './record-definition.js';

/** Which finding, as the caller wrote it: any name of the dataset and the job. */
export interface NamedFinding {
  readonly kind: ArchitectureFindingKind;
  readonly domain: string;
  readonly job: string;
  readonly dataset: string;
}

export interface SettledFinding extends Pick<RecordedEdit, 'position' | 'isReadable'> {
  readonly key: Pick<ArchitectureFinding, 'kind' | 'domain' | 'job' | 'dataset'>;
}

type View = Pick<CatalogReader, 'assets' | 'facts'>;

/** Lets a finding of the architecture stand, with a reason, or takes that back: an edit of the dataset that is read. */
export class AcceptFinding {
  constructor(private readonly ports: EditPorts) {}

  /**
   * `findings` gives those that stand now about a domain. Throws INVALID_INPUT with faults, FORBIDDEN for who may see or
   * edit a part of the catalog only, as of a domain, and NOT_FOUND (NO_SUCH_FINDING) where there is no such finding now.
   */
  async accept(
    principal: Principal,
    view: View,
    named: NamedFinding,
    request: EditRequest & { readonly reason: string },
    findings: (domain: NodeId) => Promise<readonly ArchitectureFinding[]>,
  ): Promise<SettledFinding> {
    const key = await this.#keyOf(principal, view, named, request);
    if (key === undefined) throw noSuchFinding();
    return this.#record(principal, key, request, 'accept', async () => {
      const found = (await findings(key.domain)).find(
        ({ kind, domain, job, dataset }) =>
          kind === key.kind && domain === key.domain && job === key.job.id && dataset === key.dataset.id,
      );
      if (found === undefined) throw noSuchFinding();
      const { dataset, ...of } = found;
      const value = acceptedValue(of);
      return [{ action: 'STATE', kind: 'ACCEPTED_FINDING', node: dataset, value, detail: request.reason }];
    });
  }

  /** Also where the finding itself is no more. Throws as {@link accept} does, and CONFLICT (NOT_ACCEPTED). */
  async withdraw(principal: Principal, view: View, named: NamedFinding, request: EditRequest): Promise<SettledFinding> {
    const key = await this.#keyOf(principal, view, named, request);
    if (key === undefined) throw noSuchFinding();
    const jobs: readonly string[] = [key.job.id, respellNodeId(named.job) ?? ''];
    const isMeant = ({ value }: FactRow): boolean => {
      const of = readAcceptedValue(value);
      return of?.kind === key.kind && of.domain === key.domain && jobs.includes(of.job);
    };
    const kinds = ['ACCEPTED_FINDING'] as const;
    return this.#record(principal, key, request, 'withdraw', async () => {
      const held = (await view.facts([key.dataset.id], kinds, nowBy(this.ports.clock))).get(key.dataset.id) ?? [];
      const meant = held.filter(isMeant).map(({ nodeId, value }): FactEdit => ({
        ...({ action: 'WITHDRAW', kind: 'ACCEPTED_FINDING', detail: null } as const),
        ...{ node: nodeId, value },
      }));
      if (meant.length > 0) return meant;
      throw conflict('NOT_ACCEPTED', 'Nobody has accepted this finding, or somebody has withdrawn that already.');
    });
  }

  /** Undefined for what the caller does not see. */
  async #keyOf(
    principal: Principal,
    view: View,
    { kind, domain, job, dataset }: NamedFinding,
    request: EditRequest,
  ): Promise<KeyOfFinding | undefined> {
    refuseFaults('The finding cannot be named like this', [
      ...domainFault('/domain', domain),
      ...(kindOfText(job) === 'JOB'
        ? []
        : [{ pointer: '/job', ...coded('NOT_AN_ID', 'must be the id of a job', { kind: 'JOB' }) }]),
      ...(kindOfText(dataset) === 'DATASET'
        ? []
        : [{ pointer: '/dataset', ...coded('NOT_AN_ID', 'must be the id of a dataset', { kind: 'DATASET' }) }]),
      ...requestFaults(request),
    ]);
    requireWhole(principal, 'Findings of the architecture');
    const ids = [job, dataset].map((id) => respellNodeId(id) as NodeId);
    const rows = await view.assets(ids, LATEST);
    const [reader, read] = ids.map((id) => rows.get(id));
    if (reader === undefined || read === undefined) return undefined;
    return { kind, domain: respellNodeId(domain) as NodeId, job: reader, dataset: read };
  }

  async #record(
    principal: Principal,
    { kind, domain, job, dataset }: KeyOfFinding,
    request: EditRequest,
    action: 'accept' | 'withdraw',
    changes: () => Promise<readonly FactEdit[]>,
  ): Promise<SettledFinding> {
    const head = headOf(this.ports, principal, request);
    const { idempotencyKey, ...input } = request;
    const asked = { key: idempotencyKey, asked: ['finding', action, kind, domain, job.id, dataset.id, input] };
    const { verdict, position, isReadable } = await recordOnce(this.ports, principal, asked, async () =>
      assetEditBytes({ ...head, asset: dataset.id, changes: await changes() }),
    );
    if (verdict !== null) throw noSuchFinding();
    return { key: { kind, domain, job: job.id, dataset: dataset.id }, position, isReadable };
  }
}

interface KeyOfFinding {
  readonly kind: ArchitectureFindingKind;
  readonly domain: NodeId;
  readonly job: AssetRow;
  readonly dataset: AssetRow;
}

function kindOfText(text: string): string | undefined {
  const id = respellNodeId(text);
  return id === undefined ? undefined : kindOf(id);
}

function noSuchFinding(): HeadwaterError {
  return new HeadwaterError(
    'NOT_FOUND',
    'There is no such finding now. Name one as `architectureFindings` tells it: its kind, domain, job and dataset.',
    { reason: 'NO_SUCH_FINDING' },
  );
}
