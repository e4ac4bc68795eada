import type { TFunction } from 'i18next';
import { Text } from '@mantine/core';
import type { ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { refusals } from '../i18n/messages/refusals.js';
import { faultsElsewhere, faultsOfMembers, parametersOf, type Fault, type Refusal } from './refusal.js';

type Words = TFunction<'refusals'>;
type Member = keyof (typeof refusals)['en']['member'];

/** A reason in the language of the page; null for one that came later. */
export function reasonWords(reason: string, t: Words): string | null {
  return Object.hasOwn(refusals.en.reason, reason) ? t(`reason.${reason as 'INVALID_INPUT'}`) : null;
}

/** A fault in the language of the page; null for one that came later. Of a file the line and the column come first. */
export function faultWords({ code, parameters }: Pick<Fault, 'code' | 'parameters'>, t: Words): string | null {
  const values = parametersOf(parameters);
  const key = code === 'NUMBER_BOUNDS' ? boundsKey(values) : code;
  if (!Object.hasOwn(refusals.en.fault, key)) return null;
  const unit = values['unit'] ? `(${values['unit']})` : '';
  const kind = kindOfId(values['kind'] ?? '', t);
  const written = { ...values, unit, kind } as unknown as { line: string; text: string };
  const { line, member = '', value } = values;
  const said = t(`fault.${key as 'NO_OWNER'}`, written).trim();
  const detail = ofMember(member, value === undefined ? said : t('ofValue', { value, detail: said }), t);
  return line === undefined ? detail : t('line', { line, detail });
}

function kindOfId(kind: string, t: Words): string {
  return Object.hasOwn(refusals.en.kindOfId, kind) ? t(`kindOfId.${kind as 'AGENT'}`) : kind;
}

/** Under the name that the member has on the page; one without such a name is left out. */
function ofMember(member: string, detail: string, t: Words): string {
  if (!Object.hasOwn(refusals.en.member, member)) return detail;
  return t('ofMember', { member: t(`member.${member as Member}`), detail });
}

function boundsKey({ min = '', max = '' }: Readonly<Record<string, string>>): string {
  if (min !== '') return max === '' ? 'NUMBER_LEAST' : 'NUMBER_BETWEEN';
  return max === '' ? 'NUMBER_ANY' : 'NUMBER_MOST';
}

/** Why something was refused: by its code, else as the server words it, which is in English. */
export function RefusalWords({
  refusal: { reason, message },
}: {
  readonly refusal: Pick<Refusal, 'reason' | 'message'>;
}) {
  const { t } = useTranslation('refusals');
  return reasonWords(reason, t) ?? <span lang="en">{message}</span>;
}

/** What is wrong with something that was entered, likewise. */
export function FaultWords({ fault }: { readonly fault: Pick<Fault, 'code' | 'parameters' | 'detail'> }) {
  const { t } = useTranslation('refusals');
  return faultWords(fault, t) ?? <span lang="en">{fault.detail}</span>;
}

/** What is wrong, in one line. */
export function FaultList({ faults }: { readonly faults: readonly Fault[] }) {
  return faults.map((fault, index) => (
    <span key={fault.detail}>
      {index === 0 ? '' : '; '}
      <FaultWords fault={fault} />
    </span>
  ));
}

/** The reason and then every fault. */
export function RefusalText({ refusal }: { readonly refusal: Refusal }) {
  return (
    <>
      <span>
        <RefusalWords refusal={refusal} />
      </span>
      <FaultLines faults={refusal.faults} />
    </>
  );
}

/** Of somebody who edited it first, who that was; nothing where it is not known. */
export function EditedBy({ refusal }: { readonly refusal: Pick<Refusal, 'parameters'> }) {
  const { t } = useTranslation('refusals');
  const { by } = parametersOf(refusal.parameters);
  return by === undefined ? null : (
    <Text size="sm" className="hw-name">
      {t('editedBy', { name: by })}
    </Text>
  );
}

/** What is wrong by the member of the input, for the fields of a form: of several faults of one member all, each once. */
export function faultsByMember(faults: Refusal['faults']): Readonly<Record<string, ReactNode>> {
  return Object.fromEntries(
    Object.entries(faultsOfMembers(faults)).map(([member, of]) => [member, <FaultList key={member} faults={of} />]),
  );
}

interface FaultLinesProps {
  readonly faults: Refusal['faults'];
  /** Members whose faults stand at their own fields. */
  readonly shown?: readonly string[];
}

/** Faults of members that a form shows no field for, a line each. */
export function FaultLines({ faults, shown = [] }: FaultLinesProps) {
  return faultsElsewhere(faults, shown).map(({ member, fault }) => (
    <Text key={`${member} ${fault.detail}`} component="span" display="block" size="sm" className="hw-name">
      <MemberFault member={member} fault={fault} />
    </Text>
  ));
}

function MemberFault({ member, fault }: { readonly member: string; readonly fault: Fault }) {
  const { t } = useTranslation('refusals');
  const detail = faultWords(fault, t);
  if (detail === null) return <span lang="en">{member === '' ? fault.detail : `${member}: ${fault.detail}`}</span>;
  return ofMember(member, detail, t);
}
