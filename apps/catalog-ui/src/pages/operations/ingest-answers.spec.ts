import { expect, test } from 'vitest';
import { explained, ingestAnswersOf } from './ingest-answers.js';

const METRICS = `# HELP process_start_time_seconds Start time.
process_start_time_seconds 1767607200
headwater_http_request_seconds_bucket{le="0.005",route="/api/v1/lineage",method="POST",status="201"} 7
headwater_http_request_seconds_count{route="/api/v1/lineage",method="POST",status="201"} 9
headwater_http_request_seconds_count{route="/api/v1/lineage/batch",method="POST",status="422"} 1
headwater_http_request_seconds_count{route="/api/v1/lineage",method="POST",status="422"} 2
headwater_http_request_seconds_count{route="/graphql",method="POST",status="200"} 40
`;

test('answers to senders are counted by status, of both routes, and no others', () => {
  expect(ingestAnswersOf(METRICS)).toEqual({
    since: '2026-01-05T10:00:00.000Z',
    answers: [
      { status: 201, requests: 9 },
      { status: 422, requests: 3 },
    ],
  });
});

test('a page that is no metrics has no answers', () => {
  expect(ingestAnswersOf('<!doctype html>')).toEqual({ since: null, answers: [] });
});

test('only statuses of the guide are explained', () => {
  expect(explained(422)).toBe('422');
  expect(explained(418)).toBeNull();
});
