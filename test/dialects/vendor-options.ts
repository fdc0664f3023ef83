/** What the records need beside the span. */
export const VENDOR_OPTIONS: Readonly<Record<string, object>> = {
  log10: { organizationId: "org-1" },
  galileo: { projectId: "7f1f5f0e-6a0b-4b55-9d0e-2d8f6a1f4c11" },
  "galileo-ingest": {
    projectId: "7f1f5f0e-6a0b-4b55-9d0e-2d8f6a1f4c11",
    logStreamId: "1b9d6bcd-bbfd-4b2d-9b5d-ab8dfbbd4bed",
  },
};
