export * from "./core.ts";
export { type RecordDestination, type VendorDestinationOptions, vendorDestination } from "./destinations/vendor.ts";
