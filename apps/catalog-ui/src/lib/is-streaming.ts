/** Whether a job’s type, `PROCESSING_TYPE/INTEGRATION/JOB_TYPE`, says that its runs go on until somebody stops them. */
export function isStreaming(jobType: string | null): boolean {
  return jobType?.split('/')[0]?.toUpperCase() === 'STREAMING';
}
