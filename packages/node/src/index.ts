export {
  type Destination,
  GenAISpanProcessor,
  type PropagatedAttributes,
  propagateAttributes,
  vendorDestination,
} from "@genspan/exporter";
export { GenAIInstrumentation, type InstrumentationOptions } from "@genspan/instrumentation";
export type { DestinationConfig, OtlpConfig, RecordTarget } from "./config.ts";
export { ConfigError } from "./config-error.ts";
export type { DestinationOption } from "./destinations.ts";
export { register } from "./register.ts";
export type { Genspan, GenspanStatus, RegisterOptions } from "./register-with.ts";
