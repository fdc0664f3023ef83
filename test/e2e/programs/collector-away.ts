/** A program whose collector is away; it prints what was given up. Its natural end is what the test looks at. */
import { register } from "genspan";

const { tracerProvider } = register({
  destinations: ["otlp:http://127.0.0.1:9"],
  shutdownTimeoutMillis: 800,
  onDeadLetter: ({ reason }) => console.log(`given up: ${reason}`),
});
tracerProvider.getTracer("application").startSpan("work").end();
console.log("done");
