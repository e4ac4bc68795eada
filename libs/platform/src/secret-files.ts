import { readFileSync } from 'node:fs';

type Environment = Readonly<Record<string, string | undefined>>;

interface Fault {
  readonly setting: string;
  readonly problem: string;
}

/**
 * The environment with each secret that is given as a file (`NEO4J_PASSWORD_FILE`) read from it, without its trailing
 * line break: how container engines hand secrets on, where `ps` and crash reports do not show them.
 */
export function readSecretFiles(env: Environment, secrets: readonly string[]): { env: Environment; faults: Fault[] } {
  const read: Record<string, string | undefined> = { ...env };
  const faults: Fault[] = [];
  for (const name of secrets) {
    const setting = `${name}_FILE`;
    const file = env[setting]?.trim();
    if (file === undefined || file === '') continue;
    if ((env[name]?.trim() ?? '') !== '') {
      faults.push({ setting, problem: `must not be given together with ${name}` });
      continue;
    }
    try {
      read[name] = readFileSync(file, 'utf8').replace(/\r?\n$/, '');
    } catch (error) {
      const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : '';
      faults.push({ setting, problem: `must name a file that can be read${code}` });
    }
  }
  return { env: read, faults };
}
