import { vendors } from "@genspan/mapping";
import { describe, expect, it } from "vitest";
import packageJson from "../package.json" with { type: "json" };
import { invoke } from "./testing.ts";

const genspan = (argv: string[], input = "", environment: Record<string, string> = {}) =>
  invoke(argv, [input], environment);

const attribute = (key: string, value: string | number) => ({
  key,
  value: typeof value === "number" ? { intValue: String(value) } : { stringValue: value },
});

function request(spanId: string) {
  const span = {
    traceId: "4bf92f3577b34da6a3ce929d0e0e4736",
    spanId,
    name: "chat gpt-4o-mini",
    kind: 3,
    startTimeUnixNano: "1795169730010000000",
    endTimeUnixNano: "1795169731294000000",
    attributes: [
      attribute("gen_ai.operation.name", "chat"),
      attribute("gen_ai.provider.name", "openai"),
      attribute("gen_ai.request.model", "gpt-4o-mini"),
      attribute("gen_ai.usage.input_tokens", 148),
    ],
  };
  return { resourceSpans: [{ resource: {}, scopeSpans: [{ spans: [span] }] }] };
}

const log10 = { LOG10_ORGANIZATION_ID: "org_1" };

describe("genspan map", () => {
  it("says on a terminal that it waits for what is typed", async () => {
    const { errors } = await invoke(["map", "--to", "log10"], [], log10, true);
    expect(errors).toContain("reading OTLP/JSON from the terminal; end with Ctrl-D");
    const fromFile = await invoke(["map", "--to", "log10", "package.json"], [], log10, true);
    expect(fromFile.errors).not.toContain("from the terminal");
  });

  it("prints one record for each request line", async () => {
    const input = [request("a2fb4a1d1a96d312"), request("a2fb4a1d1a96d313")]
      .map((line) => JSON.stringify(line))
      .join("\n");
    const { exitCode, output, errors } = await genspan(["map", "--vendor", "log10"], input, log10);
    expect(errors).toBe("");
    expect(exitCode).toBe(0);
    const records = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line));
    expect(records.map((record) => record.organization_id)).toEqual(["org_1", "org_1"]);
  });

  it("reads one object that is printed over several lines", async () => {
    const { exitCode, output } = await genspan(
      ["map", "-v", "log10"],
      JSON.stringify(request("a2fb4a1d1a96d312"), null, 2),
      log10,
    );
    expect(exitCode).toBe(0);
    expect(output.trim().split("\n")).toHaveLength(1);
  });

  it("names a bad line by its number, maps the others and exits 1", async () => {
    const good = JSON.stringify(request("a2fb4a1d1a96d312"));
    const { exitCode, output, errors } = await genspan(
      ["map", "-v", "log10"],
      `${good}\n{"resourceSpans":\n\n{"x":1}\n${good}\n`,
      log10,
    );
    expect(exitCode).toBe(1);
    expect(output.trim().split("\n")).toHaveLength(2);
    expect(errors).toMatch(/line 2: not JSON/);
    expect(errors).toMatch(/line 4: not an OTLP\/JSON trace export request: resourceSpans/);
  });

  it("quotes no key of a bad line", async () => {
    const key = ["sk", "proj", "Zk3vT9qLm2XbR7wYc5NdA1eHf8GjU4sP"].join("-");
    const lines = [
      `${key} is no JSON`,
      `{"a":${key}}`,
      `{"a":"x" ${key}}`,
      `{"${key}":1}`,
      "plain words are shown as they are",
    ];
    const { errors } = await genspan(["map", "-v", "log10"], lines.join("\n"), log10);
    expect(errors).toContain("line 1");
    expect(errors).toContain('line 5: not a JSON object: "plain words are show"');
    expect(errors).not.toContain(key.slice(0, 12));
  });

  it("says which option is missing when a record is not as documented", async () => {
    const { exitCode, errors } = await genspan(["map", "-v", "log10"], JSON.stringify(request("a2fb4a1d1a96d312")));
    expect(exitCode).toBe(1);
    expect(errors).toMatch(/organization_id/);
  });

  it("prints feedback beside the completion where the option asks for it", async () => {
    const line = request("a2fb4a1d1a96d312");
    const span = line.resourceSpans[0]?.scopeSpans[0]?.spans[0] as object;
    const attributes = [
      attribute("gen_ai.evaluation.name", "tone"),
      attribute("gen_ai.evaluation.score.label", "friendly"),
    ];
    Object.assign(span, { events: [{ name: "gen_ai.evaluation.result", timeUnixNano: "1", attributes }] });
    const environment = { ...log10, LOG10_FEEDBACK_TASK_ID: "task_1" };
    const { exitCode, output } = await genspan(["map", "--to", "log10"], JSON.stringify(line), environment);
    expect(exitCode).toBe(0);
    const [completion, feedback] = output.trim().split("\n");
    expect(completion).toContain('"kind":"chat"');
    expect(feedback).toContain('"task_id":"task_1","json_values":{"tone":"friendly"}');
    const back = await genspan(["map", "--from", "log10", "--to", "log10"], output, environment);
    expect(back.errors).toBe("");
    expect(back.output.trim().split("\n")[1]).toBe(feedback);
  });

  it("says of which span a record is not as documented, and of how many more", async () => {
    const input = [1, 2, 3].map((id) => JSON.stringify(request(`a2fb4a1d1a96d31${id}`))).join("\n");
    const { exitCode, errors, output } = await genspan(["map", "-v", "log10"], input);
    expect(exitCode).toBe(1);
    expect(output.trim().split("\n")).toHaveLength(3);
    expect(errors.trim().split("\n")).toEqual([
      expect.stringMatching(/^genspan: log10: span a2fb4a1d1a96d311: not as documented: organization_id: /),
      expect.stringMatching(/^genspan: 3 times: log10: not as documented: organization_id: /),
      "genspan: read 3 spans, printed 3 records; 3 faults",
    ]);
  });

  it("prints the records of every format with the vendor's name for `all`", async () => {
    const { output } = await genspan(["map", "-v", "all"], JSON.stringify(request("a2fb4a1d1a96d312")));
    const names = output
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line).vendor);
    expect(new Set(names)).toEqual(new Set(vendors.map((vendor) => vendor.name)));
  });
});

describe("genspan map --from", () => {
  const log = (more: object) => JSON.stringify({ model: "m", log_type: "chat", ...more });
  const from = (input: string, vendor = "keywords-ai", to = "log10") =>
    genspan(["map", "--from", vendor, "--to", to], input, log10);

  it("takes what others have written, with nulls, fields of later and ways of their own", async () => {
    const { exitCode, errors, output } = await from(
      log({ log_method: "python_tracing", cost: null, new_field: 1, input: [{ role: "user", content: "Hi" }] }),
    );
    expect([exitCode, errors]).toEqual([0, "genspan: line 1: lost, since spans have no place for it: new_field\n"]);
    expect(output).toContain('"content":"Hi"');
  });

  it("finds Galileo's project in the option where another vendor's record names one of its own", async () => {
    const projectId = "6e4c5bdf-8e9b-4f39-8b6a-2a0c3b1f9d10";
    const input = JSON.stringify({
      timestamp: "2025-03-05T16:03:20.123Z",
      name: "ai_gateway_request_log",
      resource: { "service.name": "gateway" },
      attributes: {
        id: "msg_1",
        threadId: "t",
        project_id: "proj_design",
        provider: "openai",
        model: "gpt-4o",
        metadata: { latency: 5, status: "success" },
      },
    });
    for (const to of ["galileo", "galileo-ingest"]) {
      const environment = { GALILEO_PROJECT_ID: projectId };
      const { exitCode, errors, output } = await genspan(["map", "--from", "noveum", "--to", to], input, environment);
      expect([exitCode, errors]).toEqual([0, ""]);
      expect(output).toContain(projectId);
    }
  });

  it("names each field once that spans have no place for", async () => {
    const lines = [log({ note: "check it" }), log({ note: "again", category: "billing" }), log({ category: "other" })];
    const { exitCode, errors } = await from(lines.join("\n"));
    expect(exitCode).toBe(0);
    expect(errors.trim().split("\n")).toEqual([
      "genspan: line 1: lost, since spans have no place for it: note",
      "genspan: line 2: lost, since spans have no place for it: category",
    ]);
  });

  it("says once what many records have in common, and at the end how many they were", async () => {
    const { exitCode, errors } = await from([1, 2, 3].map(() => log({ latency: "fast" })).join("\n"));
    expect(exitCode).toBe(0);
    expect(errors.trim().split("\n")).toEqual([
      expect.stringMatching(/^genspan: line 1: not as keywords-ai documents: latency: /),
      expect.stringMatching(/^genspan: 3 times: not as keywords-ai documents: latency: /),
    ]);
  });

  it("calls malformed what has none of the fields of a record, by its line", async () => {
    const { exitCode, errors } = await from(`${log({})}\n{"x":1}\n`);
    expect(exitCode).toBe(1);
    expect(errors.split("\n")).toEqual([
      "genspan: line 2: no log: it has none of the fields of one",
      "genspan: read 1 span, printed 1 record; 1 fault",
      "",
    ]);
  });

  it("says why there are no records where there are spans", async () => {
    const { exitCode, errors, output } = await from(log({ log_type: "tool" }));
    expect([exitCode, output]).toEqual([0, ""]);
    expect(errors).toBe("genspan: no records: log10 takes no spans of the operations that the 1 spans have\n");
  });
});

describe("wrong usage", () => {
  it.each([
    ["an unknown vendor", ["map", "-v", "nobody"], /unknown vendor "nobody"; choose one of .*log10/],
    ["no vendor", ["map"], /say which records are to be printed: --to <name>/],
    [
      "an options file that is not there",
      ["map", "-v", "log10", "-o", "none.json"],
      /cannot read options from none.json/,
    ],
    ["an unknown command", ["mop"], /unknown command 'mop'/],
    ["all vendors at once to read", ["map", "--from", "all", "--to", "log10"], /--from names one vendor/],
    ["two vendors under two names", ["map", "--to", "log10", "--vendor", "noveum"], /--to and --vendor are the same/],
    ["a file that is not there", ["map", "--to", "log10", "none.json"], /cannot read none.json: ENOENT/],
    ["a folder", ["map", "--to", "log10", "."], /cannot read \.: it is a directory/],
    ["a span file that is not there", ["explain", "-v", "log10", "-s", "none.json"], /cannot read none.json: ENOENT/],
    ["no span", ["explain", "-v", "log10", "-s", "-"], /no span in standard input: it must hold OTLP/],
  ])("answers %s with exit code 2 and a sentence", async (_name, argv, message) => {
    const { exitCode, errors, output } = await genspan(argv);
    expect(exitCode).toBe(2);
    expect(errors).toMatch(message);
    expect(output).toBe("");
  });
});

describe("genspan explain and vendors", () => {
  it.each(vendors.map((vendor) => [vendor.name, vendor] as const))(
    "explains every field of %s",
    async (name, vendor) => {
      const { exitCode, output } = await genspan(["explain", "--vendor", name]);
      expect(exitCode).toBe(0);
      for (const { fields } of vendor.configure().tables) {
        for (const { field } of fields) expect(output).toContain(field);
      }
    },
  );

  it("finds a vendor by its alias", async () => {
    expect((await genspan(["explain", "-v", "respan"])).output).toContain("Keywords AI");
  });

  it("lists six record formats", async () => {
    const { output } = await genspan(["vendors", "--json"]);
    expect(JSON.parse(output)).toHaveLength(6);
    expect((await genspan(["vendors"])).output).toMatch(/log10 +Log10 +Completion, Feedback \(by option\) +span/);
  });

  it.each(vendors.map((vendor) => [vendor.name, vendor] as const))("names every option of %s", async (name, vendor) => {
    const { output } = await genspan(["explain", "--vendor", name]);
    const [, listed = ""] = output.split("Options, which its README describes");
    for (const option of vendor.optionNames) expect(listed).toContain(`  ${option} `);
    for (const names of Object.values(vendor.environment)) expect(listed).toContain(names.join(", "));
  });

  it("prints its version", async () => {
    expect(await genspan(["--version"])).toMatchObject({ exitCode: 0, output: `${packageJson.version}\n` });
  });

  it("prints help and exits 0", async () => {
    const { exitCode, output } = await genspan(["--help"]);
    expect(exitCode).toBe(0);
    expect(output).toContain("map");
  });
});
