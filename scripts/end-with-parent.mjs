const LOOK_EVERY_MS = 500;

/**
 * Ends this process, as SIGTERM does, once whoever started it is gone. A signal for npm alone (`npm start & kill $!`)
 * ends npm and its shell and is never passed on: a server would run on, unseen, and hold its data directory.
 * Does nothing where npm did not start it.
 */
export function endWithParent() {
  if (process.env.npm_lifecycle_event === undefined) return;
  const parent = process.ppid;
  const watch = setInterval(() => {
    if (process.ppid === parent) return;
    clearInterval(watch);
    process.kill(process.pid, 'SIGTERM');
  }, LOOK_EVERY_MS);
  watch.unref();
}
