import { useEffect } from 'react';

const PATIENCE_MS = 3_000;

/**
 * Whoever goes back to a page goes on at the link that led away from it, as soon as it is there again, unless something
 * is done before. The links are those within an element of the page, and known while the page stays loaded.
 */
export function useReturnFocus(within: string): void {
  useEffect(() => {
    const followed = new Map<string, string>();
    let frame = 0;
    const stop = (): void => {
      cancelAnimationFrame(frame);
    };
    const remember = ({ target }: MouseEvent): void => {
      const link = target instanceof Element ? target.closest(`${within} a[href]`) : null;
      if (link !== null) followed.set(window.location.href, link.getAttribute('href') ?? '');
    };
    const restore = (): void => {
      stop();
      const address = window.location.href;
      const wanted = followed.get(address);
      if (wanted === undefined) return;
      followed.delete(address);
      const deadline = performance.now() + PATIENCE_MS;
      let wasThere = false;
      const look = (): void => {
        const link = document.querySelector<HTMLElement>(`${within} a[href="${CSS.escape(wanted)}"]`);
        // A page that has just been drawn may take the focus itself: a frame later it has.
        if (link !== null && wasThere) link.focus();
        else if (performance.now() < deadline) frame = requestAnimationFrame(look);
        wasThere = link !== null;
      };
      frame = requestAnimationFrame(look);
    };
    document.addEventListener('click', remember, true);
    window.addEventListener('popstate', restore);
    window.addEventListener('keydown', stop);
    window.addEventListener('pointerdown', stop);
    return () => {
      stop();
      document.removeEventListener('click', remember, true);
      window.removeEventListener('popstate', restore);
      window.removeEventListener('keydown', stop);
      window.removeEventListener('pointerdown', stop);
    };
  }, [within]);
}
