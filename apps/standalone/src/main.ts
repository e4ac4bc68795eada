import { parseArgs } from 'node:util';
import { setFlagsFromString } from 'node:v8';
import { ConfigError, EXIT_CONFIG, readConfig, type Config } from '@headwater/platform/config';
import { createLogger } from '@headwater/platform/logging/logger';
import { openDoor } from './first-start.js';
import { loadExample } from './load-example.js';
import { serve, type Parts, type Served } from './serve.js';
import { checkAddress, explainStartFailure } from './start-failure.js';
import { welcome, workerWelcome } from './welcome.js';

// Left alone, V8 lets the heap double between collections when memory is plentiful; a service beside a database should
// not. Measured by the memory bench: about a fifth less resident, at the same throughput. With 15 it is an eighth less
// again, and by the latency bench a single large request waits two to three times as long.
setFlagsFromString('--heap-growing-percent=30');

const USAGE = `Usage: npm start -- [options]
  --example         load the insurance-claims example, two weeks of events ending today
  --part api        serve the APIs only; a worker runs in another process
  --part worker     project only; the APIs run in other processes
Settings are environment variables: docker/settings.md lists them.`;

const { values } = readArguments();
if (values.help === true) {
  process.stdout.write(`${USAGE}\n`);
  process.exit(0);
}
const parts = partsOf(values.part);
const config = configOrExit();
const logger = createLogger({ level: config.logging.level });
const say = (message: string): void => {
  process.stdout.write(`${message}\n`);
};

let served: Served | undefined;
try {
  await checkAddress(config);
  const running = await serve(
    config,
    logger,
    (message) => {
      say(`  … ${message}`);
    },
    parts,
  );
  served = running;
  let isStopping = false;
  const stop = (signal: NodeJS.Signals): void => {
    if (isStopping) return;
    isStopping = true;
    logger.info({ signal }, 'stopping');
    // What was acknowledged is durable; what hangs must not keep the process for ever.
    setTimeout(() => process.exit(1), 10_000).unref();
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        logger.error({ err: error }, 'stopping failed');
        process.exit(1);
      },
    );
  };
  process.once('SIGINT', stop).once('SIGTERM', stop);
  if (parts.api) {
    const { url, engine, place, access } = running;
    const door = config.access.isOn ? await openDoor(access.parts, config, url) : null;
    const hasExample = values.example === true;
    if (hasExample) await loadExample(url, say, door?.token ?? null);
    say(welcome({ url, engine, place, door, hasExample }));
  } else say(workerWelcome(running));
} catch (error) {
  process.stderr.write(explainStartFailure(error, config));
  await served?.close();
  process.exit(1);
}

function readArguments() {
  try {
    return parseArgs({
      options: {
        example: { type: 'boolean' },
        part: { type: 'string' },
        help: { type: 'boolean', short: 'h' },
      },
    });
  } catch (error) {
    process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n${USAGE}\n`);
    process.exit(2);
  }
}

function partsOf(part: string | undefined): Parts {
  if (part === undefined) return { api: true, worker: true };
  if (part === 'api' || part === 'worker') return { api: part === 'api', worker: part === 'worker' };
  process.stderr.write(`--part must be api or worker\n${USAGE}\n`);
  process.exit(2);
}

function configOrExit(): Config {
  try {
    return readConfig();
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    process.stderr.write(`${error.message}\n`);
    process.exit(EXIT_CONFIG);
  }
}
