import {
  IconAdjustments,
  IconBrain,
  IconCategory,
  IconColumns3,
  IconDatabase,
  IconPackage,
  IconStack2,
  IconUser,
  IconPlayerPlay,
  IconSettingsAutomation,
  IconVersions,
  IconVocabulary,
} from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';

const LOOKS = {
  DATASET: { Icon: IconDatabase, color: 'var(--hw-dataset)' },
  MODEL: { Icon: IconBrain, color: 'var(--hw-dataset)' },
  JOB: { Icon: IconSettingsAutomation, color: 'var(--hw-job)' },
  FIELD: { Icon: IconColumns3, color: 'var(--hw-field)' },
  RUN: { Icon: IconPlayerPlay, color: 'var(--hw-run)' },
  VERSION: { Icon: IconVersions, color: 'var(--hw-dataset)' },
  DOMAIN: { Icon: IconCategory, color: 'var(--hw-quiet)' },
  TERM: { Icon: IconVocabulary, color: 'var(--hw-quiet)' },
  LOGICAL_DATASET: { Icon: IconStack2, color: 'var(--hw-dataset)' },
  DATA_PRODUCT: { Icon: IconPackage, color: 'var(--hw-quiet)' },
  AGENT: { Icon: IconUser, color: 'var(--hw-quiet)' },
  PROPERTY: { Icon: IconAdjustments, color: 'var(--hw-quiet)' },
} as const;

export type ShownKind = keyof typeof LOOKS;

/** The kind as the pages show it; kinds without a look of their own show as datasets. */
export function shownKind(kind: string): ShownKind {
  return kind in LOOKS ? (kind as ShownKind) : 'DATASET';
}

/** A dataset whose type says that it is a model shows as one; everything else as what it is. */
export function kindOfAsset(kind: string, datasetType: string | null): string {
  return datasetType?.toUpperCase() === 'MODEL' ? 'MODEL' : kind;
}

export const kindColor = (kind: string): string => LOOKS[shownKind(kind)].color;

interface KindIconProps {
  readonly kind: string;
  readonly size?: number;
}

/** A node's kind as a picture, with its name for those who do not see it. */
export function KindIcon({ kind, size = 18 }: KindIconProps) {
  const { t } = useTranslation();
  return <KindSign kind={kind} size={size} label={t(`kind.${shownKind(kind)}`)} />;
}

/** The same where its name is at hand: for pictures of hundreds. */
export function KindSign({ kind, size = 18, label }: KindIconProps & { readonly label: string }) {
  const { Icon, color } = LOOKS[shownKind(kind)];
  return <Icon role="img" aria-label={label} size={size} color={color} stroke={1.7} style={{ flexShrink: 0 }} />;
}
