import type { Intake } from "../intake.ts";
import type { ReceivedLog, ReceivedSpan } from "../otlp/records.ts";
import { otlpLogs, otlpTraces } from "../otlp/routes.ts";

/** An OTLP/HTTP receiver, such as a Collector: JSON and protobuf, zipped or not, traces and logs. */
export const otlp: Intake = {
  name: "otlp",
  title: "OTLP",
  recordName: "span or log record",
  refusesKey: ({ authorization }, key) =>
    key === undefined || authorization === `Bearer ${key}` ? undefined : "the bearer token is not the right one",
  routes: [otlpTraces(/\/v1\/traces$/), otlpLogs(/\/v1\/logs$/)],
  invalidStatus: 400,
  error: (status, reason) => ({ code: status, message: reason }),
  summary: (record) => {
    const one = record as Partial<ReceivedSpan & ReceivedLog>; // one of the two
    return one.name ?? one.eventName ?? "";
  },
};
