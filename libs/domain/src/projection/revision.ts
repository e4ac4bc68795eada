/**
 * Raised with every change of what events become, or of how documents of the projection are kept: a catalog of another
 * revision is built anew from the log at the start.
 */
export const PROJECTION_REVISION = 22;
