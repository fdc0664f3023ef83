import { ATTR_GENSPAN_EXPERIMENT_ID, ATTR_GENSPAN_LOG_STREAM_ID } from "@genspan/semconv";
import type { MappingInput } from "../engine/rows.ts";
import type { Trace } from "../engine/trace.ts";
import { firstInTrace } from "../formats/galileo/trace-values.ts";
import { isUuid } from "../formats/ids.ts";
import type { GalileoIngestOptions } from "./options.ts";

type Input = Pick<MappingInput<GalileoIngestOptions>, "trace" | "options">;

/** Where a trace belongs: an experiment or a log stream, never both. Spans know better than options. */
export function targetOf({ trace, options }: Input): { readonly experiment?: string; readonly logStream?: string } {
  const named = firstInTrace(trace, ATTR_GENSPAN_EXPERIMENT_ID);
  // Another vendor's experiment may have any name; Galileo's is a UUID.
  const experiment = named !== undefined && isUuid(named) ? named : firstInTrace(trace, "galileo.experiment.id");
  if (experiment !== undefined) return { experiment };
  const logStream = firstInTrace(trace, ATTR_GENSPAN_LOG_STREAM_ID);
  if (logStream !== undefined) return { logStream };
  if (options.experimentId !== undefined) return { experiment: options.experimentId };
  return options.logStreamId === undefined ? {} : { logStream: options.logStreamId };
}

/** A session that Galileo knows; `galileo.session.id` is what Galileo's own OpenTelemetry processor sets. */
export function galileoSessionOf({ trace, options }: Input): string | undefined {
  return sessionIn(trace) ?? options.sessionId;
}

function sessionIn(trace: Trace): string | undefined {
  return trace.once("galileo-ingest.session", () => ofTraceOrResource(trace, "galileo.session.id"));
}

/** An attribute that Galileo's own processor sets on spans, and their exporter on the resource. */
export function ofTraceOrResource(trace: Trace, name: string): string | undefined {
  const value = firstInTrace(trace, name) ?? trace.spans[0]?.resource[name];
  return typeof value === "string" && value !== "" ? value : undefined;
}
