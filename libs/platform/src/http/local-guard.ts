import { HeadwaterError } from '@headwater/domain/errors';

/** What the guard looks at of a request. */
export interface GuardedHeaders {
  readonly host?: string | undefined;
  readonly origin?: string | undefined;
}

export interface LocalGuardOptions {
  /** HOST: what the server listens on. */
  readonly host: string;
  /** HEADWATER_ALLOWED_HOSTS, in lower case. */
  readonly allowedHosts: readonly string[];
}

/**
 * A check of the Host and Origin headers, for servers without authentication: a web page whose name resolves to this
 * machine (DNS rebinding), or any other site, could otherwise use the browser of a user to reach it. Throws FORBIDDEN.
 */
export function localGuard(options: LocalGuardOptions): (headers: GuardedHeaders) => void {
  const allowed = new Set([options.host.toLowerCase(), ...options.allowedHosts]);
  return (headers) => {
    const { host, origin } = headers;
    const name = hostName(host);
    if (name === undefined || !(isLoopback(name) || allowed.has(name))) {
      throw new HeadwaterError(
        'FORBIDDEN',
        'This server does not answer under the host name of the request. Use localhost, or add the name to HEADWATER_ALLOWED_HOSTS.',
        { reason: 'FOREIGN_HOST' },
      );
    }
    if (origin !== undefined && !isSameHost(origin, host)) {
      throw new HeadwaterError('FORBIDDEN', 'Requests from pages of other sites are refused.', {
        reason: 'FOREIGN_ORIGIN',
      });
    }
  };
}

/** The name in a Host header, without port and brackets, in lower case. */
function hostName(header: string | undefined): string | undefined {
  const match = /^(?:\[([0-9a-f:.]+)\]|([^:/@\s]+))(?::\d{1,5})?$/i.exec(header ?? '');
  return (match?.[1] ?? match?.[2])?.toLowerCase();
}

function isLoopback(name: string): boolean {
  return name === 'localhost' || name === '::1' || /^127(?:\.\d{1,3}){3}$/.test(name);
}

function isSameHost(origin: string, host: string | undefined): boolean {
  // `null`, the origin of files and sandboxed frames, is no URL and so is foreign.
  return URL.canParse(origin) && new URL(origin).host === new URL(`http://${host ?? ''}`).host;
}
