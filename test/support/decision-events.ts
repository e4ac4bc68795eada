/** A whole decision, as a producer sends it. */
export function decision(changes: Readonly<Record<string, unknown>> = {}): Record<string, unknown> {
  return {
    id: 'claim-4711/payout/1',
    decidedAt: '2026-11-23T09:30:00Z',
    type: 'claims.payout',
    producer: 'https://github.com/acme/claims',
    subject: { type: 'customer', ref: 'C-90210' },
    outcome: { label: 'PAID', score: 0.83, value: { amount: 1200, currency: 'EUR' } },
    automation: 'AUTOMATED',
    responsible: { agent: 'team:claims', onBehalfOf: 'org:acme' },
    purpose: 'claim settlement',
    legalBasis: 'CONTRACT',
    job: { namespace: 'claims', name: 'payout' },
    runId: '01936894-494e-7c48-be1c-000000000001',
    model: { namespace: 'models', name: 'complexity', version: '3.1.0' },
    rules: [{ id: 'R7', version: '2' }],
    inputs: [
      {
        dataset: { namespace: 'claims', name: 'claim' },
        version: '42',
        fields: ['total'],
        key: { claim: 4711 },
        values: { total: 98765 },
      },
    ],
    explanation: { method: 'shap', contributions: [{ field: 'total', value: 0.4 }] },
    correlationId: 'claim-4711',
    actions: [{ type: 'payment.sent', ref: 'P-1' }],
    ...changes,
  };
}

/** What of {@link decision} may be in no log. */
export const PERSONAL = ['C-90210', '4711}', '98765'] as const;
