import type { Head } from './edge-model.js';

const COLORS: Readonly<Record<Head, string>> = {
  plain: 'var(--hw-edge)',
  control: 'var(--hw-edge)',
  lit: 'var(--hw-dataset)',
  selected: 'var(--mantine-primary-color-filled)',
  added: 'var(--hw-good)',
  lapsed: 'var(--hw-bad)',
};

/** The heads that lines end in, by name; control has an open one. */
export function EdgeHeads() {
  return (
    <svg aria-hidden style={{ position: 'absolute', width: 0, height: 0 }}>
      <defs>
        {Object.entries(COLORS).map(([head, color]) => (
          <marker
            key={head}
            id={`hw-head-${head}`}
            viewBox="0 0 10 10"
            refX="9"
            refY="5"
            markerWidth="9"
            markerHeight="9"
            markerUnits="userSpaceOnUse"
            orient="auto"
          >
            {head === 'control' ? (
              <path d="M1 1 L9 5 L1 9" fill="none" strokeWidth="1.5" style={{ stroke: color }} />
            ) : (
              <path d="M0 1 L10 5 L0 9 z" style={{ fill: color }} />
            )}
          </marker>
        ))}
      </defs>
    </svg>
  );
}
