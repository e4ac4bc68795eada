import type { ReportFailure, ReportFormat, ReportState } from '@headwater/domain/reports/report';
import type { ReportKind } from '@headwater/domain/reports/report-kind';
import { enumOf } from './enum-of.js';

export const ReportKindEnum = enumOf<ReportKind>('ReportKind', 'What a report is about.', {
  GOVERNANCE_COVERAGE: 'Assets that nobody answers for, that nothing describes or classifies, by domain.',
  ACCESS: 'Who did what with the catalog and its access, off the audit: for who has AUDIT_READ.',
});

export const ReportFormatEnum = enumOf<ReportFormat>('ReportFormat', 'As what a report can be had.', {
  JSON: 'All of it as one JSON document, in the canonical form of RFC 8785: what the digest is of.',
  CSV: 'Each table as a file of RFC 4180.',
});

export const ReportStateEnum = enumOf<ReportState>('ReportState', 'How far a report is.', {
  WAITING: 'Nobody works on it yet, or for a moment.',
  RUNNING: 'It is being made.',
  DONE: 'It can be downloaded.',
  FAILED: 'It was not made: `failure` says why. It can be tried again.',
});

export const ReportFailureEnum = enumOf<ReportFailure>('ReportFailure', 'Why a report was not made.', {
  STORE_FULL: 'There was no room for it. What was made so far is kept, and a retry goes on from there.',
  NOT_ALLOWED: 'Who asked for it may not have it any more.',
  GAVE_UP: 'Each process that worked on it ended before it came further.',
  INTERNAL: 'A fault of the server; its log says more.',
});
