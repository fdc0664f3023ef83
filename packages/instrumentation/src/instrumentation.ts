import { createNoopMeter, type MeterProvider, type TracerProvider } from "@opentelemetry/api";
import { reportOwnError } from "./engine/reports.ts";
import { SCOPE_NAME, SCOPE_VERSION } from "./engine/scope.ts";
import { state } from "./engine/state.ts";
import { createTracing } from "./engine/tracing.ts";
import { hookModules } from "./module-hook.ts";
import type { InstrumentationOptions, LoggerProviderLike } from "./options.ts";

export interface GenAIInstrumentationOptions extends InstrumentationOptions {
  /** `false`: nothing is patched before `enable()`. Default: true, as in every OpenTelemetry instrumentation. */
  readonly enabled?: boolean;
}

/**
 * Traces every client of every known client library in this process; for `registerInstrumentations` and `NodeSDK`, or
 * by itself. Construct it before the client library is loaded.
 *
 * A class of our own with the shape of `Instrumentation`: the base class of `@opentelemetry/instrumentation` would bring
 * that package and its two module hooks into every install, and pin the application to one of its major versions.
 */
export class GenAIInstrumentation {
  readonly instrumentationName: string = SCOPE_NAME;
  readonly instrumentationVersion: string = SCOPE_VERSION;
  #options: GenAIInstrumentationOptions;
  #providers: Pick<InstrumentationOptions, "tracerProvider" | "meterProvider" | "loggerProvider"> = {};
  #unhook: (() => void) | undefined;

  constructor(options: GenAIInstrumentationOptions = {}) {
    this.#options = options;
    if (options.enabled !== false) this.enable();
  }

  /** Idempotent. Throws nothing: what could not be patched is in `status()`. */
  enable(): void {
    try {
      this.#unhook ??= hookModules();
      this.#apply();
    } catch (error) {
      reportOwnError("enable", error);
    }
  }

  /** Patched methods stay in place and pass calls through; clients given to `instrument()` are still traced. */
  disable(): void {
    this.#unhook?.();
    this.#unhook = undefined;
    state.everyClient = undefined;
  }

  setTracerProvider(tracerProvider: TracerProvider): void {
    this.#providers = { ...this.#providers, tracerProvider };
    this.#reapply();
  }

  /** `registerInstrumentations` also passes the no-op provider of an application that has none yet: not kept. */
  setMeterProvider(meterProvider: MeterProvider): void {
    if (meterProvider.getMeter(SCOPE_NAME) === createNoopMeter()) return;
    this.#providers = { ...this.#providers, meterProvider };
    this.#reapply();
  }

  setLoggerProvider(loggerProvider: LoggerProviderLike): void {
    this.#providers = { ...this.#providers, loggerProvider };
    this.#reapply();
  }

  setConfig(options: GenAIInstrumentationOptions): void {
    this.#options = options;
    this.#reapply();
  }

  getConfig(): GenAIInstrumentationOptions {
    return { enabled: true, ...this.#options };
  }

  #reapply(): void {
    if (this.#unhook !== undefined) this.#apply();
  }

  /** A provider in the options wins over one that was set. */
  #apply(): void {
    const { tracerProvider, meterProvider, loggerProvider } = this.#options;
    state.everyClient = createTracing({
      ...this.#options,
      tracerProvider: tracerProvider ?? this.#providers.tracerProvider,
      meterProvider: meterProvider ?? this.#providers.meterProvider,
      loggerProvider: loggerProvider ?? this.#providers.loggerProvider,
    });
  }
}
