import { Typography } from '@mantine/core';
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
            <div className="hw-wide" tabIndex={0} role="region" aria-label={t('table')}>
              <table>{children}</table>
            </div>
          ),
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
