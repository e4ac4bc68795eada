import { ActionIcon, Alert, Button, Fieldset, Group, Stack, Text, TextInput } from '@mantine/core';
import { IconAlertTriangle, IconArrowDown, IconArrowUp, IconTrash, IconUsers } from '@tabler/icons-react';
import { useEffect, useRef, useState, type ReactNode } from 'react';
import { useTranslation } from 'react-i18next';
import { FaultList, RefusalWords } from '../../access/refusal-words.js';
import { Section } from '../../ui/page.js';
import { ProblemPanel } from '../../ui/problem.js';
import { faultsByRule, useRuleList, type RuleList, type SetAnswer, type SetHead } from './use-rule-list.js';

/** What draws the fields of one rule. */
export interface RuleFieldsProps<R> {
  readonly rule: R;
  readonly onChange: (rule: R) => void;
  /** What is wrong with a member of it. */
  readonly faultOf: (member: string) => ReactNode;
}

interface RuleEditorProps<R> {
  readonly list: RuleList<R>;
  /** What a new rule begins with. */
  readonly blank: R;
  /** Whether the order says which rule decides. */
  readonly isOrdered: boolean;
  readonly send: (rules: readonly R[], head: SetHead) => Promise<SetAnswer<R>>;
  readonly onSet: (isReadable: boolean) => void;
  readonly fields: (props: RuleFieldsProps<R>) => ReactNode;
  /** A rule in a line, for the rules of others. */
  readonly lineOf: (rule: R) => string;
  /** What these rules would make, where that can be asked. */
  readonly preview?: (rules: readonly R[]) => ReactNode;
}

/** Rules to be changed one by one and set as a whole, with the reason. */
export function RuleEditor<R>(props: RuleEditorProps<R>) {
  const { list, blank, isOrdered, send, onSet, fields, lineOf, preview } = props;
  const { t } = useTranslation('ruleLists');
  const [reason, setReason] = useState('');
  const control = useRuleList({
    list,
    send,
    onSet: (isReadable) => {
      setReason('');
      onSet(isReadable);
    },
  });
  const { rows, rules, refusal, error, theirs, isBusy } = control;
  const faults = faultsByRule(refusal?.faults ?? []);
  const form = useRef<HTMLFormElement>(null);
  useEffect(() => {
    if (refusal !== null) form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus();
  }, [refusal]);
  const general = faults.get('');
  return (
    <Section title={t('edit')}>
      <form
        ref={form}
        aria-label={t('edit')}
        noValidate
        onSubmit={(event) => {
          event.preventDefault();
          control.set(reason);
        }}
      >
        <Stack gap="md">
          {rows.length === 0 ? <Text className="hw-quiet">{t('none')}</Text> : null}
          {rows.map(({ key, rule }, index) => {
            const number = String(index + 1);
            return (
              <Fieldset key={key} legend={t('ruleNumber', { number })}>
                <Stack gap="sm">
                  {fields({
                    rule,
                    faultOf: (member) => {
                      const of = faults.get(`${String(index)}/${member}`);
                      return of === undefined ? undefined : <FaultList faults={of} />;
                    },
                    onChange: (next) => {
                      control.put(key, next);
                    },
                  })}
                  <Group gap="xs" justify="flex-end">
                    {isOrdered ? (
                      <>
                        <ActionIcon
                          variant="default"
                          size={32}
                          aria-label={t('up', { number })}
                          disabled={index === 0}
                          onClick={() => {
                            control.move(key, -1);
                          }}
                        >
                          <IconArrowUp size={16} aria-hidden />
                        </ActionIcon>
                        <ActionIcon
                          variant="default"
                          size={32}
                          aria-label={t('down', { number })}
                          disabled={index === rows.length - 1}
                          onClick={() => {
                            control.move(key, 1);
                          }}
                        >
                          <IconArrowDown size={16} aria-hidden />
                        </ActionIcon>
                      </>
                    ) : null}
                    <ActionIcon
                      variant="default"
                      size={32}
                      aria-label={t('remove', { number })}
                      onClick={() => {
                        control.remove(key);
                      }}
                    >
                      <IconTrash size={16} aria-hidden />
                    </ActionIcon>
                  </Group>
                </Stack>
              </Fieldset>
            );
          })}
          <Group>
            <Button
              variant="default"
              onClick={() => {
                control.add(blank);
              }}
            >
              {t('add')}
            </Button>
          </Group>
          {preview?.(rules)}
          {refusal === null ? null : (
            <Alert role="alert" color="red" variant="light" icon={<IconAlertTriangle />} title={t('refused')}>
              <Text className="hw-name">
                {general !== undefined ? (
                  <FaultList faults={general} />
                ) : faults.size > 0 ? (
                  t('faults')
                ) : (
                  <RefusalWords refusal={refusal} />
                )}
              </Text>
            </Alert>
          )}
          {error === null ? null : (
            <ProblemPanel
              error={error}
              onRetry={() => {
                control.set(reason);
              }}
            />
          )}
          {theirs === null ? null : (
            <Alert
              role="alert"
              variant="default"
              icon={<IconUsers color="var(--hw-warn)" />}
              title={t('conflictTitle')}
            >
              <Stack gap="sm">
                <Text>{t('conflict')}</Text>
                <ol aria-label={t('theirs')} className="hw-name" style={{ margin: 0 }}>
                  {theirs.rules.map((rule) => (
                    <li key={lineOf(rule)}>{lineOf(rule)}</li>
                  ))}
                </ol>
                <Group gap="xs">
                  <Button variant="default" onClick={control.keepTheirs}>
                    {t('keepTheirs')}
                  </Button>
                  <Button
                    onClick={() => {
                      control.set(reason, theirs);
                    }}
                  >
                    {t('onTop')}
                  </Button>
                </Group>
              </Stack>
            </Alert>
          )}
          <TextInput
            label={t('reason')}
            description={t('reasonHint')}
            maw={640}
            maxLength={200}
            value={reason}
            onChange={({ currentTarget: { value } }) => {
              setReason(value);
            }}
          />
          <Group>
            <Button type="submit" loading={isBusy}>
              {t('set')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Section>
  );
}
