/** Which of the shipped name rules apply (rule 26). A setting in the log; changing it takes a rebuild. */
export interface NameRules {
  /** Scheme and host of a namespace in lower case. */
  readonly hostCase: boolean;
  /** `postgres://host` is `postgres://host:5432`. */
  readonly defaultPort: boolean;
  /** `s3a://` and `s3n://` are `s3://`. */
  readonly s3Scheme: boolean;
  /** dbt jobs of one `dbt_node.unique_id` are one job. */
  readonly dbtUniqueId: boolean;
  /** `db/db/table` is `db/table`. */
  readonly repeatedDatabase: boolean;
  /** `/out/1729097570970` and `dt=2026-11-23` are one dataset each: `/out/*`, `dt=*`. */
  readonly datedPaths: boolean;
  /** dbt's `….sql.N` jobs are one job, its `…dbt_test__audit…` datasets one dataset a schema. */
  readonly dbtStatements: boolean;
}

export const DEFAULT_NAME_RULES: NameRules = {
  hostCase: true,
  defaultPort: true,
  s3Scheme: true,
  dbtUniqueId: true,
  repeatedDatabase: true,
  datedPaths: false,
  dbtStatements: false,
};

/** Default ports of the schemes of OpenLineage's naming specification. */
const DEFAULT_PORTS: Readonly<Record<string, string>> = {
  postgres: '5432',
  postgresql: '5432',
  mysql: '3306',
  redshift: '5439',
  sqlserver: '1433',
  mssql: '1433',
  oracle: '1521',
  kafka: '9092',
  trino: '8080',
  cassandra: '9042',
  db2: '50000',
  hive: '10000',
  teradata: '1025',
  hdfs: '8020',
};

// Only these name a host behind the scheme; a bucket or account name is case sensitive or has no port.
const AUTHORITY = /^([A-Za-z][A-Za-z0-9+.-]*):\/\/([^/?#]*)(.*)$/s;
const DATED =
  /^(?:\d{10,}|\d{4}-\d{2}-\d{2}(?:[T_ ].*)?|\d{8}(?:T?\d{4,6})?|[0-9a-f]{8}-(?:[0-9a-f]{4}-){3}[0-9a-f]{12})$/i;

export interface AssetName {
  readonly namespace: string;
  readonly name: string;
}

/** The dataset name that the rules make of a name as sent; the same object where they change nothing. */
export function normalizeDatasetName(sent: AssetName, rules: NameRules): AssetName {
  const namespace = normalizeNamespace(sent.namespace, rules);
  let name = sent.name;
  // `*` stands for a dated part: two of them in a row are no database said twice.
  if (rules.repeatedDatabase) name = name.replace(/^([^/*]+)(?:\/\1)+\/(?=[^/])/, '$1/');
  if (rules.datedPaths) name = name.split('/').map(undated).join('/');
  if (rules.dbtStatements) name = name.replace(/(dbt_test__audit)\.[^.]+$/, '$1');
  return namespace === sent.namespace && name === sent.name ? sent : { namespace, name };
}

/** Job namespaces name schedulers, not hosts, so only job names are mapped. */
export function normalizeJobName(sent: AssetName, rules: NameRules): AssetName {
  if (!rules.dbtStatements) return sent;
  const name = sent.name.replace(/(\.sql)\.\d+$/, '$1');
  return name === sent.name ? sent : { namespace: sent.namespace, name };
}

function normalizeNamespace(namespace: string, rules: NameRules): string {
  const match = AUTHORITY.exec(namespace);
  if (match === null) return namespace;
  const [, sentScheme = '', sentAuthority = '', rest = ''] = match;
  let scheme = sentScheme;
  let authority = sentAuthority;
  const lower = sentScheme.toLowerCase();
  if (rules.s3Scheme && (lower === 's3a' || lower === 's3n')) scheme = 's3';
  const port = DEFAULT_PORTS[lower];
  if (port !== undefined) {
    if (rules.hostCase) {
      scheme = scheme.toLowerCase();
      authority = authority.toLowerCase();
    }
    // `kafka://a:9092,b:9092` lists brokers: each gets its port.
    if (rules.defaultPort)
      authority = authority
        .split(',')
        .map((host) => withPort(host, port))
        .join(',');
  }
  return `${scheme}://${authority}${rest}`;
}

function withPort(host: string, port: string): string {
  if (host === '') return host;
  // A bracketed IPv6 address holds colons of its own.
  const bare = host.startsWith('[') ? host.endsWith(']') : !host.includes(':');
  return bare ? `${host}:${port}` : host;
}

function undated(segment: string): string {
  const equals = segment.indexOf('=');
  const value = segment.slice(equals + 1);
  return DATED.test(value) ? `${segment.slice(0, equals + 1)}*` : segment;
}
