/** Those that may be rotated: ids of hidden nodes and seals of cursors; what a sign-in at the provider begins with. */
export const SECRET_NAMES = ['hidden-ids', 'sign-in'] as const;
export type RotatedSecretName = (typeof SECRET_NAMES)[number];
/** `personal-data` wraps the keys of subjects, which outlive every overlap: it stays. */
export type SecretName = RotatedSecretName | 'personal-data';

export function isSecretName(text: string): text is RotatedSecretName {
  return (SECRET_NAMES as readonly string[]).includes(text);
}

/** A secret of the installation: the value seals, and both open. */
export interface InstallationSecret {
  readonly value: Uint8Array;
  /** What it was before the last rotation, until the overlap is over; else null. */
  readonly previous: Uint8Array | null;
}
