/** Whether a file could not be read or written: what is said of it names the file, and no store is the matter. */
export function isFileError(error: unknown): error is NodeJS.ErrnoException {
  return error instanceof Error && 'syscall' in error && 'path' in error;
}
