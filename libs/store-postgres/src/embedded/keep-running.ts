export interface KeepRunningOptions {
  readonly isRunning: () => Promise<boolean>;
  readonly start: () => Promise<void>;
  /** Told that the server has ended, before it is started again, and with the failure of a start. */
  readonly onEnded: (failure?: unknown) => void;
  readonly everyMs?: number;
}

/**
 * Looks again and again whether a server runs, and starts it where it has ended; a start that failed is tried at the
 * next look. The looks keep no process alive. The answer ends them, once a start under way is over.
 */
export function keepRunning({ isRunning, start, onEnded, everyMs = 1_000 }: KeepRunningOptions): () => Promise<void> {
  let isOver = false;
  let timer: NodeJS.Timeout | undefined;
  let looking: Promise<void> = Promise.resolve();
  const look = async (): Promise<void> => {
    try {
      if (!(await isRunning()) && !isOver) {
        onEnded();
        await start();
      }
    } catch (error) {
      onEnded(error);
    }
  };
  const lookLater = (): void => {
    if (isOver) return;
    timer = setTimeout(() => {
      looking = look();
      void looking.then(lookLater);
    }, everyMs);
    timer.unref();
  };
  lookLater();
  return async () => {
    isOver = true;
    clearTimeout(timer);
    await looking;
  };
}
