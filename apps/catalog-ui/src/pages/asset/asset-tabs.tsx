import { Tabs } from '@mantine/core';
import { useEffect, useRef, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { useUrlState } from '../../lib/url-state.js';

export type TabName = 'overview' | 'schema' | 'quality' | 'versions' | 'runs' | 'facets' | 'events';

export type AssetTab = readonly [name: TabName, content: () => ReactNode];

/** Parts of a node's page. The address names the one that is open; what it lacks is asked for when it opens. */
export function AssetTabs({ tabs }: { readonly tabs: readonly AssetTab[] }) {
  const { t } = useTranslation('asset');
  const [parameters, set] = useUrlState();
  const asked = parameters.get('tab');
  const open = tabs.some(([name]) => name === asked) ? asked : 'overview';
  const row = useRef<HTMLDivElement>(null);
  useEffect(() => {
    row.current?.querySelector('[aria-selected=true]')?.scrollIntoView({ block: 'nearest', inline: 'nearest' });
  }, [open]);
  return (
    <Tabs
      value={open}
      keepMounted={false}
      onChange={(name) => {
        set({ tab: name === 'overview' ? null : name }, { push: true });
      }}
    >
      <Tabs.List
        ref={row}
        aria-label={t('tabs.label')}
        className="hw-noprint hw-wide"
        style={{ flexWrap: 'nowrap', overflowX: 'auto', overflowY: 'hidden' }}
      >
        {tabs.map(([name]) => (
          <Tabs.Tab key={name} value={name} style={{ whiteSpace: 'nowrap', flexShrink: 0 }}>
            {t(`tabs.${name}`)}
          </Tabs.Tab>
        ))}
      </Tabs.List>
      {tabs.map(([name, content]) => (
        <Tabs.Panel key={name} value={name} pt="lg">
          {name === open ? content() : null}
        </Tabs.Panel>
      ))}
    </Tabs>
  );
}
