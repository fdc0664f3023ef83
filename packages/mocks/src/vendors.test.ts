import { readFileSync } from "node:fs";
import { gzipSync } from "node:zlib";
import { afterEach, describe, expect, it } from "vitest";
import { type Mock, type MockName, startMock } from "./index.ts";

/** Records as the vendor's own samples and documents have them: none of them was made by this repository. */
const sample = (path: string): unknown =>
  JSON.parse(readFileSync(new URL(`../../mapping/src/${path}`, import.meta.url), "utf8"));

const golden = (vendor: string): readonly object[] => {
  const records = sample(`${vendor}/testdata/agent-trace.record.json`);
  return (Array.isArray(records) ? records : [records]) as readonly object[];
};

let mock: Mock;
afterEach(() => mock.close());

interface Sent {
  readonly path: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
}

const post = (sent: Sent, more: Readonly<Record<string, string>> = {}): Promise<Response> =>
  fetch(mock.url + sent.path, {
    method: "POST",
    body: sent.body,
    headers: { "content-type": "application/json", ...sent.headers, ...more },
  });

const [completion = {}] = golden("log10");
const [log = {}] = golden("noveum");
const ingest = golden("galileo-ingest")[0] as { project_id: string } & Record<string, unknown>;
const { project_id: project, ...envelope } = ingest;
const cyberPodTrace = golden("cyberpod")[1];
const bulk = (records: readonly object[], id: string) =>
  records.map((record) => `{"index":{"_index":"logs","_id":"${id}"}}\n${JSON.stringify(record)}\n`).join("");

/** For each vendor a request that it takes, and the same with one thing wrong. */
const cases: readonly (readonly [MockName, Sent, Sent, number, unknown])[] = [
  [
    "log10",
    { path: "/api/v1/completions", headers: keys("x-log10-token", "org_1"), body: JSON.stringify(completion) },
    {
      path: "/api/v1/completions",
      headers: keys("x-log10-token", "org_2"),
      body: JSON.stringify({ ...completion, kind: "completion" }),
    },
    400,
    expect.objectContaining({ id: (completion as { id: string }).id }),
  ],
  [
    "keywords-ai",
    {
      path: "/api/v1/traces/ingest",
      headers: { authorization: "Bearer key" },
      body: JSON.stringify(golden("keywords-ai").slice(0, 1)),
    },
    { path: "/api/v1/traces/ingest", headers: { authorization: "Bearer key" }, body: '[{"model":"m"}]' },
    400,
    { success: true, ingested_count: 1 },
  ],
  [
    "galileo",
    { path: "/traces", headers: { "galileo-api-key": "key" }, body: JSON.stringify(golden("galileo")[0]) },
    { path: "/traces", headers: { "galileo-api-key": "key" }, body: '{"id":"1"}' },
    422,
    { id: (golden("galileo")[0] as { id: string }).id },
  ],
  [
    "galileo-ingest",
    {
      path: `/v2/projects/${project}/traces`,
      headers: { "galileo-api-key": "key" },
      body: JSON.stringify({ ...envelope, include_trace_ids: false }),
    },
    {
      path: `/projects/${project}/traces`,
      headers: { authorization: "Bearer key" },
      body: JSON.stringify({ ...envelope, traces: [{ id: "not-a-uuid", type: "trace" }] }),
    },
    422,
    expect.objectContaining({ project_id: project, traces_count: 1 }),
  ],
  [
    "cyberpod",
    {
      path: "/api/v1/telemetry/traces",
      headers: { authorization: "Bearer key" },
      body: JSON.stringify(cyberPodTrace),
    },
    {
      path: "/api/v1/telemetry/traces",
      headers: { authorization: "Bearer key" },
      body: JSON.stringify({ ...cyberPodTrace, tenant_id: "t" }),
    },
    400,
    expect.objectContaining({ id: expect.stringMatching(/^trc_/) }),
  ],
];

function keys(name: string, organization: string): Readonly<Record<string, string>> {
  return { [name]: "key", "x-log10-organization": organization };
}

describe.each(cases)("the mock of %s", (name, right, wrong, status, answer) => {
  it("takes what the vendor documents, once for each id, and answers as documented", async () => {
    mock = await startMock(name, { key: "key" });
    const first = await post(right);
    expect(first.ok).toBe(true);
    expect(await first.json()).toEqual(answer);
    await post(right);
    expect(mock).toMatchObject({ size: 1, duplicates: 1, problems: [] });
    expect(mock.requests.map(({ taken }) => taken)).toEqual([1, 1]);
  });

  it("refuses a record that is not as documented, and says what is wrong", async () => {
    mock = await startMock(name);
    const response = await post(wrong);
    expect(response.status).toBe(status);
    expect(mock.size).toBe(0);
    expect(mock.problems.length).toBeGreaterThan(0);
  });

  it("refuses a key that is missing or another, a content type, a path and a method that it does not know", async () => {
    mock = await startMock(name, { key: "another" });
    expect((await post(right)).status).toBe(401);
    expect((await post({ ...right, headers: {} })).status).toBe(401);
    await mock.close();
    mock = await startMock(name);
    expect((await post(right, { "content-type": "text/plain" })).status).toBe(415);
    if (name !== "galileo") expect((await post({ ...right, path: "/nowhere" })).status).toBe(404);
    expect((await fetch(mock.url + right.path)).status).toBe(405);
    expect(mock.size).toBe(0);
  });
});

describe("the mock of log10", () => {
  it("updates the completion that the path names", async () => {
    mock = await startMock("log10");
    const { id } = completion as { id: string };
    const headers = keys("x-log10-token", "org_1");
    await post({ path: "/api/v1/completions", headers, body: JSON.stringify({ ...completion, status: "started" }) });
    const updated = await post({ path: `/api/v1/completions/${id}`, headers, body: JSON.stringify(completion) });
    expect(updated.status).toBe(200);
    expect(mock.records).toMatchObject([{ id, copies: 2, record: { status: "finished" } }]);
  });
});

describe("the mock of log10's feedback", () => {
  const headers = keys("x-log10-token", "org_1");
  const feedback = {
    id: "f1",
    task_id: "task_1",
    json_values: { quality: 4 },
    matched_completion_ids: ["c1"],
    completion_ids: ["c1"],
    comment: "",
  };
  const send = (body: object, more = headers) =>
    post({ path: "/api/v1/feedback", headers: more, body: JSON.stringify(body) });

  it("takes it once for each id, and answers with it", async () => {
    mock = await startMock("log10");
    expect(await (await send(feedback)).json()).toEqual(feedback);
    await send(feedback);
    expect(mock).toMatchObject({ size: 1, duplicates: 1, problems: [] });
  });

  it.each([
    ["without a task", { ...feedback, task_id: undefined }, /task_id/],
    ["without what it is about", { ...feedback, completion_ids: undefined }, /names completions/],
    ["without a comment", { ...feedback, comment: undefined }, /comment/],
    ["with the organisation in the body", { ...feedback, organization_id: "org_1" }, /is no field/],
  ])("refuses it %s", async (_case, wrong, problem) => {
    mock = await startMock("log10");
    expect((await send(wrong)).status).toBe(400);
    expect(mock.problems.join()).toMatch(problem);
  });

  it("refuses it without the organisation in the header", async () => {
    mock = await startMock("log10");
    expect((await send(feedback, { "x-log10-token": "key" } as never)).status).toBe(400);
  });
});

describe("the mock of noveum", () => {
  const headers = { authorization: `Basic ${btoa("elastic:key")}`, "content-type": "application/x-ndjson" };
  const bad = { ...log, name: "another" };

  it("indexes a document once for each _id", async () => {
    mock = await startMock("noveum", { key: "key" });
    const path = "/_bulk?filter_path=errors,items.*.error.type";
    for (const _again of [1, 2]) {
      const response = await post({ path, headers, body: bulk([log], "a") });
      expect(await response.json()).toEqual({ errors: false });
    }
    const all = await post({ path: "/_bulk", headers, body: bulk([log], "b") });
    expect(await all.json()).toMatchObject({ errors: false, items: [{ index: { _id: "b", status: 201 } }] });
    expect(mock).toMatchObject({ size: 2, duplicates: 1 });
  });

  it("answers 200 and names what it refused, where only some documents are wrong", async () => {
    mock = await startMock("noveum");
    const path = "/_bulk?filter_path=errors,items.*.error.type";
    const response = await post({ path, headers, body: bulk([log], "a") + bulk([bad], "b") });
    expect(response.status).toBe(200);
    expect(await response.json()).toEqual({
      errors: true,
      items: [{ index: { error: { type: "document_parsing_exception" } } }],
    });
    expect(mock.records.map(({ id }) => id)).toEqual(["a"]);
  });

  it.each([
    ["without a newline at the end", bulk([log], "a").trimEnd()],
    ["with a document in the place of an action", `${JSON.stringify(log)}\n`],
  ])("refuses a bulk request %s", async (_case, body) => {
    mock = await startMock("noveum");
    expect((await post({ path: "/_bulk", headers, body })).status).toBe(400);
  });

  it("takes single documents, and an array at any other path", async () => {
    mock = await startMock("noveum");
    const { status } = await post({ path: "/logs/_doc/a", headers, body: JSON.stringify(log) });
    expect(status).toBe(201);
    const json = { ...headers, "content-type": "application/json" };
    expect((await post({ path: "/collect", headers: json, body: JSON.stringify([log]) })).status).toBe(200);
    expect(mock.size).toBe(2);
  });

  it("takes the vendor's own examples", async () => {
    mock = await startMock("noveum");
    const examples = sample("noveum/testdata/documented.records.json");
    const json = { ...headers, "content-type": "application/json" };
    await post({ path: "/collect", headers: json, body: JSON.stringify(examples) });
    expect(mock).toMatchObject({ size: 3, problems: [] });
  });
});

it("reads zipped requests, and applies a check of the caller's", async () => {
  mock = await startMock("keywords-ai", { check: (record) => ("cost" in record ? ["has a cost"] : []) });
  const [record] = golden("keywords-ai");
  const send = (one: object) =>
    fetch(`${mock.url}/api/v1/traces/ingest`, {
      method: "POST",
      body: gzipSync(JSON.stringify([one])),
      headers: { authorization: "Bearer k", "content-type": "application/json", "content-encoding": "gzip" },
    });
  expect((await send(record ?? {})).status).toBe(200);
  expect((await send({ ...record, cost: 1 })).status).toBe(400);
  expect(mock.problems).toEqual(["has a cost"]);
});
