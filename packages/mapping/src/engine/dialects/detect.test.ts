import { expect, it } from "vitest";
import { namesInfo } from "./detect.ts";

it("tells lists of names apart that are of one length, and knows each again", () => {
  const current = ["gen_ai.operation.name", "user.id"];
  const dialect = ["gen_ai.operation.name", "openinference.span.kind"];
  const read = (names: readonly string[]) => {
    const { marks, careful } = namesInfo(names);
    return [marks !== 0, careful];
  };
  for (let round = 0; round < 2; round++) {
    expect(read([...current])).toEqual([false, ["gen_ai.operation.name"]]);
    expect(read([...dialect])).toEqual([true, ["gen_ai.operation.name"]]);
    expect(read([...current].reverse())).toEqual([false, ["gen_ai.operation.name"]]);
  }
});
