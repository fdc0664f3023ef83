export { instrument } from "./instrument.ts";
export { GenAIInstrumentation } from "./instrumentation.ts";
export type { CaptureContent, InstrumentationOptions, LoggerProviderLike } from "./options.ts";
export type { InstrumentationStatus, ModuleCopyStatus, ModuleStatus, ReachedBy } from "./status.ts";
export { status } from "./status.ts";
