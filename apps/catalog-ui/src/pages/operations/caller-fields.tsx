import { useUrlState } from '../../lib/url-state.js';
import { TextFilter } from '../../ui/text-filter.js';
import { CallerFilter } from './caller-filter.js';

interface CallerFieldsProps {
  readonly caller: { readonly label: string; readonly hint: string };
  readonly address: { readonly label: string; readonly hint: string };
}

/** Who called and from where, as filters of a list: `actor` and `address` of the page's address. */
export function CallerFields({ caller, address }: CallerFieldsProps) {
  const [parameters, set] = useUrlState();
  return (
    <>
      <CallerFilter
        {...caller}
        value={parameters.get('actor')}
        onChange={(actor) => {
          set({ actor });
        }}
      />
      <TextFilter
        {...address}
        value={parameters.get('address')}
        onChange={(value) => {
          set({ address: value });
        }}
      />
    </>
  );
}
