/** Ids of hidden nodes and seals of cursors; what a sign-in at the provider begins with. */
export const SECRET_NAMES = ['hidden-ids', 'sign-in'] as const;
export type SecretName = (typeof SECRET_NAMES)[number];

export function isSecretName(text: string): text is SecretName {
  return (SECRET_NAMES as readonly string[]).includes(text);
}

/** A secret of the installation: the value seals, and both open. */
export interface InstallationSecret {
  readonly value: Uint8Array;
  /** What it was before the last rotation, until the overlap is over; else null. */
  readonly previous: Uint8Array | null;
}
