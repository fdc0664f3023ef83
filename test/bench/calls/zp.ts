import { driverOf } from "../../conformance/behaviour/drivers.ts";
import { benchClient } from "./variants.ts";
const { streams } = await benchClient(driverOf(process.argv[2] ?? "openai"));
const which = streams[Number(process.argv[4] ?? 2)]!;
for (let i = 0; i < Number(process.argv[3] ?? 200); i++) await which.run();
