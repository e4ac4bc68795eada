import { Typography } from '@mantine/core';
import { IconSquare, IconSquareCheck } from '@tabler/icons-react';
import { useTranslation } from 'react-i18next';
import ReactMarkdown from 'react-markdown';
import rehypeSanitize from 'rehype-sanitize';
import remarkGfm from 'remark-gfm';

/** Headings of a description stand below those of the page around it. */
const HEADINGS = { h1: 'h3', h2: 'h4', h3: 'h5', h4: 'h6', h5: 'h6' } as const;

/**
 * A description as its author marked it up (GitHub Flavored Markdown: tables, task lists, bare links). HTML in it is
 * shown as text; links lead away without telling from where.
 */
export function Markdown({ text }: { readonly text: string }) {
  const { t } = useTranslation();
  return (
    <Typography className="hw-name hw-markdown">
      <ReactMarkdown
        remarkPlugins={[remarkGfm]}
        rehypePlugins={[rehypeSanitize]}
        disallowedElements={['img']}
        unwrapDisallowed
        components={{
          ...HEADINGS,
          // A wide table scrolls by itself instead of pushing the page aside; the keyboard reaches it for that.
          table: ({ children }) => (
            <div className="hw-wide" tabIndex={0} role="group" aria-label={t('table')}>
              <table>{children}</table>
            </div>
          ),
          // A task is told as done or not; a box that nobody may tick is no control.
          input: ({ checked }) => {
            const Icon = checked === true ? IconSquareCheck : IconSquare;
            return (
              <Icon
                size={18}
                role="img"
                aria-label={t(checked === true ? 'taskDone' : 'taskOpen')}
                style={{ verticalAlign: '-3px', color: 'var(--hw-quiet)' }}
              />
            );
          },
          // A link that was not safe has lost its address: its text stays.
          a: ({ href, children }) =>
            href === undefined || href === '' ? (
              <>{children}</>
            ) : (
              <a href={href} rel="noreferrer noopener nofollow" target="_blank" style={{ textDecoration: 'underline' }}>
                {children}
              </a>
            ),
        }}
      >
        {text}
      </ReactMarkdown>
    </Typography>
  );
}
