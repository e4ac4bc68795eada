/** What a report tells: who answers for what and is it described and classified, or who did and read what. */
export type ReportKind = 'GOVERNANCE_COVERAGE' | 'ACCESS';
