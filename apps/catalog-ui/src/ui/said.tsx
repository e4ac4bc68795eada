import { Text } from '@mantine/core';
import { useEffect, useRef } from 'react';

/**
 * What came of what was asked for last: read out, and focused, since the button that asked may be gone with its line.
 * Empty while nothing was.
 */
export function Said({ children }: { readonly children: string }) {
  const line = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (children !== '') line.current?.focus();
  }, [children]);
  return (
    <div ref={line} role="status" tabIndex={-1} style={{ outline: 'none' }}>
      {children === '' ? null : <Text className="hw-name">{children}</Text>}
    </div>
  );
}
