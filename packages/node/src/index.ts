export {
  type Destination,
  GenAISpanProcessor,
  type PropagatedAttributes,
  propagateAttributes,
  vendorDestination,
} from "@genspan/exporter";
export { GenAIInstrumentation, type InstrumentationOptions } from "@genspan/instrumentation";
export { ConfigError, type DestinationConfig, type OtlpConfig, type RecordTarget } from "./config.ts";
export type { DestinationOption } from "./destinations.ts";
export { type Genspan, type GenspanStatus, type RegisterOptions, register } from "./register.ts";
