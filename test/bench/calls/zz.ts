import { DRIVERS, driverOf } from "../../conformance/behaviour/drivers.ts";
import { interleave } from "../interleave.ts";
import { benchClient } from "./variants.ts";
const names = process.argv[2]?.split(",");
const rounds = Number(process.argv[3] ?? 120);
for (const driver of names?.map(driverOf) ?? DRIVERS) {
  const { streams, chunks } = await benchClient(driver);
  const [bare, , ours] = await interleave([streams[0]!, streams[1]!, streams[2]!].filter((_, i) => i !== 1) as never, { rounds, calls: 1 }).then(([a, b]) => [a, undefined, b]);
  const q = (r: readonly number[], f: number) => [...r].sort((x, y) => x - y)[Math.floor(r.length * f)] ?? 0;
  console.log(driver.name.padEnd(16), chunks, "bare", bare!.min.toFixed(0), "ours", ours!.min.toFixed(0), "min", ((ours!.min - bare!.min) / chunks).toFixed(2), "p10", ((q(ours!.rounds, 0.1) - q(bare!.rounds, 0.1)) / chunks).toFixed(2), "p25", ((q(ours!.rounds, 0.25) - q(bare!.rounds, 0.25)) / chunks).toFixed(2), "p50", ((q(ours!.rounds, 0.5) - q(bare!.rounds, 0.5)) / chunks).toFixed(2));
}
