import { Text } from '@mantine/core';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useQuery } from 'urql';
import { graphql } from '../../graphql/tada.js';
import { href } from '../../lib/node-id.js';
import { PageLink } from '../../ui/link.js';
import { Markdown } from '../../ui/markdown.js';
import { Answer } from '../../ui/problem.js';
import { Time } from '../../ui/time.js';
import classes from './asset.module.css';
import { useAsOf } from './use-as-of.js';

const HISTORY = graphql(`
  query DescriptionHistory($id: ID!) {
    node(id: $id) {
      __typename
      ... on Dataset {
        descriptionHistory {
          text
          since
          until
          producer
          reason
          position
        }
      }
      ... on Job {
        descriptionHistory {
          text
          since
          until
          producer
          reason
          position
        }
      }
      ... on Field {
        descriptionHistory {
          text
          since
          until
          producer
          reason
          position
        }
      }
    }
  }
`);

function Versions({ id }: { readonly id: string }) {
  const { t } = useTranslation('asset');
  const [{ data, error }, again] = useQuery({
    query: HISTORY,
    variables: { id },
    requestPolicy: 'cache-and-network',
  });
  const node = data?.node;
  const versions = node != null && 'descriptionHistory' in node ? node.descriptionHistory : undefined;
  return (
    <Answer
      data={versions}
      error={error}
      lines={2}
      onRetry={() => {
        again({ requestPolicy: 'network-only' });
      }}
    >
      {(found) =>
        found.length === 0 ? (
          <Text className="hw-quiet">{t('descriptionNone')}</Text>
        ) : (
          <ol className={classes['list']} reversed>
            {found.map(({ text, since, until, producer, reason, position }) => (
              <li key={`${position} ${since}`}>
                <Markdown text={text} />
                <Text size="xs" className="hw-quiet hw-name">
                  <Time at={since} absolute />
                  {until === null ? null : (
                    <>
                      {' – '}
                      <Time at={until} absolute />
                    </>
                  )}
                  {', '}
                  <PageLink to={href('/operations/events', { event: position })} inherit underline="always">
                    {t('descriptionBy', { by: producer ?? t('descriptionBySomebody') })}
                  </PageLink>
                  {reason === null ? null : `: ${reason}`}
                </Text>
              </li>
            ))}
          </ol>
        )
      }
    </Answer>
  );
}

/** What something was described as before: who said so, and when. Asked for once it is opened; nothing of a past moment. */
export function DescriptionHistory({ id }: { readonly id: string }) {
  const { t } = useTranslation('asset');
  const [isOpen, setOpen] = useState(false);
  if (useAsOf() !== null) return null;
  return (
    <details
      className={`${classes['overruled'] ?? ''} hw-noprint`}
      onToggle={({ currentTarget: { open } }) => {
        setOpen(open);
      }}
    >
      <summary>{t('descriptionHistory')}</summary>
      {isOpen ? <Versions id={id} /> : null}
    </details>
  );
}
