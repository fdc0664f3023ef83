import { readFileSync } from "node:fs";
import { diag } from "@opentelemetry/api";
import { afterEach, expect, it } from "vitest";
import { listenToWarnings } from "./testing.ts";
import { warnOfVariables } from "./warn-of-variables.ts";

afterEach(() => diag.disable());

function toldOf(environment: Readonly<Record<string, string>>): readonly string[] {
  const told = listenToWarnings();
  warnOfVariables(environment);
  return told;
}

it("tells of a variable that has lost a letter, with the names that there are", () => {
  expect(toldOf({ GENSPAN_DESTINATION: "log10", GENSPAN_DESTINATIONS: "otlp", HOME: "/" })).toEqual([
    expect.stringMatching(/^genspan: GENSPAN_DESTINATION is read by nothing; there are .*GENSPAN_DESTINATIONS/),
  ]);
});

it("knows every variable that the documentation names", () => {
  const readme = readFileSync(new URL("../README.md", import.meta.url), "utf8");
  const names = readme.match(/\bGENSPAN_[A-Z_]+/g) ?? [];
  expect(names.length).toBeGreaterThan(10);
  expect(toldOf(Object.fromEntries(names.map((name) => [name, ""])))).toEqual([]);
});
