export { parseCaptureContent } from "./engine/environment.ts";
export { instrument } from "./instrument.ts";
export { GenAIInstrumentation, type GenAIInstrumentationOptions } from "./instrumentation.ts";
export type {
  CaptureContent,
  CountTokens,
  InstrumentationOptions,
  LoggerProviderLike,
  MediaUpload,
  OnMedia,
  StreamUsage,
} from "./options.ts";
export { status } from "./status.ts";
export type { InstrumentationStatus, ModuleCopyStatus, ModuleStatus, ReachedBy } from "./status-types.ts";
