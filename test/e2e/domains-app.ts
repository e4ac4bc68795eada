import { SCOPES } from '@headwater/domain/access/scopes';
import { expect } from 'vitest';
import { CatalogApp } from './catalog-app.js';
import { claimsFlow, datasetNode } from './catalog-events.js';

export const [CLAIMS, RAW, SCORES, REPORT] = (['claims', 'raw.claims', 'scores', 'report'] as const).map(
  datasetNode,
) as [string, string, string, string];
export const [TOP, PART, OTHER] = ['domain:claims', 'domain:intake', 'domain:payouts'];
/** Where somebody may edit who is bound to {@link TOP}. */
export const BOUND = 'you may edit what is in domain:claims (Claims)';

export type Headers = Record<string, string>;

export interface Made {
  readonly __typename: string;
  readonly id: string;
  readonly reason: string;
  readonly message: string;
  readonly faults: readonly { readonly pointer: string; readonly detail: string }[];
}

interface Placed {
  readonly domain: { readonly id: string } | null;
  readonly description: string | null;
  readonly tags: readonly { readonly tag: { readonly name: string } }[];
}

const REFUSALS: Readonly<Record<string, string>> = {
  ...{ createDomain: 'DomainRefusal', changeDomain: 'DomainRefusal', removeDomain: 'DomainRefusal' },
  ...{ createDataProduct: 'DataProductRefusal', changeDataProduct: 'DataProductRefusal' },
  ...{ removeDataProduct: 'DataProductRefusal', grantRole: 'AccessRefusal', withdrawRole: 'AccessRefusal' },
  ...{ createLogicalDataset: 'LogicalDatasetRefusal', changeLogicalDataset: 'LogicalDatasetRefusal' },
  createTerm: 'TermRefusal',
};

/** claims is in a part of the domain, raw.claims in the domain, scores in another one, report and the jobs in none. */
export class DomainsApp {
  private constructor(
    readonly catalog: CatalogApp,
    readonly admin: Headers,
  ) {}

  static async start(): Promise<DomainsApp> {
    const catalog = await CatalogApp.start({ auth: 'on' });
    await catalog.take(claimsFlow());
    const app = new DomainsApp(catalog, await catalog.readerOf(null, SCOPES));
    await app.done(app.admin, 'createDomain', { name: 'Claims', key: 'claims' });
    await app.done(app.admin, 'createDomain', { name: 'Intake', key: 'intake', parent: TOP });
    await app.done(app.admin, 'createDomain', { name: 'Payouts', key: 'payouts' });
    await app.done(app.admin, 'assignDomain', { on: CLAIMS, domain: PART });
    await app.done(app.admin, 'assignDomain', { on: RAW, domain: TOP });
    await app.done(app.admin, 'assignDomain', { on: SCORES, domain: OTHER });
    return app;
  }

  /** What a mutation came to: every union of results ends in a refusal with these members. */
  made(headers: Headers, mutation: string, input: object): Promise<Made> {
    const result = `__typename ... on ${REFUSALS[mutation] ?? 'EditRefusal'} { reason message faults { pointer detail } }
      ${mutation === 'grantRole' ? '... on RoleBinding { id }' : ''}`;
    return this.catalog.mutate<Made>(mutation, input, { result, headers });
  }

  async done(headers: Headers, mutation: string, input: object): Promise<Made> {
    const outcome = await this.made(headers, mutation, input);
    expect(outcome, JSON.stringify(input)).not.toMatchObject({ reason: expect.any(String) as string });
    return outcome;
  }

  async refused(headers: Headers, mutation: string, input: object, message: string): Promise<void> {
    const outcome = await this.made(headers, mutation, input);
    expect(outcome, `${mutation} ${JSON.stringify(input)}`).toMatchObject({ reason: 'MISSING_SCOPE', message });
  }

  /** A token that reads the catalog (these namespaces of it) and has a role in a domain. */
  async boundTo(domain: string, role = 'EDITOR', namespaces: readonly string[] | null = null): Promise<Headers> {
    const headers = await this.catalog.readerOf(namespaces);
    await this.done(this.admin, 'grantRole', { subject: `token:${tokenOf(headers)}`, role, domain, namespaces });
    return headers;
  }

  async placed(id: string): Promise<Placed> {
    const { node } = await this.catalog.data<{ node: Placed }>(
      `query ($id: ID!) { node(id: $id) { ... on Asset { domain { id } description tags { tag { name } } } } }`,
      { id },
      this.admin,
    );
    return node;
  }

  /** Returns once a job of edits is over. */
  async ended(id: string, headers: Headers): Promise<void> {
    for (let isOver = false; !isOver;) {
      await this.catalog.catchUp();
      const { job } = await this.catalog.data<{ job: { endedAt: string | null } }>(
        `query ($id: ID!) { job: editJob(id: $id) { endedAt } }`,
        { id },
        headers,
      );
      isOver = job.endedAt !== null;
    }
  }
}

/** The id of the token that a header shows. */
export function tokenOf(headers: Headers): string {
  return /hw_([0-9a-z]+)_/.exec(headers['authorization'] ?? '')?.[1] ?? '';
}
