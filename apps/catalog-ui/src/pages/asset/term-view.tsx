import { Badge, Text } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { assetHref, href } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Page, Section } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { DetailsSection, PresentOnly } from './asset-parts.js';
import classes from './asset.module.css';
import type { NodeOf } from './asset-query.js';
import { DomainPath } from './domain-view.js';
import { DefineHere } from './edit/define-here.js';
import { Description } from './overview.js';
import { useAsOf } from './use-as-of.js';

type Node = NodeOf<'GlossaryTerm'>;
type Named = Node['related'][number];

/** Whether a term is to be used. */
export function TermStatus({ status }: { readonly status: Node['status'] }) {
  const { t } = useTranslation('asset');
  return (
    <Badge variant="default" tt="none">
      {t(`termStatus.${status}`)}
    </Badge>
  );
}

function TermLink({ term: { id, name } }: { readonly term: Named }) {
  const asOf = useAsOf();
  return (
    <PageLink to={assetHref(id, { asOf })} inherit>
      {name}
    </PageLink>
  );
}

function TermList({ title, terms }: { readonly title: string; readonly terms: readonly Named[] }) {
  if (terms.length === 0) return null;
  return (
    <Section title={title}>
      <ul className={classes['list']}>
        {terms.map((term) => (
          <li key={term.id}>
            <TermLink term={term} />
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** What a term was, with who made it so and why. */
function Versions({ versions }: { readonly versions: Node['history'] }) {
  const { t } = useTranslation('asset');
  if (versions.length < 2) return null;
  return (
    <Section title={t('termHistory')}>
      <PresentOnly />
      <ul className={classes['list']}>
        {versions.map(({ position, name, description, since, enteredBy, reason }) => (
          <li key={position}>
            <Text className="hw-name" fw={550}>
              {name}
            </Text>
            {description === null ? null : (
              <Text size="sm" className="hw-name">
                {description}
              </Text>
            )}
            <Text size="xs" className="hw-quiet hw-name">
              {t('since')} <Time at={since} absolute />,{' '}
              <PageLink to={href('/operations/events', { event: position })} inherit underline="always">
                {t('termEntered', { by: enteredBy })}
              </PageLink>
              {reason === null ? null : `: ${reason}`}
            </Text>
          </li>
        ))}
      </ul>
    </Section>
  );
}

/** A term of the glossary: what it means, where it stands, and what has it, which a search lists. */
export function TermView({ node }: { readonly node: Node }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const { above, successor, synonyms } = node;
  const parent = above.at(-1);
  return (
    <Page
      title={node.termName}
      actions={
        <>
          <DefineHere
            kind="term"
            id={node.id}
            name={node.termName}
            changedIn={null}
            removedIn={null}
            list="/glossary"
          />
          <PageLink to={href('/glossary', { asOf })}>{t('termGlossary')}</PageLink>
        </>
      }
    >
      {node.meaning === null ? null : <Description text={node.meaning} isOfNow />}
      <DetailsSection
        entries={[
          [t('termStatusTitle'), <TermStatus key="status" status={node.status} />],
          [t('termSuccessor'), successor === null ? null : <TermLink key="successor" term={successor} />],
          [t('termSynonyms'), synonyms.length === 0 ? null : synonyms.join(', ')],
          [
            t('termParent'),
            parent === undefined ? null : <DomainPath key="parent" domain={{ ...parent, above: above.slice(0, -1) }} />,
          ],
          [t('domainSince'), <Time key="since" at={node.since} absolute />, true],
          [t('domainBy'), node.enteredBy, true],
        ]}
      />
      <TermList title={t('termParts')} terms={node.narrower} />
      <TermList title={t('termRelated')} terms={node.related} />
      <Section title={t('termAssets')}>
        <PageLink to={href('/search', { term: node.id })}>{t('termSearch')}</PageLink>
      </Section>
      <Versions versions={node.history} />
    </Page>
  );
}
