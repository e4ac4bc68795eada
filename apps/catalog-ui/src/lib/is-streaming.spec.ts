import { expect, test } from 'vitest';
import { isStreaming } from './is-streaming.js';

test.each([
  ['STREAMING/FLINK/STREAM_PROCESSOR', true],
  ['streaming/FLINK/', true],
  ['BATCH/SPARK/STREAMING', false],
  ['', false],
  [null, false],
])('a job of type %s: %s', (jobType, expected) => {
  expect(isStreaming(jobType)).toBe(expected);
});
