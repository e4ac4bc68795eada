import { Group, Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Time } from '../../ui/time.js';
import { factsOf, type AuditLine, type FactName } from './audit.js';

const METHODS = ['LINK', 'TOKEN', 'OIDC'] as const;
const isKnownMethod = (method: string | null): method is (typeof METHODS)[number] =>
  METHODS.some((known) => known === method);

/** What a line of the audit tells, each with its name. */
export function AuditFacts({ line }: { readonly line: AuditLine }) {
  const { t, i18n } = useTranslation('audit');
  const { t: administration } = useTranslation('administration');
  const { t: access } = useTranslation('access');
  const valueOf = (name: FactName): ReactNode => {
    switch (name) {
      case 'reason':
        return line.reason === null ? null : t(`reasons.${line.reason}`);
      case 'method':
        return isKnownMethod(line.method) ? t(`methods.${line.method}`) : line.method;
      case 'role':
        return line.role === null ? null : administration(`roles.${line.role}`);
      case 'scopes':
        return (line.scopes ?? []).map((scope) => access(`scope.${scope}`)).join(', ');
      case 'count':
        return (line.count ?? 0).toLocaleString(i18n.language);
      case 'expiresAt':
      case 'replacedUntil':
      case 'firstAt':
      case 'lastAt':
        return <Time at={line[name]} absolute />;
      case 'writes':
      case 'reads':
      case 'namespaces':
        return (line[name] ?? []).join(', ');
      default:
        return line[name];
    }
  };
  return (
    <Group gap={4} style={{ columnGap: 14 }}>
      {factsOf(line).map((name) => (
        <Text key={name} component="span" size="sm" className="hw-name">
          <span className="hw-quiet">{t(`fact.${name}`)}: </span>
          {valueOf(name)}
        </Text>
      ))}
    </Group>
  );
}
