import { registerTracerProvider } from "@mistralai/mistralai/extra/observability";
import { callMistral, mistralClient } from "./mistral-call.ts";
import { produce, provider } from "./support.ts";

registerTracerProvider(provider);

await produce((play) => callMistral(mistralClient(play), play));
