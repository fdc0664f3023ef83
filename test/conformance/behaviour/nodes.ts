/** The Node versions that the kit runs in: each from its npm package. */
import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { fileURLToPath } from "node:url";

export interface NodeBinary {
  /** Major version, or the path that was asked for. */
  readonly label: string;
  readonly path: string;
  /** Without the `v`. */
  readonly version: string;
}

export const NODES = ["22", "24", "26"] as const;

/** A major version of NODES, or the path of a `node`. Throws a sentence where it is not there. */
export function nodeOf(asked: string): NodeBinary {
  if (process.versions.node.startsWith(`${asked}.`)) {
    return { label: asked, path: process.execPath, version: process.versions.node };
  }
  const packaged = fileURLToPath(
    new URL(`../../node_modules/node-${process.platform}-${process.arch}-${asked}/bin/node`, import.meta.url),
  );
  const path = existsSync(packaged) ? packaged : asked;
  if (!existsSync(path)) {
    throw new Error(
      `There is no Node ${asked} here: ask for ${NODES.join(", ")} (Linux), or give the path of a \`node\`.`,
    );
  }
  return { label: asked, path, version: execFileSync(path, ["--version"], { encoding: "utf8" }).trim().slice(1) };
}

type Version = readonly [number, number, number];

const parse = (text: string): Version => {
  const [major = 0, minor = 0, patch = 0] = text.split(".").map((part) => Number.parseInt(part, 10) || 0);
  return [major, minor, patch];
};

function compare(left: Version, right: Version): number {
  return left[0] - right[0] || left[1] - right[1] || left[2] - right[2];
}

/** Whether a version is within `engines.node`, as npm packages write it: `>=18`, `^20.6 || >=22`. */
export function isWithin(engines: string, version: string): boolean {
  const given = parse(version);
  return engines.split("||").some((range) =>
    range
      .trim()
      .split(/\s+(?=[<>^~=\d])/)
      .every((comparator) => {
        const [, operator = "", text = ""] = /^(>=|<=|>|<|\^|~|=)?\s*v?([\d.x*]+)/.exec(comparator) ?? [];
        const wanted = parse(text);
        const order = compare(given, wanted);
        if (operator === ">=") return order >= 0;
        if (operator === "<=") return order <= 0;
        if (operator === ">") return order > 0;
        if (operator === "<") return order < 0;
        const isAny = !/^\d/.test(text);
        return order >= 0 && (isAny || given[0] === wanted[0]) && (operator !== "~" || given[1] === wanted[1]);
      }),
  );
}
