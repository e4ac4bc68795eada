import { useTranslation } from 'react-i18next';

/** Roles of owners that have a name in every language; others are shown as they are. */
const NAMED = ['OWNER', 'TECHNICAL_OWNER', 'STEWARD', 'MAINTAINER'] as const;

interface OwnerRoles {
  /** What a role is called: a role that an organization made up by its own text. */
  readonly nameOf: (role: string) => string;
  /** The role that is called so; any other text is a role by itself. */
  readonly roleOf: (name: string) => string;
}

/** Roles of owners as they are called in the language of the page. */
export function useOwnerRoles(): OwnerRoles {
  const { t } = useTranslation();
  return {
    nameOf: (role) => {
      const known = NAMED.find((one) => one === role);
      return known === undefined ? role : t(`ownerRole.${known}`);
    },
    roleOf: (name) => NAMED.find((one) => t(`ownerRole.${one}`) === name.trim()) ?? name,
  };
}
