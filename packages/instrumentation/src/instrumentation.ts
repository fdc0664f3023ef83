import type { MeterProvider, TracerProvider } from "@opentelemetry/api";
import type { InstrumentationOptions, LoggerProviderLike } from "./options.ts";

/** Traces every client of every known client library in this process. */
export class GenAIInstrumentation {
  readonly instrumentationName = "@genspan/instrumentation";
  readonly instrumentationVersion = "0.1.0";
  #config: InstrumentationOptions;
  constructor(options: InstrumentationOptions = {}) {
    this.#config = options;
  }
  enable(): void {}
  disable(): void {}
  setTracerProvider(tracerProvider: TracerProvider): void {
    this.#config = { ...this.#config, tracerProvider };
  }
  setMeterProvider(meterProvider: MeterProvider): void {
    this.#config = { ...this.#config, meterProvider };
  }
  setLoggerProvider(loggerProvider: LoggerProviderLike): void {
    this.#config = { ...this.#config, loggerProvider };
  }
  setConfig(config: InstrumentationOptions): void {
    this.#config = config;
  }
  getConfig(): InstrumentationOptions {
    return this.#config;
  }
}
