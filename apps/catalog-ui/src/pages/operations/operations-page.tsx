import { Group } from '@mantine/core';
import { useEffect, useRef, type ComponentType } from 'react';
import { useTranslation } from 'react-i18next';
import { useParams } from 'wouter';
import { Restricted } from '../../access/restricted.js';
import { useViewer } from '../../graphql/viewer.js';
import { addMessages } from '../../i18n/i18n.js';
import { administration } from '../../i18n/messages/administration.js';
import { audit } from '../../i18n/messages/audit.js';
import { events } from '../../i18n/messages/events.js';
import { findingCodes } from '../../i18n/messages/finding-codes.js';
import { members } from '../../i18n/messages/members.js';
import { operations as messages } from '../../i18n/messages/operations.js';
import { tokens } from '../../i18n/messages/tokens.js';
import { PageLink } from '../../ui/link.js';
import { Empty, Page } from '../../ui/page.js';
import { AuditList } from './audit-list.js';
import { EventBrowser } from './event-browser.js';
import { FindingList } from './finding-list.js';
import { MemberList } from './member-list.js';
import { Overview } from './overview.js';
import { PLACES, placeOf, type PlaceName } from './places.js';
import { RunList } from './run-list.js';
import { RefusedList } from './refused-list.js';
import { TokenList } from './token-list.js';

addMessages('operations', messages);
addMessages('administration', administration);
addMessages('audit', audit);
addMessages('events', events);
addMessages('findingCodes', findingCodes);
addMessages('members', members);
addMessages('tokens', tokens);

const CONTENT: Readonly<Record<PlaceName, ComponentType>> = {
  overview: Overview,
  runs: RunList,
  events: EventBrowser,
  findings: FindingList,
  refused: RefusedList,
  tokens: TokenList,
  members: MemberList,
  audit: AuditList,
};

/** The pages that the viewer may open, as links; one row that moves sideways where it is narrow. */
function PlacesNav({ here }: { readonly here: PlaceName | undefined }) {
  const { t } = useTranslation('operations');
  const held = useViewer()?.scopes.map(({ scope }) => scope) ?? [];
  const open = PLACES.filter(({ scopes }) => scopes.some((scope) => held.includes(scope)));
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    row.current?.querySelector('[aria-current=page]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
    // The viewer may come later, and the links with it.
  }, [here, open.length]);
  return (
    <Group
      component="nav"
      ref={row}
      aria-label={t('pages')}
      gap={0}
      wrap="nowrap"
      className="hw-wide"
      style={{ borderBottom: '1px solid var(--hw-line)' }}
    >
      {open.map(({ page, path }) => (
        <PageLink
          key={page}
          to={path}
          aria-current={page === here ? 'page' : undefined}
          underline="never"
          px="sm"
          py={8}
          fw={page === here ? 620 : 450}
          c={page === here ? 'var(--hw-dataset)' : 'var(--hw-quiet)'}
          style={{
            whiteSpace: 'nowrap',
            outlineOffset: -2,
            borderBottom: `2px solid ${page === here ? 'var(--mantine-primary-color-filled)' : 'transparent'}`,
          }}
        >
          {t(`page.${page}`)}
        </PageLink>
      ))}
    </Group>
  );
}

/** How the catalog runs, and who may do what with it. */
export default function OperationsPage() {
  const { t } = useTranslation('operations');
  const { page } = useParams<{ page?: string }>();
  const place = placeOf(page);
  const Content = place === null ? null : CONTENT[place.page];
  return (
    <Page title={place === null ? t('title') : `${t(`page.${place.page}`)} · ${t('title')}`} heading={t('title')} wide>
      <PlacesNav here={place?.page} />
      {place === null || Content === null ? (
        <Empty>{t('noSuchPage')}</Empty>
      ) : (
        <Restricted key={place.page} to={place.scopes}>
          <Content />
        </Restricted>
      )}
    </Page>
  );
}
