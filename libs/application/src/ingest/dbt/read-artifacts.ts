import { coded, HeadwaterError, type InputFault } from '@headwater/domain/errors';
import { z } from 'zod';

/** Versions of manifest.json that are read: those of dbt 1.0 and later. */
const FIRST_VERSION = 4;
const LAST_VERSION = 12;
const CATALOG_VERSION = 1;
const MOST_FAULTS = 20;

const text = z.string().min(1);
const prose = z.string().nullish();
const META = z.record(z.string(), z.unknown()).nullish();
const TAGS = z
  .union([z.array(z.string()), z.string()])
  .nullish()
  .transform((tags) => [tags ?? []].flat());
const DEPENDS_ON = z
  .looseObject({ nodes: z.array(z.string()).nullish() })
  .nullish()
  .transform((on) => on?.nodes ?? []);
const COLUMNS = z
  .record(z.string(), z.looseObject({ name: text, description: prose, data_type: z.string().nullish(), tags: TAGS }))
  .nullish()
  .transform((columns) => Object.values(columns ?? {}));

/** What lies or would lie in a database. */
const RELATION = z.looseObject({
  unique_id: text,
  resource_type: text,
  database: z.string().nullish(),
  schema: z.string().nullish(),
  name: text,
  description: prose,
  columns: COLUMNS,
  tags: TAGS,
  meta: META,
  original_file_path: z.string().nullish(),
});
const NODE = RELATION.extend({
  alias: z.string().nullish(),
  config: z.looseObject({ materialized: z.string().nullish(), meta: META }).nullish(),
  depends_on: DEPENDS_ON,
  group: z.string().nullish(),
  compiled_code: z.string().nullish(),
  /** As versions before 7 name it. */
  compiled_sql: z.string().nullish(),
});
const SOURCE = RELATION.extend({ identifier: z.string().nullish(), source_description: prose });
const OWNER = z.looseObject({ name: z.unknown(), email: z.unknown() });
const EXPOSURE = z.looseObject({
  unique_id: text,
  name: text,
  label: z.string().nullish(),
  type: z.string().nullish(),
  description: prose,
  url: z.string().nullish(),
  owner: OWNER.nullish(),
  tags: TAGS,
  depends_on: DEPENDS_ON,
  original_file_path: z.string().nullish(),
});

const METADATA = z.looseObject({ dbt_schema_version: text, generated_at: z.iso.datetime({ offset: true }) });
const MANIFEST = z.looseObject({
  metadata: METADATA.extend({ dbt_version: z.string().nullish(), adapter_type: z.string().nullish() }),
  nodes: z.record(z.string(), NODE),
  sources: z.record(z.string(), SOURCE).nullish(),
  exposures: z.record(z.string(), EXPOSURE).nullish(),
  metrics: z.record(z.string(), z.unknown()).nullish(),
});

const TABLE = z.looseObject({
  metadata: z.looseObject({ type: z.string().nullish(), comment: prose }).nullish(),
  columns: z.record(
    z.string(),
    z.looseObject({ name: text, type: z.string().nullish(), index: z.number().nullish(), comment: prose }),
  ),
});
const CATALOG = z.looseObject({
  metadata: METADATA,
  nodes: z.record(z.string(), TABLE),
  sources: z.record(z.string(), TABLE).nullish(),
});

export type DbtManifest = z.infer<typeof MANIFEST>;
export type DbtNode = z.infer<typeof NODE>;
export type DbtSource = z.infer<typeof SOURCE>;
export type DbtExposure = z.infer<typeof EXPOSURE>;
export type DbtCatalog = z.infer<typeof CATALOG>;
export type DbtTable = z.infer<typeof TABLE>;

/** manifest.json of dbt. Throws INVALID_INPUT, with faults below `/manifest`, for another version or shape. */
export function readManifest(json: string): DbtManifest {
  const value = parsed('manifest', json);
  const version = versionOf('manifest', value);
  if (version < FIRST_VERSION || version > LAST_VERSION)
    throw refused('manifest', [
      {
        pointer: '/manifest/metadata/dbt_schema_version',
        ...coded(
          'OTHER_DBT_VERSION',
          `is version ${String(version)}; versions ${String(FIRST_VERSION)} to ${String(LAST_VERSION)} are read, which dbt 1.0 and later write: run "dbt parse" with such a dbt`,
          { version, known: `${String(FIRST_VERSION)}–${String(LAST_VERSION)}` },
        ),
      },
    ]);
  return checked('manifest', MANIFEST, value);
}

/** catalog.json of dbt. Throws INVALID_INPUT, with faults below `/catalog`, for another version or shape. */
export function readCatalog(json: string): DbtCatalog {
  const value = parsed('catalog', json);
  const version = versionOf('catalog', value);
  if (version !== CATALOG_VERSION)
    throw refused('catalog', [
      {
        pointer: '/catalog/metadata/dbt_schema_version',
        ...coded('OTHER_DBT_VERSION', `is version ${String(version)}; version ${String(CATALOG_VERSION)} is read`, {
          ...{ version, known: CATALOG_VERSION },
        }),
      },
    ]);
  return checked('catalog', CATALOG, value);
}

type Artifact = 'manifest' | 'catalog';

function parsed(artifact: Artifact, json: string): unknown {
  try {
    return JSON.parse(json.replace(/^\uFEFF/, ''));
  } catch (error) {
    const why = error instanceof Error ? error.message : '';
    throw refused(artifact, [{ pointer: `/${artifact}`, ...coded('NO_JSON', `is no JSON: ${why}`, { problem: why }) }]);
  }
}

/** Of `https://schemas.getdbt.com/dbt/manifest/v12.json` the 12. */
function versionOf(artifact: Artifact, value: unknown): number {
  const read = z.looseObject({ metadata: z.looseObject({ dbt_schema_version: z.string() }) }).safeParse(value);
  const [, of, version] =
    /\/dbt\/([a-z-]+)\/v(\d+)(?:\.json)?$/.exec(read.data?.metadata.dbt_schema_version ?? '') ?? [];
  if (of === artifact) return Number(version);
  throw refused(artifact, [
    {
      pointer: `/${artifact}`,
      ...coded('NO_DBT_ARTIFACT', `must be the ${artifact}.json of dbt, whose metadata name its version`, { artifact }),
    },
  ]);
}

function checked<T>(artifact: Artifact, schema: z.ZodType<T>, value: unknown): T {
  const read = schema.safeParse(value);
  if (read.success) return read.data;
  throw refused(
    artifact,
    read.error.issues.slice(0, MOST_FAULTS).map(({ path, message }) => ({
      pointer: ['', artifact, ...path.map((part) => String(part).replaceAll('~', '~0').replaceAll('/', '~1'))].join(
        '/',
      ),
      ...coded('WRONG_SHAPE', message, { problem: message }),
    })),
  );
}

function refused(artifact: Artifact, faults: readonly InputFault[]): HeadwaterError {
  return new HeadwaterError('INVALID_INPUT', `The ${artifact}.json of dbt cannot be imported`, { faults });
}
