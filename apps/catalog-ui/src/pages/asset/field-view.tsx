import { Badge, Button } from '@mantine/core';
import { IconListCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import { Link } from 'wouter';
import { href } from '../../lib/node-id.js';
import { AssetLink } from '../../ui/asset-link.js';
import { Time } from '../../ui/time.js';
import { AssetFrame } from './asset-header.js';
import { DetailsSection, LongText } from './asset-parts.js';
import type { AssetAnswer, NodeOf } from './asset-query.js';
import { AssetTabs } from './asset-tabs.js';
import { DescriptionSection } from './edit/description.js';
import { TagsSection } from './edit/tags.js';
import { TermsSection } from './edit/terms.js';
import { Flow } from './flow.js';
import { DescriptionHistory } from './description-history.js';
import { Overview } from './overview.js';
import { QualityTab } from './quality-tab.js';
import { isBy } from './run-then.js';
import { useAsOf } from './use-as-of.js';

/** The page of a field: what it is, and where its values come from and go. */
export function FieldView({ node, answer }: { readonly node: NodeOf<'Field'>; readonly answer: AssetAnswer }) {
  const { t } = useTranslation('asset');
  const asOf = useAsOf();
  const { dataset } = node;
  // Of the past, the schema of the dataset tells; a field behind its first hundred is shown as it is now.
  const then = dataset.fieldsThen?.edges.find((edge) => edge.node.id === node.id)?.node;
  const { type, description } = then ?? { type: node.type, description: node.fieldDescription };
  return (
    <AssetFrame
      id={node.id}
      kind="FIELD"
      name={node.segments.join('.')}
      within={
        <AssetLink id={dataset.id} kind="DATASET" name={dataset.name} namespace={dataset.namespace} asOf={asOf} />
      }
      actions={
        <Button
          component={Link}
          href={href('/plan', { target: node.id })}
          size="xs"
          variant="default"
          leftSection={<IconListCheck size={14} aria-hidden />}
        >
          {t('collect')}
        </Button>
      }
      marks={
        node.goneAt === null || !isBy(node.goneAt, asOf) ? null : (
          <Badge variant="default" tt="none">
            {t('fieldGone')}
          </Badge>
        )
      }
    >
      <AssetTabs
        tabs={[
          [
            'overview',
            () => (
              <Overview
                aside={
                  <>
                    <TagsSection id={node.id} tags={[...node.tags, ...(node.carriedTags ?? [])]} />
                    <TermsSection id={node.id} terms={node.termAssignments} />
                    <DetailsSection
                      entries={[
                        [
                          t('type'),
                          type === null ? null : <LongText text={type} className="hw-mono hw-name" />,
                          then === undefined,
                        ],
                        [t('fullName'), node.segments.join('.')],
                        [t('deletedAt'), node.goneAt === null ? null : <Time at={node.goneAt} absolute />, true],
                      ]}
                    />
                  </>
                }
              >
                <div>
                  <DescriptionSection id={node.id} text={description} isOfNow={then === undefined} />
                  <DescriptionHistory id={node.id} />
                </div>
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
