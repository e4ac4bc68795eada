import { AccessDirectory } from '@headwater/application/access/access-directory';
import { CurrentRights } from '@headwater/application/access/current-rights';
import { HeadwaterError } from '@headwater/domain/errors';
import { ConfigError, EXIT_CONFIG, readConfig, type Config } from '@headwater/platform/config';
import { createLogger, type Logger } from '@headwater/platform/logging/logger';
import { SystemClock } from '@headwater/platform/system-clock';
import { SystemIdSource } from '@headwater/platform/system-id-source';
import { PostgresAccessStore } from '@headwater/store-postgres/access/postgres-access-store';
import { postgresCatalogReader } from '@headwater/store-postgres/catalog/postgres-catalog-reader';
import { ProjectionDatabase } from '@headwater/store-postgres/catalog/projection-database';
import { currentGeneration, generationSchema, listGenerations } from '@headwater/store-postgres/migrate/generations';
import { PostgresReportStore } from '@headwater/store-postgres/reports/postgres-report-store';
import { MICROS_PER_HOUR } from '@headwater/domain/time';
import { explain, UsageError, type AccessCommand, type DomainNames, type Output } from './commands/command-line.js';
import { dump, dumpWords, fileOf, verify } from './commands/dump-command.js';
import { importCommand } from './commands/import-command.js';
import { withBar } from './commands/progress.js';
import { makeReport, reportCommand, type ReportCommand } from './commands/report-command.js';
import { restore } from './commands/restore-command.js';
import { roleCommand } from './commands/role-command.js';
import { secretCommand } from './commands/secret-command.js';
import { tokenCommand } from './commands/token-command.js';
import { diagnose } from './diagnose.js';
import { describeRules, previewRules, ruleChange, stateRules } from './projection-rules.js';
import { rebuild } from './rebuild.js';
import { graphOf, openStores, type Stores } from './stores.js';

const USAGE = `Usage: npm run headwater -- <command>
  rebuild    build the projection anew from the log, beside the running one, and switch to it
  status     how far the log, the catalog and the graph are
  doctor     look for what is wrong and say what to do about it
  rules      list what the projection follows; append an edit to the log: enable <name rule>, disable <name rule>,
             misses <1-1000> (runs without a dataset that end its edge); preview [enable|disable <name rule>] reads the
             log and says which names would belong to another dataset or job, and changes nothing
  import     dbt --manifest <file> [--catalog <file>] --namespace <of the tables> [--job-namespace dbt] [--print]: takes in
             what a project of dbt declares; --print only prints it, as a batch of events
  token      create --name <what for> --owner <who> --scopes <a,b> [--writes <globs>] [--reads <globs>] [--expires 90d]
             list, rotate <id> [--overlap 24h], revoke <id>
  secret     rotate [hidden-ids] [sign-in] [--overlap 24h]: new keys of this installation
  dump <file>     [--without-secrets] everything that a catalog cannot be built without, as one file, while it runs
  verify <file>   read all of a dump and check every digest of it; no database is touched
  restore <file>  load a dump into an empty database, build the catalog, compare it with the one that was dumped
                  (of these three, - stands for standard output and input)
  report     coverage [--domain <id>] [--tags <a,b>], access [--from <time>] [--to <time>] [--types <a,b>] [--actor <id>]:
             --out <file, or folder of csv> [--format json|csv] [--known-at <time>]; the digest is the result
  role       grant <subject> <role> [--namespaces <globs>] [--domain <id>: edits what is in it alone], list, withdraw <id>
It works on the same settings and data directory as npm start, also while that runs.
Results go to standard output, all else to standard error: TOKEN=$(npm run -s headwater -- token create …)`;

const OUTPUT: Output = {
  result: (line) => void process.stdout.write(`${line}\n`),
  say: (line) => void process.stderr.write(`${line}\n`),
};

interface Surroundings {
  readonly config: Config;
  readonly logger: Logger;
}
type Command = (surroundings: Surroundings) => Promise<void>;

/** Words are judged before a store is opened. */
const COMMANDS: Readonly<Record<string, (words: readonly string[]) => Command>> = {
  rebuild: () => onStores(runRebuild),
  status: () => onStores(showStatus),
  doctor: () => onStores(runDoctor),
  rules: (words) => onStores((stores) => runRules(stores, words)),
  dump: (words) => {
    const understood = dumpWords(words);
    return onStores((stores) => dump(stores, understood, new Date(new SystemClock().now() / 1_000)));
  },
  verify: (words) => {
    const file = fileOf(words);
    return () => verify(file);
  },
  restore: (words) => {
    const file = fileOf(words);
    return ({ config, logger }) => restore(file, config, logger);
  },
  import: runImport,
  token: (words) => onStores(onAccess(tokenCommand(words))),
  report: (words) => {
    const understood = reportCommand(words);
    return onStores((stores, config) => runReport(stores, config, understood));
  },
  role: (words) => onStores(onAccess(roleCommand(words))),
  secret: (words) => onStores(onAccess(secretCommand(words))),
};

const [name = '', ...words] = process.argv.slice(2);
const command = commandOrExit();

try {
  const config = readConfig();
  await command({ config, logger: createLogger({ level: 'warn', destination: process.stderr }) });
  process.exit(process.exitCode ?? 0);
} catch (error) {
  if (error instanceof UsageError) process.stderr.write(`${error.message}\n`);
  else if (error instanceof HeadwaterError) process.stderr.write(`${explain(error)}\n`);
  else if (error instanceof ConfigError) process.stderr.write(`${error.message}\n`);
  else process.stderr.write(`${String(error instanceof Error ? error.stack : error)}\n`);
  process.exit(error instanceof ConfigError ? EXIT_CONFIG : 1);
}

function commandOrExit(): Command {
  try {
    const prepare = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
    if (prepare !== undefined) return prepare(words);
    process.stderr.write(`${USAGE}\n`);
  } catch (error) {
    if (error instanceof HeadwaterError) {
      process.stderr.write(`${explain(error)}\n`);
      process.exit(1);
    }
    const isParsed = error instanceof TypeError && 'code' in error;
    if (!(error instanceof UsageError || isParsed)) throw error;
    // Last, where people look: what was wrong, not how all else is called.
    process.stderr.write(`${USAGE}\n\n${error.message}\n`);
  }
  process.exit(2);
}

function onStores(run: (stores: Stores, config: Config, logger: Logger) => Promise<void>): Command {
  return async ({ config, logger }) => {
    const stores = await openStores(config, logger, () => undefined, { joinRunning: true });
    try {
      await run(stores, config, logger);
    } finally {
      await stores.close();
    }
  };
}

function runImport(words: readonly string[]): Command {
  const prepared = importCommand(words);
  // No store is needed to print it.
  if (prepared.isPrint)
    return () => {
      prepared.print(OUTPUT);
      return Promise.resolve();
    };
  return onStores(({ log }, { ingest }) => prepared.run({ log, clock: new SystemClock(), ingest }, OUTPUT));
}

function onAccess(run: AccessCommand): (stores: Stores) => Promise<void> {
  return async ({ url, pool, log }) => {
    const clock = new SystemClock();
    const store = new PostgresAccessStore({ url, pool, log, clock });
    const directory = new AccessDirectory(store, clock);
    try {
      await run({ store, directory, clock, ids: new SystemIdSource() }, OUTPUT, definitionsIn(pool));
    } finally {
      directory.close();
      await store.close();
    }
  };
}

/** Over the whole catalog, as whoever runs the command line sees it. */
async function runReport({ url, pool, log }: Stores, config: Config, command: ReportCommand): Promise<void> {
  const generation = await currentGeneration(pool);
  if (generation === undefined) throw new HeadwaterError('UNAVAILABLE', 'There is no catalog yet: npm start makes it');
  const catalog = postgresCatalogReader(new ProjectionDatabase(pool, () => generationSchema(generation.number)));
  const clock = new SystemClock();
  const access = new PostgresAccessStore({ url, pool, log, clock });
  const directory = new AccessDirectory(access, clock);
  const reports = new PostgresReportStore(pool, log);
  const retention = config.catalog.reportRetentionDays * 24 * MICROS_PER_HOUR;
  try {
    await makeReport(
      command,
      {
        ...{ reports, clock, retention, ids: new SystemIdSource() },
        sourcesOf: () => ({ catalog, access }),
        rights: new CurrentRights(directory, clock),
      },
      OUTPUT,
    );
  } finally {
    directory.close();
    await access.close();
  }
}

/** Of the current generation of the catalog; none where there is none yet. */
function definitionsIn(pool: Stores['pool']): DomainNames {
  return {
    async definitions(...asked) {
      const generation = await currentGeneration(pool);
      if (generation === undefined) return new Map();
      const database = new ProjectionDatabase(pool, () => `projection_g${String(generation.number)}`);
      return postgresCatalogReader(database).definitions(...asked);
    },
  };
}

async function runRebuild(stores: Stores, _: Config, logger: Logger): Promise<void> {
  const generation = await withBar({ stores, what: 'rebuilding', stream: process.stdout }, (onProgress) =>
    rebuild(stores, logger, { onProgress }),
  );
  process.stdout.write(`Switched to generation ${String(generation)}.\n`);
}

async function runDoctor(stores: Stores, config: Config): Promise<void> {
  const diagnoses = await diagnose(stores, config);
  for (const { subject, finding, advice } of diagnoses) {
    process.stdout.write(`${advice === null ? 'ok    ' : 'WRONG '} ${subject}: ${finding}\n`);
    if (advice !== null) process.stdout.write(`       ${advice}\n`);
  }
  if (diagnoses.some(({ advice }) => advice !== null)) process.exitCode = 1;
}

async function runRules(stores: Stores, words: readonly string[]): Promise<void> {
  const isPreview = words[0] === 'preview';
  const [verb, word = ''] = isPreview ? words.slice(1) : words;
  const change = verb === undefined ? {} : ruleChange(verb, word);
  if (change === undefined) throw new HeadwaterError('INVALID_INPUT', USAGE);
  if (isPreview) {
    print(
      await withBar({ stores, what: 'reading', stream: process.stderr }, (onProgress) =>
        previewRules(stores, change, onProgress),
      ),
    );
  } else if (verb === undefined) {
    print(await describeRules(stores));
  } else {
    await stateRules(stores, change);
    print(['Stated in the log. It takes effect with the next rebuild: npm run headwater -- rebuild']);
  }
}

function print(lines: readonly string[]): void {
  for (const line of lines) process.stdout.write(`${line}\n`);
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
