import { Anchor, AppShell, Burger, Group, NavLink, Text } from '@mantine/core';
import { useDisclosure } from '@mantine/hooks';
import { IconActivity, IconHome, IconSearch, IconSend, IconShieldCheck, IconSitemap } from '@tabler/icons-react';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { Link, useLocation } from 'wouter';
import { OfflineBanner } from './offline-banner.js';
import { PreferencesMenu } from './preferences-menu.js';
import { SearchAnywhere, SearchButton } from './search-anywhere.js';
import { useReturnFocus } from './use-return-focus.js';

const PLACES = [
  { path: '/', name: 'home', Icon: IconHome },
  { path: '/search', name: 'search', Icon: IconSearch },
  { path: '/lineage', name: 'lineage', Icon: IconSitemap },
  { path: '/governance', name: 'governance', Icon: IconShieldCheck },
  { path: '/operations', name: 'operations', Icon: IconActivity },
  { path: '/start', name: 'start', Icon: IconSend },
] as const;

/** What surrounds every page: where one is, the search, the way to all else. */
export function Shell({ children }: { readonly children: ReactNode }) {
  const { t } = useTranslation('shell');
  const [location] = useLocation();
  const [isOpen, { toggle, close }] = useDisclosure();
  const main = useRef<HTMLElement>(null);
  const before = useRef(location);
  useReturnFocus('#content');
  useEffect(() => {
    close();
    // Whoever follows a link by keyboard or screen reader goes on at the new page, not in the middle of the old one.
    if (before.current !== location) main.current?.focus({ preventScroll: true });
    before.current = location;
  }, [location, close]);
  return (
    <AppShell
      header={{ height: 56 }}
      navbar={{ width: 208, breakpoint: 'sm', collapsed: { mobile: !isOpen } }}
      padding={{ base: 'md', sm: 'lg' }}
    >
      <a className="hw-skip" href="#content">
        {t('toContent')}
      </a>
      <AppShell.Header px="md" style={{ background: 'var(--hw-card)' }}>
        <Group h="100%" wrap="nowrap" justify="space-between" gap="md">
          <Group wrap="nowrap" gap="xs">
            <Burger
              opened={isOpen}
              onClick={toggle}
              hiddenFrom="sm"
              size="sm"
              aria-label={t('menu')}
              aria-expanded={isOpen}
            />
            <Anchor component={Link} href="/" underline="never" c="inherit" aria-label="Headwater">
              <Group gap={8} wrap="nowrap">
                <img src="/ui/icon.svg" width={26} height={26} alt="" />
                <Text fw={650} visibleFrom="xs">
                  Headwater
                </Text>
              </Group>
            </Anchor>
          </Group>
          <SearchButton />
          <PreferencesMenu />
        </Group>
      </AppShell.Header>
      <AppShell.Navbar p="sm" aria-label={t('navigation')} style={{ background: 'var(--hw-card)' }}>
        {PLACES.map(({ path, name, Icon }) => {
          const isHere = path === '/' ? location === '/' : location.startsWith(path);
          return (
            <NavLink
              key={path}
              component={Link}
              href={path}
              label={t(name)}
              leftSection={<Icon size={18} stroke={1.7} aria-hidden />}
              active={isHere}
              aria-current={isHere ? 'page' : undefined}
              style={{ borderRadius: 'var(--mantine-radius-md)' }}
            />
          );
        })}
      </AppShell.Navbar>
      <AppShell.Main id="content" ref={main} tabIndex={-1} style={{ outline: 'none' }}>
        <OfflineBanner />
        {children}
      </AppShell.Main>
      <SearchAnywhere />
    </AppShell>
  );
}
