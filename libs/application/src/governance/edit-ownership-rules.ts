import type { Principal } from '@headwater/domain/access/principal';
import type { CatalogReader } from '@headwater/domain/catalog-reader';
import { coded, type InputFault } from '@headwater/domain/errors';
import { readOwnershipFile, type FileFault } from '@headwater/domain/governance/ownership-file';
import {
  MOST_RULES,
  OWNERSHIP_RULES_ID,
  type OwnershipRule,
  type RuleOwner,
} from '@headwater/domain/governance/ownership-rules';
import type { NodeId } from '@headwater/domain/identifiers';
import type { ReadTime } from '@headwater/domain/reading/read-time';
import { nowBy } from '@headwater/domain/traversal/moment';
import { isPlainText, refuseFaults, textFault } from '../access/access-parts.js';
import { agentFault, domainFault, roleFault } from './check-change.js';
import { recordDefinition } from './record-definition.js';
import {
  editedMeanwhile,
  noSuchDomain,
  requestFaults,
  type EditPorts,
  type EditRequest,
  type RecordedEdit,
} from './record-edit.js';

/** The rules one by one, or a file in the manner of CODEOWNERS. */
export type WantedRules = { readonly rules: readonly OwnershipRule[] } | { readonly file: string };

export type MadeRulesEdit = Pick<RecordedEdit, 'position' | 'isReadable'>;

type View = Pick<CatalogReader, 'definitionsOf'>;

const MAX_PATTERN = 512;
/** As many as a page shows at a glance. */
const MOST_OWNERS = 50;

/** Puts a list of ownership rules in place of the one before, as an event of the log. They are of the whole catalog. */
export class EditOwnershipRules {
  constructor(private readonly ports: EditPorts) {}

  /**
   * Throws INVALID_INPUT with every fault of every rule or line, FORBIDDEN for who may see or edit a part of the catalog
   * only, CONFLICT (EDITED_MEANWHILE): nothing is changed then.
   */
  async execute(principal: Principal, view: View, wanted: WantedRules, request: EditRequest): Promise<MadeRulesEdit> {
    const { rules, faults } = await checkedRules(view, wanted, nowBy(this.ports.clock));
    refuseFaults('The rules cannot be taken as they are', [...faults, ...requestFaults(request)]);
    const { verdict, ...made } = await recordDefinition(this.ports, principal, request, 'Ownership rules', (head) => ({
      ...{ ...head, node: OWNERSHIP_RULES_ID, action: 'REPLACE', rules },
    }));
    if (verdict === 'EDIT_CONFLICT') throw await editedMeanwhile(this.ports, null);
    if (verdict !== null) throw noSuchDomain();
    return made;
  }
}

/** The rules as they would be set, and every fault of every rule or line. */
export async function checkedRules(view: View, wanted: WantedRules, time: ReadTime): Promise<CheckedRules> {
  const domains = new Set((await view.definitionsOf('DOMAIN', time)).map(({ id }) => id));
  return 'file' in wanted ? ofFile(wanted.file, domains) : ofList(wanted.rules, domains);
}

/** What is wrong with a line, with the line among its parameters. */
function atLine({ line, detail, code, parameters }: FileFault): Omit<InputFault, 'pointer'> {
  const at = { name: 'line', value: String(line) };
  return { detail: `line ${String(line)}: ${detail}`, code, parameters: [at, ...parameters] };
}

interface CheckedRules {
  readonly rules: readonly OwnershipRule[];
  readonly faults: readonly InputFault[];
}

function ofFile(file: string, domains: ReadonlySet<NodeId>): CheckedRules {
  const { rules, faults } = readOwnershipFile(file);
  const unfit = rules.flatMap(({ line, rule: { domain, owners } }) => {
    const roles = owners.flatMap(({ role }) =>
      roleFault('', role).map(({ pointer: _, ...told }) => ({ line, ...told })),
    );
    return domain === null || domains.has(domain)
      ? roles
      : [...roles, { line, ...coded('NO_SUCH_DOMAIN', `there is no ${domain}`, { domain }) }];
  });
  const all = [...faults, ...unfit].sort((a, b) => a.line - b.line);
  return {
    rules: rules.map(({ rule }) => rule),
    faults: all.map((fault) => ({ pointer: '/file', ...atLine(fault) })),
  };
}

function ofList(rules: readonly OwnershipRule[], domains: ReadonlySet<NodeId>): CheckedRules {
  const tooMany = {
    pointer: '/rules',
    ...coded('TOO_MANY', `must have at most ${String(MOST_RULES)} rules`, { most: MOST_RULES }),
  };
  const faults = rules.flatMap((rule, index) => ruleFaults(rule, `/rules/${String(index)}`, domains));
  return { rules, faults: rules.length > MOST_RULES ? [tooMany] : faults };
}

function ruleFaults(rule: OwnershipRule, at: string, domains: ReadonlySet<NodeId>): readonly InputFault[] {
  const { domain, tag, owners } = rule;
  const patterns = (['namespace', 'name', 'path'] as const).flatMap((member) => {
    const pattern = rule[member];
    return pattern === null ? [] : patternFault(`${at}/${member}`, pattern);
  });
  return [
    ...patterns,
    ...(tag === null ? [] : textFault(`${at}/tag`, tag)),
    ...(domain === null ? [] : domainFault(`${at}/domain`, domain)),
    ...(domain === null || domains.has(domain)
      ? []
      : [{ pointer: `${at}/domain`, ...coded('NO_SUCH_DOMAIN', `there is no ${domain}`, { domain }) }]),
    ...owners.flatMap((owner, index) => ownerFaults(owner, `${at}/owners/${String(index)}`)),
  ];
}

function patternFault(pointer: string, pattern: string): readonly InputFault[] {
  const isFine = pattern.length > 0 && pattern.length <= MAX_PATTERN && isPlainText(pattern);
  return isFine
    ? []
    : [
        {
          pointer,
          ...coded('TEXT_LENGTH', `must have 1 to ${String(MAX_PATTERN)} characters and no control characters`, {
            most: MAX_PATTERN,
          }),
        },
      ];
}

/** What is wrong with who answers for a domain or a data product, at `/owners`. */
export function definedOwnerFaults(owners: readonly RuleOwner[]): readonly InputFault[] {
  const tooMany = {
    pointer: '/owners',
    ...coded('TOO_MANY', `must name at most ${String(MOST_OWNERS)}`, { most: MOST_OWNERS }),
  };
  return [
    ...owners.flatMap((owner, index) => ownerFaults(owner, `/owners/${String(index)}`)),
    ...(owners.length <= MOST_OWNERS ? [] : [tooMany]),
  ];
}

/** What is wrong with who answers in which role. */
export function ownerFaults({ agent, role }: RuleOwner, at: string): readonly InputFault[] {
  return [...agentFault(`${at}/agent`, agent), ...textFault(`${at}/role`, role), ...roleFault(`${at}/role`, role)];
}
