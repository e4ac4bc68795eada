import { ActionIcon, Menu, useMantineColorScheme, type MantineColorScheme } from '@mantine/core';
import {
  IconApi,
  IconCheck,
  IconDeviceDesktop,
  IconLogout,
  IconMoon,
  IconSun,
  IconUserCircle,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { useViewer } from '../graphql/viewer.js';
import { chooseLanguage, LANGUAGES } from '../i18n/i18n.js';

const SCHEMES = [
  ['light', IconSun],
  ['dark', IconMoon],
  ['auto', IconDeviceDesktop],
] as const satisfies readonly (readonly [MantineColorScheme, unknown])[];
const SCHEME_NAMES = { light: 'light', dark: 'dark', auto: 'system' } as const;
const LANGUAGE_NAMES = { en: 'English', de: 'Deutsch' } as const;

const check = <IconCheck size={16} aria-hidden />;

/** As a form of a page does it; one within the menu would be gone with it before it is sent. */
function signOut(): void {
  const form = document.createElement('form');
  form.method = 'post';
  form.action = '/auth/sign-out';
  document.body.append(form);
  form.submit();
}

/** Who is signed in, how the pages look and speak, and the way out. */
export function PreferencesMenu() {
  const { t, i18n } = useTranslation('shell');
  const { colorScheme, setColorScheme } = useMantineColorScheme();
  const viewer = useViewer();
  return (
    // In place, so that it stays part of the banner; the focus begins at the first item, as menus have it.
    <Menu position="bottom-end" width={240} withinPortal={false} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon variant="subtle" color="gray" size="lg" aria-label={t('account')}>
          <IconUserCircle size={22} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {viewer === null ? null : <Menu.Label className="hw-name">{t('signedInAs', { name: viewer.name })}</Menu.Label>}
        <Menu.Label>{t('theme')}</Menu.Label>
        {SCHEMES.map(([scheme, Icon]) => (
          <Menu.Item
            key={scheme}
            leftSection={<Icon size={16} aria-hidden />}
            rightSection={colorScheme === scheme ? check : null}
            aria-current={colorScheme === scheme}
            onClick={() => {
              setColorScheme(scheme);
            }}
          >
            {t(SCHEME_NAMES[scheme])}
          </Menu.Item>
        ))}
        <Menu.Label>{t('language')}</Menu.Label>
        {LANGUAGES.map((language) => (
          <Menu.Item
            key={language}
            lang={language}
            rightSection={i18n.language === language ? check : null}
            aria-current={i18n.language === language}
            onClick={() => void chooseLanguage(language)}
          >
            {LANGUAGE_NAMES[language]}
          </Menu.Item>
        ))}
        <Menu.Divider />
        <Menu.Item component="a" href="/graphql" leftSection={<IconApi size={16} aria-hidden />}>
          {t('api')}
        </Menu.Item>
        {viewer?.kind === 'LOCAL' ? null : (
          <Menu.Item leftSection={<IconLogout size={16} aria-hidden />} onClick={signOut}>
            {t('signOut')}
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
