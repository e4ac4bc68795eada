import { inLanguages } from '../catalog.js';

/** Data products as a list. */
export const products = inLanguages(
  {
    title: 'Data products',
    lead: 'What teams offer others: datasets under one name, with somebody who answers for them.',
    search: 'Find a data product',
    hint: 'By its name',
    domain: 'Domain',
    anyDomain: 'Any domain',
    status: 'Status',
    anyStatus: 'Any status',
    statuses: { PROPOSED: 'Proposed', ACTIVE: 'Active', DEPRECATED: 'Deprecated' },
    name: 'Name',
    owners: 'Owners',
    none: 'There are none, or none that fits.',
  },
  {
    title: 'Datenprodukte',
    lead: 'Was Teams anderen anbieten: Datensätze unter einem Namen, für die jemand verantwortlich ist.',
    search: 'Datenprodukt finden',
    hint: 'Mit seinem Namen',
    domain: 'Domäne',
    anyDomain: 'Jede Domäne',
    status: 'Status',
    anyStatus: 'Jeder Status',
    statuses: { PROPOSED: 'Vorgeschlagen', ACTIVE: 'Aktiv', DEPRECATED: 'Überholt' },
    name: 'Name',
    owners: 'Verantwortliche',
    none: 'Es gibt keine, oder keines davon passt.',
  },
);
