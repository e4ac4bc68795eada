/** Where a file of a report is downloaded. */
export function fileUrl(id: string, name: string): string {
  return `/api/v1/reports/${id}/files/${encodeURIComponent(name)}`;
}
