import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { invoke } from "./testing.ts";

/** The forms in which files of records come, and what is said of those that are broken. */

const golden = new URL("../../mapping/src/keywords-ai/testdata/agent-trace.record.json", import.meta.url);
const logs = JSON.parse(readFileSync(golden, "utf8")) as readonly object[];
const lines = logs.map((log) => JSON.stringify(log));
const [first = "", second = "", third = ""] = lines;

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "genspan-input-"));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** In chunks of so many bytes. */
function chunks(input: string | Buffer, size: number): readonly Buffer[] {
  const bytes = Buffer.from(input);
  return Array.from({ length: Math.ceil(bytes.length / size) }, (_, at) => bytes.subarray(at * size, (at + 1) * size));
}

async function mapped(input: string | Buffer, files: readonly string[] = [], size = 65_536) {
  const argv = ["map", "--from", "keywords-ai", "--to", "keywords-ai", ...files];
  const { exitCode, output, errors } = await invoke(argv, chunks(input, size));
  const ids = output
    .split("\n")
    .filter((line) => line !== "")
    .map((line) => (JSON.parse(line) as { span_unique_id: string }).span_unique_id);
  return { exitCode, ids, errors: errors.split("\n").filter((line) => line !== "") };
}

const idsOf = (some: readonly string[]) =>
  some.map((line) => (JSON.parse(line) as { span_unique_id: string }).span_unique_id);

describe("records are read", () => {
  it.each<[string, string | Buffer]>([
    ["one on each line", lines.join("\n")],
    ["with the line ends of Windows", `${lines.join("\r\n")}\r\n`],
    ["behind a byte order mark", `\uFEFF${lines.join("\n")}`],
    ["in UTF-16 with a mark", Buffer.from(`\uFEFF${lines.join("\r\n")}`, "utf16le")],
    ["between empty lines", `\n\n${lines.join("\n \n\n")}\n\n`],
    ["one after another on a line", lines.join("")],
    ["over several lines", logs.map((log) => JSON.stringify(log, null, 2)).join("\n")],
    ["out of an array", JSON.stringify(logs)],
    ["out of an array over several lines behind a mark", `\uFEFF${JSON.stringify(logs, null, 2)}\n`],
    ["out of several arrays", `${JSON.stringify(logs.slice(0, 2))}\n${JSON.stringify(logs.slice(2))}\n`],
    ["packed by gzip", gzipSync(lines.join("\n"))],
  ])("%s", async (_name, input) => {
    expect(await mapped(input)).toEqual({ exitCode: 0, ids: idsOf(lines), errors: [] });
    expect(await mapped(input, [], 7)).toEqual({ exitCode: 0, ids: idsOf(lines), errors: [] });
  });

  it("out of files and standard input, in their order", async () => {
    const [plain, packed] = [join(folder, "a.jsonl"), join(folder, "b.jsonl.gz")];
    writeFileSync(plain, `${second}\n`);
    writeFileSync(packed, gzipSync(`${third}\nx\n`));
    const { exitCode, ids, errors } = await mapped(first, [plain, "-", packed]);
    expect([exitCode, ids]).toEqual([1, idsOf([second, first, third])]);
    expect(errors).toEqual([
      `genspan: ${packed}, line 2: not a JSON object: "x"`,
      "genspan: read 3 spans, printed 3 records; 1 fault",
    ]);
  });

  it("that are as long as 20 MB", async () => {
    const long = JSON.stringify({ ...logs[1], full_request: { text: "y".repeat(20e6) } });
    const { exitCode, ids } = await mapped(`${first}\n${long}\n${third}`);
    expect([exitCode, ids]).toEqual([0, idsOf(lines.slice(0, 3))]);
  });
});

describe("what is wrong is named by its line, and the rest is mapped:", () => {
  const noUtf8 = Buffer.concat([
    Buffer.from(`${first}\n${second.slice(0, -1)},"group_identifier":"`),
    Buffer.from([0xff, 0xfe]),
    Buffer.from(`"}\n${third}`),
  ]);
  it.each<[string, string | Buffer, readonly string[], readonly string[]]>([
    ["values that are no objects", `1\nnull\n"a, b"\n${first}`, ["1", "2", "3"], [first]],
    ["elements of an array that are none", `[${first}, null, "x, ]", 7,\n${second}]`, ["1", "1", "1"], [first, second]],
    ["text behind a record", `${first} xyz\n${second}}\n${third}`, ["1", "2"], [first, second, third]],
    ["a log line of a program", `[12:30] Started {}\n${first}`, ["1", "1"], [first]],
    ["a record that is cut", `${first}\n${second.slice(0, 50)}\n${third}`, ["2"], [first, third]],
    ["an array that is cut", `[${first},\n${second}`, ["2"], [first, second]],
    ["bytes that are no UTF-8", noUtf8, ["2"], [first, second, third]],
  ])("%s", async (_name, input, expected, kept) => {
    for (const size of [65_536, 5]) {
      const { exitCode, ids, errors } = await mapped(input, [], size);
      expect(exitCode).toBe(1);
      expect(ids).toEqual(idsOf(kept));
      const found = errors.map((line) => /^genspan: line (\d+): /.exec(line)?.[1]).filter((line) => line !== undefined);
      expect(found).toEqual(expected);
    }
  });

  it("a packed file that is cut", async () => {
    const packed = gzipSync(`${lines.join("\n")}\n${"x".repeat(200)}`);
    const { exitCode, errors } = await mapped(packed.subarray(0, packed.length - 9));
    expect(exitCode).toBe(1);
    expect(errors.join("\n")).toMatch(/the rest of the input: cannot be read: unexpected end of file/);
  });

  it("an input without anything", async () => {
    const { exitCode, errors } = await mapped("\n");
    expect([exitCode, errors]).toEqual([0, ["genspan: there was nothing to map: the input has no spans"]]);
  });
});
