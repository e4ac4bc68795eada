import { BlockList, isIP } from 'node:net';
import { isRole, ROLES, type Role } from '@headwater/domain/access/scopes';
import type { z } from 'zod';
import type { OidcSettings } from './access/oidc-settings.js';
import type { RateSettings } from './access/rate-limits.js';
import { TABLE, parsed, text, url, whole } from './setting-schemas.js';

/** Who may come in, and how often. */
export interface AccessConfig {
  readonly access: {
    /** Off: everybody on this machine is admin; refused on any other address. */
    readonly isOn: boolean;
    /** Where browsers and the provider reach this server, without a trailing slash; null: where it listens. */
    readonly publicUrl: string | null;
    /** Null: no provider, so people sign in with a token or the link of the first start. */
    readonly oidc: OidcSettings | null;
    readonly sessionIdleMinutes: number;
    readonly sessionHours: number;
  };
  readonly rates: RateSettings;
}

const own = { group: 'access', secret: false } as const;

/** Settings of identity, sessions and rates. */
export const ACCESS_ENVIRONMENT = {
  HEADWATER_AUTH: parsed<'on' | 'off'>('on', 'must be on or off', (value) =>
    value === 'on' || value === 'off' ? value : undefined,
  ).register(TABLE, {
    ...own,
    default: 'on',
    description: 'off lets everybody on this machine do everything; accepted only where HOST is a loopback address.',
  }),
  HEADWATER_PUBLIC_URL: url(['http:', 'https:']).register(TABLE, {
    ...own,
    default: null,
    description:
      'Where browsers reach this server, such as https://headwater.example.org: for links and the return from the provider. An https URL makes cookies Secure.',
  }),
  HEADWATER_TRUSTED_PROXIES: parsed<readonly string[]>(
    [],
    'must be IP addresses or networks such as 10.0.0.0/8',
    (value) => {
      const networks = value.split(',').map((network) => network.trim());
      return networks.every(isNetwork) ? networks : undefined;
    },
  ).register(TABLE, {
    group: 'http',
    secret: false,
    default: null,
    description:
      'Addresses or networks, comma-separated, of reverse proxies whose X-Forwarded-For header says where a request comes from.',
  }),
  HEADWATER_SESSION_IDLE_MINUTES: whole(480, 5, 60 * 24 * 31).register(TABLE, {
    ...own,
    default: '480',
    description: 'Minutes without use after which a signed-in browser has to sign in again.',
  }),
  HEADWATER_SESSION_HOURS: whole(168, 1, 24 * 366).register(TABLE, {
    ...own,
    default: '168',
    description: 'Hours after which a signed-in browser has to sign in again, however much it is used.',
  }),
  HEADWATER_OIDC_ISSUER: url(['http:', 'https:']).register(TABLE, {
    ...own,
    default: null,
    description:
      'Issuer of an OpenID provider: people sign in with it, and its JWTs are taken as bearer tokens. http is taken on loopback only.',
  }),
  HEADWATER_OIDC_CLIENT_ID: text(null).register(TABLE, {
    ...own,
    default: null,
    description: 'Client at the provider; needed with HEADWATER_OIDC_ISSUER.',
  }),
  HEADWATER_OIDC_CLIENT_SECRET: text(null).register(TABLE, {
    ...own,
    secret: true,
    default: null,
    description: 'Secret of the client; without one it is a public client, protected by PKCE.',
  }),
  HEADWATER_OIDC_AUDIENCE: text(null).register(TABLE, {
    ...own,
    default: 'HEADWATER_OIDC_CLIENT_ID',
    description: 'What the `aud` of a bearer JWT must contain.',
  }),
  HEADWATER_OIDC_SCOPE: text('openid profile email').register(TABLE, {
    ...own,
    default: 'openid profile email',
    description: 'Scopes that sign-in asks the provider for.',
  }),
  HEADWATER_OIDC_ROLES_CLAIM: text('roles').register(TABLE, {
    ...own,
    default: 'roles',
    description: 'Claim whose values HEADWATER_OIDC_ROLE_MAP translates; dots lead into objects (realm_access.roles).',
  }),
  HEADWATER_OIDC_GROUPS_CLAIM: text('groups').register(TABLE, {
    ...own,
    default: 'groups',
    description: 'Claim with the groups that role bindings name (group:<name>).',
  }),
  HEADWATER_OIDC_ROLE_MAP: parsed<ReadonlyMap<string, Role>>(
    new Map(),
    `must be pairs such as data-admins=admin,analysts=viewer; roles are ${ROLES.join(', ')}`,
    roleMapOf,
  ).register(TABLE, {
    ...own,
    default: null,
    description:
      'What the provider calls a role and what it is here: data-admins=admin,analysts=viewer. What is not in it gives nothing.',
  }),
  HEADWATER_REQUESTS_PER_MINUTE: whole(6_000, 0, 100_000_000).register(TABLE, {
    group: 'rates',
    secret: false,
    default: '6000',
    description:
      'Requests a minute of one caller, events apart; beyond, 429. An address may send 20 times as many. 0: no limit.',
  }),
  HEADWATER_EVENT_REQUESTS_PER_MINUTE: whole(1_000_000, 0, 100_000_000).register(TABLE, {
    group: 'rates',
    secret: false,
    default: '1000000',
    description: 'Requests a minute of one caller that bring events; beyond, 503 with Retry-After. 0: no limit.',
  }),
  HEADWATER_FAILURES_PER_MINUTE: whole(60, 0, 1_000_000).register(TABLE, {
    group: 'rates',
    secret: false,
    default: '60',
    description:
      'Wrong credentials a minute from one address; beyond, 429, or 503 where they bring events. 0: no limit.',
  }),
} as const;

type Settings = { readonly [K in keyof typeof ACCESS_ENVIRONMENT]: z.output<(typeof ACCESS_ENVIRONMENT)[K]> };

/** What fits only together. */
export function accessFaults(settings: Settings & { readonly HOST: string }): { setting: string; problem: string }[] {
  const faults: { setting: string; problem: string }[] = [];
  const issuer = settings.HEADWATER_OIDC_ISSUER;
  if (issuer !== null && settings.HEADWATER_OIDC_CLIENT_ID === null) {
    faults.push({ setting: 'HEADWATER_OIDC_CLIENT_ID', problem: 'must be given, since HEADWATER_OIDC_ISSUER is' });
  }
  if (issuer !== null && settings.HEADWATER_PUBLIC_URL === null && !isLoopback(settings.HOST)) {
    const problem =
      'must be given where HEADWATER_OIDC_ISSUER is and HOST is not a loopback address: browsers return there';
    faults.push({ setting: 'HEADWATER_PUBLIC_URL', problem });
  }
  for (const name of ['HEADWATER_OIDC_ISSUER', 'HEADWATER_PUBLIC_URL'] as const) {
    const value = settings[name];
    if (value !== null && new URL(value).protocol === 'http:' && !isLoopback(hostOf(value))) {
      faults.push({ setting: name, problem: 'must begin with https://, unless it is on this machine' });
    }
  }
  if (settings.HEADWATER_AUTH === 'off' && !isLoopback(settings.HOST)) {
    const problem =
      'must be on where HOST is not a loopback address (127.0.0.1, ::1, localhost): everybody who reaches it could do everything';
    faults.push({ setting: 'HEADWATER_AUTH', problem });
  }
  return faults;
}

export function groupedAccess(settings: Settings): AccessConfig {
  const { HEADWATER_OIDC_ISSUER: issuer, HEADWATER_OIDC_CLIENT_ID: clientId } = settings;
  return {
    access: {
      isOn: settings.HEADWATER_AUTH === 'on',
      publicUrl: settings.HEADWATER_PUBLIC_URL?.replace(/\/+$/, '') ?? null,
      oidc:
        issuer === null || clientId === null
          ? null
          : {
              issuer,
              clientId,
              clientSecret: settings.HEADWATER_OIDC_CLIENT_SECRET,
              audience: settings.HEADWATER_OIDC_AUDIENCE ?? clientId,
              scope: settings.HEADWATER_OIDC_SCOPE,
              rolesClaim: settings.HEADWATER_OIDC_ROLES_CLAIM,
              groupsClaim: settings.HEADWATER_OIDC_GROUPS_CLAIM,
              roleMap: settings.HEADWATER_OIDC_ROLE_MAP,
            },
      sessionIdleMinutes: settings.HEADWATER_SESSION_IDLE_MINUTES,
      sessionHours: settings.HEADWATER_SESSION_HOURS,
    },
    rates: {
      requestsPerMinute: settings.HEADWATER_REQUESTS_PER_MINUTE,
      eventRequestsPerMinute: settings.HEADWATER_EVENT_REQUESTS_PER_MINUTE,
      failuresPerMinute: settings.HEADWATER_FAILURES_PER_MINUTE,
    },
  };
}

/** Whether an address to listen on, or a name in a URL, leads to this machine only. */
export function isLoopback(host: string): boolean {
  return host === 'localhost' || host === '::1' || /^127(?:\.\d{1,3}){3}$/.test(host);
}

function hostOf(value: string): string {
  return new URL(value).hostname.replace(/^\[|\]$/g, '');
}

function roleMapOf(value: string): ReadonlyMap<string, Role> | undefined {
  const map = new Map<string, Role>();
  for (const pair of value.split(',')) {
    const at = pair.lastIndexOf('=');
    const [name, role] = [pair.slice(0, at).trim(), pair.slice(at + 1).trim()];
    if (at < 1 || name === '' || !isRole(role)) return undefined;
    map.set(name, role);
  }
  return map;
}

function isNetwork(text: string): boolean {
  const [address = '', prefix, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0 || (prefix !== undefined && !/^\d{1,3}$/.test(prefix))) return false;
  try {
    new BlockList().addSubnet(address, Number(prefix ?? (family === 4 ? 32 : 128)), family === 4 ? 'ipv4' : 'ipv6');
    return true;
  } catch {
    // A prefix longer than the address: the caller says what is wrong.
    return false;
  }
}
