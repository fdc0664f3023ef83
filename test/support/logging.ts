/** A logger provider that keeps what it is given. The SDK for logs is not needed to see what is emitted. */
import { type Context, trace } from "@opentelemetry/api";

export interface EmittedLog {
  readonly eventName: string | undefined;
  readonly severityNumber: number | undefined;
  readonly attributes: Readonly<Record<string, unknown>>;
  /** Span of the context that the record was emitted with. */
  readonly spanId: string | undefined;
}

interface LogRecord {
  readonly eventName?: string;
  readonly severityNumber?: number;
  readonly attributes?: Readonly<Record<string, unknown>>;
  readonly context?: Context;
}

export class MemoryLogs {
  readonly records: EmittedLog[] = [];
  getLogger(_name: string, _version?: string): { emit(record: LogRecord): void } {
    return {
      emit: ({ eventName, severityNumber, attributes = {}, context }) => {
        const spanId = context && trace.getSpan(context)?.spanContext().spanId;
        this.records.push({ eventName, severityNumber, attributes, spanId });
      },
    };
  }
}
