import { inLanguages } from '../catalog.js';

/** Who somebody is, as it is typed. */
export const agent = inLanguages(
  {
    kind: 'Kind',
    kinds: { user: 'Person', team: 'Team', service: 'Service' },
    name: 'Name',
    hints: { user: 'ada', team: 'claims', service: 'nightly-loads' },
    nameless: 'Say who it is.',
  },
  {
    kind: 'Art',
    kinds: { user: 'Person', team: 'Team', service: 'Dienst' },
    name: 'Name',
    hints: { user: 'ada', team: 'schaden', service: 'nachtlauf' },
    nameless: 'Geben Sie einen Namen an.',
  },
);
