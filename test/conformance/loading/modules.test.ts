/** What the packages load by themselves: never a client library, and the instrumentation nothing but the OpenTelemetry API. */
import { describe, expect, it } from "vitest";
import { DRIVERS } from "../behaviour/drivers.ts";
import { packagesLoaded } from "./modules.ts";

const CLIENTS = [...new Set(DRIVERS.map(({ module }) => module)), "@anthropic-ai/sdk", "@google/genai", "cohere-ai"];
const source = (code: string): string => `data:text/javascript,${encodeURIComponent(code)}`;
const clientsAmong = (packages: ReadonlySet<string>): readonly string[] => CLIENTS.filter((name) => packages.has(name));

describe("a process", () => {
  it("loads no client library by --import genspan/register", async () => {
    const packages = await packagesLoaded(["--import", "genspan/register"]);
    expect(packages).toContain("@opentelemetry/sdk-trace-base");
    expect(clientsAmong(packages)).toEqual([]);
  });

  it("loads nothing but the OpenTelemetry API by the instrumentation", async () => {
    const packages = await packagesLoaded(["--import", "@genspan/instrumentation"]);
    expect([...packages].sort()).toEqual(["@opentelemetry/api"]);
  });

  it("is found out when it does load a client library", async () => {
    const preload = source(`import ${JSON.stringify(import.meta.resolve("openai"))};`);
    expect(clientsAmong(await packagesLoaded(["--import", preload]))).toEqual(["openai"]);
  });
});
