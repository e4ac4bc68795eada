const SHORTEST_MS = 500;
const LONGEST_MS = 10_000;

/**
 * Waits before connecting anew: twice as long after each try, at most ten seconds, and spread, so that not all pages
 * ask a restarted server at once. It ends at once when the browser has its network back.
 */
export function untilNextTry(tries: number): Promise<void> {
  const longestMs = Math.min(LONGEST_MS, SHORTEST_MS * 2 ** tries);
  return new Promise((resolve) => {
    const go = (): void => {
      clearTimeout(timer);
      window.removeEventListener('online', go);
      resolve();
    };
    const timer = setTimeout(go, longestMs * (0.5 + Math.random() / 2));
    window.addEventListener('online', go);
  });
}
