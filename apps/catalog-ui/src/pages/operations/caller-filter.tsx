import { useMemo, useState } from 'react';
import { IdFilter } from '../../ui/id-filter.js';
import { callerIdIn, fitting, useCallerName, useCallers } from './callers.js';

interface CallerFilterProps {
  readonly label: string;
  readonly hint: string;
  readonly value: string | null;
  readonly onChange: (id: string | null) => void;
}

/** Narrows a list to one caller, a token or a person, by the name that the audit has for it. */
export function CallerFilter({ label, hint, value, onChange }: CallerFilterProps) {
  const [asked, ask] = useState('');
  const callers = useCallers();
  const candidates = useMemo(
    () => (callers ?? []).map((caller) => ({ ...caller, where: caller.id, kind: null })),
    [callers],
  );
  const name = useCallerName(value, callers);
  const fit = useMemo(() => fitting(candidates, asked), [candidates, asked]);
  return (
    <IdFilter
      label={label}
      hint={hint}
      value={value}
      chosen={value === null ? null : { id: value, name, where: value, kind: null }}
      candidates={fit}
      asked={callers === null ? null : asked}
      idIn={callerIdIn}
      onAsk={ask}
      onChange={onChange}
    />
  );
}
