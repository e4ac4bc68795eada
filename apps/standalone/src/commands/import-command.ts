import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { ImportDbt, translateDbt, type DbtArtifacts } from '@headwater/application/ingest/dbt/import-dbt';
import type { DbtEvents, DbtOptions } from '@headwater/application/ingest/dbt/dbt-events';
import { CLI_PRINCIPAL } from '@headwater/application/access/principals';
import type { Clock, EventLog } from '@headwater/domain/ports';
import type { Config } from '@headwater/platform/config';
import { needed, UsageError, type Output } from './command-line.js';

/** As dbt-ol names the jobs of dbt unless OPENLINEAGE_NAMESPACE says otherwise. */
const JOB_NAMESPACE = 'dbt';

export interface ImportPorts {
  readonly log: EventLog;
  readonly clock: Clock;
  readonly ingest: Config['ingest'];
}

/** Of one kind and reason; a project has hundreds of tests. */
const MOST_NAMES = 20;

export interface ImportCommand {
  /** Only prints the events, as a batch that the ingest endpoint of any server takes. */
  readonly isPrint: boolean;
  /** Throws INVALID_INPUT with faults. */
  print(output: Output): void;
  /** Throws INVALID_INPUT with faults, UNAVAILABLE. */
  run(ports: ImportPorts, output: Output): Promise<void>;
}

/** `import dbt`. The files are read at once. Throws UsageError. */
export function importCommand([what = '', ...words]: readonly string[]): ImportCommand {
  if (what !== 'dbt') throw new UsageError('import must be followed by dbt');
  const text = { type: 'string' } as const;
  const { values } = parseArgs({
    args: [...words],
    options: { manifest: text, catalog: text, namespace: text, 'job-namespace': text, print: { type: 'boolean' } },
  });
  const manifest = contentOf(
    '--manifest',
    needed('--manifest, the manifest.json in the target folder of dbt,', values.manifest),
  );
  const catalog = values.catalog === undefined ? null : contentOf('--catalog', values.catalog);
  const namespace = needed('--namespace, where the tables of dbt are, such as postgres://host:5432,', values.namespace);
  const artifacts: DbtArtifacts = { manifest, catalog };
  const options: DbtOptions = {
    namespace,
    jobNamespace: needed('--job-namespace', values['job-namespace'] ?? JOB_NAMESPACE),
  };
  return {
    isPrint: values.print === true,
    print: (output) => {
      const { events, ...told } = translateDbt(artifacts, options);
      output.result(JSON.stringify(events));
      tell(told, output);
    },
    run: async ({ log, clock, ingest }, output) => {
      const use = new ImportDbt(log, clock, ingest);
      const writes = CLI_PRINCIPAL.where('lineage:write');
      const { events, duplicates, position, ...told } = await use.execute(artifacts, options, writes);
      tell(told, output);
      output.say(`${String(events - duplicates)} events are new, ${String(duplicates)} were in the log before.`);
      if (position !== null) output.result(position);
    },
  };
}

function tell({ jobs, datasets, leftOut }: Omit<DbtEvents, 'events'>, output: Output): void {
  output.say(`${String(jobs)} jobs and ${String(datasets)} datasets are declared.`);
  if (leftOut.length > 0) output.say('Left out:');
  for (const { kind, because, names } of leftOut) {
    const more = names.length - MOST_NAMES;
    const shown = names.slice(0, MOST_NAMES).join(', ');
    output.say(
      `  ${kind} ${String(names.length)}, ${because}: ${shown}${more > 0 ? `, and ${String(more)} more` : ''}`,
    );
  }
}

function contentOf(option: string, path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    const why = error instanceof Error ? error.message : String(error);
    throw new UsageError(`${option} cannot be read: ${why}`);
  }
}
