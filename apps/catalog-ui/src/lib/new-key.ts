/** Tells one request from all others, so that it can be sent again. Not `randomUUID`: pages served without TLS lack it. */
export function newKey(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(36)).join('-');
}
