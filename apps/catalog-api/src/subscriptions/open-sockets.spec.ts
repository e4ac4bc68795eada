import { EventEmitter } from 'node:events';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { OpenSockets } from './open-sockets.js';

class Socket extends EventEmitter {
  closed: readonly [code: number, reason: string] | undefined;

  close(code: number, reason: string): void {
    this.closed ??= [code, reason];
    this.emit('close');
  }
}

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('one connection too many of a caller is closed, those of others are not, and a closed one makes room', () => {
  const sockets = new OpenSockets({ perCaller: 2, initTimeoutMs: 1_000 });
  const [first, second, third, other, later] = [new Socket(), new Socket(), new Socket(), new Socket(), new Socket()];
  expect([sockets.open(first, 'a'), sockets.open(second, 'a'), sockets.open(third, 'a')]).toEqual([true, true, false]);
  expect(third.closed).toEqual([1013, 'Try again later: 2 connections are open']);
  expect(sockets.open(other, 'b')).toBe(true);
  first.close(1000, '');
  expect(sockets.open(later, 'a')).toBe(true);
});

test('a connection that does not begin in time is closed, one that began stays', () => {
  const sockets = new OpenSockets({ perCaller: 2, initTimeoutMs: 1_000 });
  const [idle, begun] = [new Socket(), new Socket()];
  sockets.open(idle, 'a');
  sockets.open(begun, 'a');
  expect([sockets.begin(begun), sockets.begin(begun)]).toEqual(['FIRST', 'AGAIN']);
  vi.advanceTimersByTime(1_000);
  expect([idle.closed, begun.closed]).toEqual([[4408, 'Connection initialisation timeout'], undefined]);
});
