/** Ends three spans, and then itself: by `exit()`, or since there is nothing more to do. */
import { trace } from "@opentelemetry/api";

const tracer = trace.getTracer("application");
for (let index = 0; index < 3; index++) tracer.startSpan("chat").end();
console.log("done");
if (process.argv[2] === "exit") process.exit(0);
