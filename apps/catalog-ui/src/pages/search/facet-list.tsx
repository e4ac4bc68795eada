import { Badge, Checkbox, Group, Stack, Text, VisuallyHidden } from '@mantine/core';
import { memo } from 'react';
import { useTranslation } from 'react-i18next';
import { partsOf } from '../../lib/node-id.js';
import { shownKind } from '../../ui/kind.js';
import { useFoundProperties } from './property-query.js';
import { propertyWords } from './property-words.js';
import { FACET_PARAMETERS, type ChosenFilter, type FacetName, type Found } from './search-query.js';

interface FacetListProps {
  readonly facets: Found['facets'];
  readonly chosen: readonly ChosenFilter[];
  readonly onToggle: (parameter: string, value: string) => void;
}

/** What a facet value is called: kinds in the viewer's language, all else as the answer says, if it holds the value. */
export function useFacetText(facets: Found['facets'] | undefined): (name: FacetName, value: string) => string {
  const { t } = useTranslation();
  const { t: says } = useTranslation('search');
  const properties = useFoundProperties();
  return (name, value) => {
    if (name === 'KIND') return t(`kind.${shownKind(value)}`);
    if (name === 'PROPERTY') return propertyWords(value, properties, says);
    const said = facets?.find((facet) => facet.name === name)?.values.find((counted) => counted.value === value);
    if (said !== undefined) return said.label;
    const { kind, namespace, name: last } = partsOf(value);
    return kind === 'agent' || kind === 'domain' ? last || namespace : value;
  };
}

interface FacetValueProps {
  readonly parameter: string;
  readonly value: string;
  readonly text: string;
  readonly count: string;
  readonly isChosen: boolean;
  readonly onToggle: FacetListProps['onToggle'];
}

// Typing asks for new results with every key: what has stayed as it was is not drawn again.
const FacetValue = memo(function FacetValue({ parameter, value, text, count, isChosen, onToggle }: FacetValueProps) {
  return (
    <Group justify="space-between" wrap="nowrap" gap="xs" align="flex-start">
      <Checkbox
        size="xs"
        checked={isChosen}
        onChange={() => {
          onToggle(parameter, value);
        }}
        label={
          <span className="hw-name">
            {text}
            <VisuallyHidden>{` (${count})`}</VisuallyHidden>
          </span>
        }
      />
      <Badge variant="default" size="sm" aria-hidden style={{ flexShrink: 0 }}>
        {count}
      </Badge>
    </Group>
  );
});

/** Facets with counts; a chosen value stays in sight even where nothing has it any more. */
export const FacetList = memo(function FacetList({ facets, chosen, onToggle }: FacetListProps) {
  const { t, i18n } = useTranslation('search');
  const textOf = useFacetText(facets);
  return (
    <Stack gap="lg">
      {facets.map(({ name, property, values: counted }) => {
        const parameter = FACET_PARAMETERS[name];
        // Of several properties, each value says of which it is.
        const isOf = property === null ? '' : `${property.id}=`;
        const values = counted.map(({ value, count }) => ({ value: `${isOf}${value}`, count }));
        const held = chosen
          .filter(({ facet, value }) => facet === name && value.startsWith(isOf))
          .map(({ value }) => value);
        const absent = held.filter((value) => !values.some((one) => one.value === value));
        const shown = [...values, ...absent.map((value) => ({ value, count: 0 }))];
        if (shown.length === 0) return null;
        return (
          <fieldset key={`${name} ${isOf}`} style={{ border: 0, padding: 0, margin: 0 }}>
            <Text component="legend" fw={600} size="sm" mb={6}>
              {property?.name ?? t(`facet.${name}`)}
            </Text>
            <Stack gap={6}>
              {shown.map(({ value, count }) => (
                <FacetValue
                  key={value}
                  parameter={parameter}
                  value={value}
                  text={property === null ? textOf(name, value) : value.slice(isOf.length)}
                  count={count.toLocaleString(i18n.language)}
                  isChosen={held.includes(value)}
                  onToggle={onToggle}
                />
              ))}
            </Stack>
          </fieldset>
        );
      })}
    </Stack>
  );
});
