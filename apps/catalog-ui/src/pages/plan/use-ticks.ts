import { useLocalStorage } from '@mantine/hooks';

export interface Ticks {
  readonly has: (item: string) => boolean;
  readonly toggle: (item: string) => void;
}

/** What of a checklist is done, kept in this browser; a list is told from others by its name. */
export function useTicks(list: string): Ticks {
  const [done, setDone] = useLocalStorage<readonly string[]>({
    key: `headwater-plan:${list}`,
    defaultValue: [],
    getInitialValueInEffect: false,
  });
  return {
    has: (item) => done.includes(item),
    toggle: (item) => {
      setDone((before) => (before.includes(item) ? before.filter((one) => one !== item) : [...before, item]));
    },
  };
}
