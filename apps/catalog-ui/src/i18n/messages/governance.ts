import { inLanguages } from '../catalog.js';

/** How much of the catalog is governed. */
export const governance = inLanguages(
  {
    title: 'Governance',
    lead: 'How much of what you may see has somebody who answers for it, and is classified. It goes by search, as of now.',
    edits: 'Edits of many assets',
    coverage: 'Coverage by domain',
    countsAs: 'Counts as classified',
    countsAsHint: 'What has one of these tags, or a field with it; none: any tag. A key stands for every value.',
    domain: 'Domain',
    everything: 'Everything',
    noDomain: 'In no domain',
    assets: 'Assets',
    owned: 'With owner',
    tagged: 'Classified',
    nothing: 'Nothing in it',
    share: '{{part}} of {{whole}} ({{percent}} %)',
    others_one: 'The one without',
    others_other: 'The {{total}} without',
    noDomains: 'There are no domains so far. The guide on edits says how to make them.',
  },
  {
    title: 'Governance',
    lead: 'Wie viel von dem, was Sie sehen dürfen, jemand verantwortet, und wie viel klassifiziert ist. Gezählt wird wie in der Suche, zum jetzigen Zeitpunkt.',
    edits: 'Änderungen vieler Einträge',
    coverage: 'Abdeckung nach Domäne',
    countsAs: 'Gilt als klassifiziert',
    countsAsHint:
      'Was eines dieser Schlagwörter trägt, oder ein Feld davon; keines: jedes Schlagwort. Ein Schlüssel steht für alle Werte.',
    domain: 'Domäne',
    everything: 'Alles',
    noDomain: 'In keiner Domäne',
    assets: 'Einträge',
    owned: 'Verantwortet',
    tagged: 'Klassifiziert',
    nothing: 'Nichts darin',
    share: '{{part}} von {{whole}} ({{percent}} %)',
    others_one: 'Der eine ohne',
    others_other: 'Die {{total}} ohne',
    noDomains: 'Es gibt bisher keine Domänen. Wie man sie anlegt, steht in der Anleitung zu Änderungen.',
  },
);
