import type { Writable, WritableNamespaces } from '@headwater/application/ingest/intake';
import { NamespaceRule } from '@headwater/domain/access/namespace-rule';
import type { Scope } from '@headwater/domain/access/scopes';
import type { AccessServices } from '@headwater/platform/access/access-services';
import type { FastifyRequest } from 'fastify';

/** What the caller may write. The gate lets nobody in who may write nothing. What is refused is counted for the audit. */
export function writableBy(request: FastifyRequest, { refusals }: Pick<AccessServices, 'refusals'>): Writable {
  const { principal, ip } = request;
  const namespacesOf = (scope: Scope): WritableNamespaces => {
    const rule = principal?.where(scope) ?? NamespaceRule.NONE;
    if (rule.isAll) return rule;
    return {
      allows: (namespace) => {
        if (rule.allows(namespace)) return true;
        refusals.add({ reason: 'FOREIGN_NAMESPACE', token: null, address: ip, actor: principal?.id ?? null });
        return false;
      },
    };
  };
  return { lineage: namespacesOf('lineage:write'), decisions: namespacesOf('decision:write') };
}
