import { Badge } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { AssetLink } from '../../ui/asset-link.js';
import { Section } from '../../ui/page.js';
import { Time } from '../../ui/time.js';
import { AssetFrame } from './asset-header.js';
import { Details, LongText } from './asset-parts.js';
import type { AssetAnswer, NodeOf } from './asset-query.js';
import { AssetTabs } from './asset-tabs.js';
import { Tags } from './facts.js';
import { Flow } from './flow.js';
import { Description, Overview } from './overview.js';
import { QualityTab } from './quality-tab.js';
import { useAsOf } from './use-as-of.js';

/** The page of a field: what it is, and where its values come from and go. */
export function FieldView({ node, answer }: { readonly node: NodeOf<'Field'>; readonly answer: AssetAnswer }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const { dataset } = node;
  return (
    <AssetFrame
      id={node.id}
      kind="FIELD"
      name={node.segments.join('.')}
      within={
        <AssetLink
          id={dataset.id}
          kind="DATASET"
          name={dataset.displayName}
          namespace={dataset.namespace}
          asOf={asOf}
        />
      }
      marks={node.goneAt === null ? null : <Badge variant="default">{t('fieldGone')}</Badge>}
    >
      <AssetTabs
        tabs={[
          [
            'overview',
            () => (
              <Overview
                aside={
                  <>
                    <Tags id={node.id} tags={node.tags} />
                    <Section title={t('details')}>
                      <Details
                        entries={[
                          [
                            t('type'),
                            node.type === null ? null : <LongText text={node.type} className="hw-mono hw-name" />,
                          ],
                          [t('fullName'), node.segments.join('.')],
                          [t('deletedAt'), node.goneAt === null ? null : <Time at={node.goneAt} absolute />],
                        ]}
                      />
                    </Section>
                  </>
                }
              >
                <Description text={node.fieldDescription} />
                <Flow id={node.id} around={answer.lineage} />
              </Overview>
            ),
          ],
          ['quality', () => <QualityTab id={node.id} />],
        ]}
      />
    </AssetFrame>
  );
}
