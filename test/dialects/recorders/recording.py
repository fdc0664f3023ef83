"""What the recorders of Python have in common: plays in, printed spans out, as `producers/run.ts` has them."""

import json
import sys
import traceback

from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

exporter = InMemorySpanExporter()
processor = SimpleSpanProcessor(exporter)
argument = sys.argv[2] if len(sys.argv) > 2 else None


def time_of(nanos):
    return [nanos // 1_000_000_000, nanos % 1_000_000_000]


def plain(span):
    context, scope = span.get_span_context(), span.instrumentation_scope
    return {
        "traceId": format(context.trace_id, "032x"),
        "spanId": format(context.span_id, "016x"),
        **({"parentSpanId": format(span.parent.span_id, "016x")} if span.parent else {}),
        "name": span.name,
        "kind": span.kind.value,
        "startTime": time_of(span.start_time),
        "endTime": time_of(span.end_time),
        "status": {"code": span.status.status_code.value, "message": span.status.description or ""},
        "attributes": dict(span.attributes),
        "events": [
            {"name": event.name, "time": time_of(event.timestamp), "attributes": dict(event.attributes)}
            for event in span.events
        ],
        "scope": {"name": scope.name, "version": scope.version},
    }


def run(call):
    spans = {}
    for play in json.loads(sys.argv[1]):
        try:
            call(play)
        except Exception:  # a refused call has a span as well
            traceback.print_exc()
        spans[play["id"]] = [plain(span) for span in exporter.get_finished_spans()]
        exporter.clear()
    print(json.dumps(spans))
