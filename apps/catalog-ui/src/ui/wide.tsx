import { useCallback, useState, type ReactNode } from 'react';

interface WideProps {
  readonly label: string;
  /** How narrow the content gets before it moves sideways. */
  readonly minWidth: number;
  readonly children: ReactNode;
}

/**
 * Content that may be wider than its place. Where it is, it moves sideways by itself, a shadow at the edge says that there
 * is more, and the keyboard reaches it.
 */
export function Wide({ label, minWidth, children }: WideProps) {
  const [isCut, setIsCut] = useState(false);
  const measure = useCallback((place: HTMLDivElement | null) => {
    if (place === null) return;
    const observer = new ResizeObserver(() => {
      setIsCut(place.scrollWidth > place.clientWidth);
    });
    observer.observe(place);
    if (place.firstElementChild !== null) observer.observe(place.firstElementChild);
    return () => {
      observer.disconnect();
    };
  }, []);
  return (
    <div ref={measure} className="hw-wide" {...(isCut ? { tabIndex: 0, role: 'region', 'aria-label': label } : {})}>
      <div style={{ minWidth }}>{children}</div>
    </div>
  );
}
