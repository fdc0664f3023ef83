/** Amazon Bedrock's runtime under the instrumentation that is named. */
import { BedrockInstrumentation as OpenInference } from "@arizeai/openinference-instrumentation-bedrock";
import * as bedrock from "@aws-sdk/client-bedrock-runtime";
import { BedrockInstrumentation as OpenLLMetry } from "@traceloop/instrumentation-bedrock";
import { bedrockOptions, callBedrock } from "./bedrock-call.ts";
import { produce, provider } from "./support.ts";

if (process.argv[3] === "openinference") {
  new OpenInference({ tracerProvider: provider }).manuallyInstrument(bedrock as never); // of another version
} else {
  const instrumentation = new OpenLLMetry({ traceContent: true });
  instrumentation.setTracerProvider(provider);
  instrumentation.manuallyInstrument(bedrock as never); // as above
}

await produce((play) => callBedrock(new bedrock.BedrockRuntimeClient(bedrockOptions(play)), play));
