import { dataset, facet, jobEvent, runEvent } from './explorer.js';

const checked = (success: boolean): object => ({
  dataQualityAssertions: facet({ assertions: [{ assertion: 'not_null', success, column: 'id' }] }),
});
/** Lineage around `middle`: said and seen, failed and held, and a name that a spreadsheet would take for a formula. */
export const EVENTS = [
  runEvent({
    job: 'seen',
    run: 1,
    at: '2026-11-20T00:00:00Z',
    inputs: [dataset('source')],
    outputs: [dataset('middle')],
  }),
  jobEvent('said', '2026-11-20T00:00:00Z', [dataset('middle')], [dataset('=HYPERLINK("x")')]),
  runEvent({
    job: 'checks',
    run: 2,
    at: '2026-11-20T01:00:00Z',
    state: 'FAIL',
    inputs: [{ ...dataset('middle'), inputFacets: checked(false) }],
  }),
];
