import { parseArgs } from 'node:util';
import { HeadwaterError } from '@headwater/domain/errors';
import { ConfigError, EXIT_CONFIG, readConfig, type Config } from '@headwater/platform/config';
import { createLogger } from '@headwater/platform/logging/logger';
import { currentGeneration, listGenerations } from '@headwater/store-postgres/migrate/generations';
import { SingleBar } from 'cli-progress';
import { diagnose } from './diagnose.js';
import { describeRules, switchRule } from './name-rules.js';
import { rebuild } from './rebuild.js';
import { graphOf, openStores, type Stores } from './stores.js';

const USAGE = `Usage: npm run headwater -- <command>
  rebuild    build the projection anew from the log, beside the running one, and switch to it
  status     how far the log, the catalog and the graph are
  doctor     look for what is wrong and say what to do about it
  rules      list the name rules; rules enable <name>, rules disable <name>: append an edit to the log
It works on the same settings and data directory as npm start, also while that runs.`;

const COMMANDS: Readonly<Record<string, (stores: Stores, config: Config) => Promise<void>>> = {
  rebuild: runRebuild,
  status: showStatus,
  doctor: runDoctor,
  rules: runRules,
};

const { positionals } = parseArgs({ allowPositionals: true, strict: false });
const [name = '', ...words] = positionals;
const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
if (command === undefined) {
  process.stderr.write(`${USAGE}\n`);
  process.exit(2);
}

try {
  const config = readConfig();
  const logger = createLogger({ level: 'warn' });
  const stores = await openStores(config, logger, () => undefined, { joinRunning: true });
  try {
    await command(stores, config);
  } finally {
    await stores.close();
  }
  process.exit(process.exitCode ?? 0);
} catch (error) {
  const isExpected = error instanceof HeadwaterError || error instanceof ConfigError;
  process.stderr.write(`${isExpected ? error.message : String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : 1);
}

async function runRebuild(stores: Stores): Promise<void> {
  const bar = new SingleBar({
    format: 'rebuilding [{bar}] {percentage}% | {value}/{total} events | {eta_formatted} left',
    noTTYOutput: true,
    notTTYSchedule: 5_000,
    stream: process.stdout,
  });
  bar.start((await stores.log.head()).position, 0);
  try {
    const generation = await rebuild(stores, createLogger({ level: 'warn' }), {
      onProgress: (done, total) => {
        bar.setTotal(total);
        bar.update(done);
      },
    });
    bar.stop();
    process.stdout.write(`Switched to generation ${String(generation)}.\n`);
  } finally {
    bar.stop();
  }
}

async function runDoctor(stores: Stores, config: Config): Promise<void> {
  const diagnoses = await diagnose(stores, config);
  for (const { subject, finding, advice } of diagnoses) {
    process.stdout.write(`${advice === null ? 'ok    ' : 'WRONG '} ${subject}: ${finding}\n`);
    if (advice !== null) process.stdout.write(`       ${advice}\n`);
  }
  if (diagnoses.some(({ advice }) => advice !== null)) process.exitCode = 1;
}

async function runRules(stores: Stores): Promise<void> {
  const [verb, rule] = words;
  if (verb === undefined) {
    for (const line of await describeRules(stores)) process.stdout.write(`${line}\n`);
    return;
  }
  if (verb !== 'enable' && verb !== 'disable') throw new HeadwaterError('INVALID_INPUT', USAGE);
  await switchRule(stores, rule ?? '', verb === 'enable');
  process.stdout.write('Stated in the log. It takes effect with the next rebuild: npm run headwater -- rebuild\n');
}

async function showStatus(stores: Stores): Promise<void> {
  const generation = await currentGeneration(stores.pool);
  const head = await stores.log.head();
  const lines = [`log         ${stores.log.logId}.${String(head.position)}`];
  if (generation === undefined) lines.push('projection  none yet: npm start makes it');
  else {
    const { rows } = await stores.pool.query<{ position: number }>(
      `SELECT position FROM projection_g${String(generation.number)}.projection_checkpoint WHERE name = 'catalog'`,
    );
    const catalog = rows[0]?.position ?? 0;
    const graph = graphOf(stores, generation.number);
    const reached = await graph.checkpoint().then(
      (checkpoint) => `${String(checkpoint.position)}, ${String(head.position - checkpoint.position)} events behind`,
      () => 'away',
    );
    lines.push(
      `catalog     ${String(catalog)}, ${String(head.position - catalog)} events behind (generation ${String(generation.number)})`,
      `graph       ${reached} (${graph.engine})`,
    );
    const building = (await listGenerations(stores.pool)).filter(({ state }) => state === 'BUILDING');
    for (const { number } of building)
      lines.push(`rebuild     generation ${String(number)} is being built, or was left unfinished`);
  }
  process.stdout.write(`${lines.join('\n')}\n`);
}
