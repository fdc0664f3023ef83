import type { Command } from "commander";
import { positiveCount } from "../../positive-count.ts";
import type { Surroundings } from "../../surroundings.ts";
import { type DrainOptions, drainQueue } from "./drain.ts";
import {
  type LimitedOptions,
  listQueue,
  purgeQueue,
  type QueueOptions,
  retryDead,
  showDead,
  showQueue,
} from "./queue.ts";

/** Adds `genspan queue ...`. @param exit is told the exit code where it is not 0. */
export function addQueueCommands(program: Command, surroundings: Surroundings, exit: (code: number) => void): void {
  const queue = program
    .command("queue")
    .description("Looks into a spool, also of a process that is dead, and delivers what is in it.");
  const add = (name: string, description: string): Command =>
    queue
      .command(name)
      .description(description)
      .option("-s, --spool <directory>", "the spool's directory; default: GENSPAN_SPOOL_DIRECTORY");
  const addChoosing = (name: string, description: string): Command =>
    add(name, description).option("-d, --destination <name...>", "only these destinations");

  addChoosing("ls", "Lists how much waits and how much was given up, for each destination.")
    .option("--json", "print JSON instead of a table")
    .action((options: QueueOptions) => listQueue(options, surroundings));
  addChoosing("show", "Prints queued records as JSON Lines, the oldest first.")
    .option("-n, --limit <count>", "most records", positiveCount, 10)
    .action((options: LimitedOptions) => showQueue(options, surroundings));
  addChoosing("dead", "Prints dead letters as JSON Lines with the reasons, the newest first.")
    .option("-n, --limit <count>", "most records", positiveCount, 10)
    .action((options: LimitedOptions) => showDead(options, surroundings));
  addChoosing("retry", "Queues dead letters again; a running process, or `drain`, delivers them.").action(
    (options: QueueOptions) => retryDead(options, surroundings),
  );
  addChoosing("purge", "Deletes queued records for good, or dead letters.")
    .option("--dead", "dead letters instead of queued records")
    .option("--yes", "do it")
    .action((options: QueueOptions & { dead?: boolean; yes?: boolean }) => purgeQueue(options, surroundings));
  add("drain", "Delivers what no living process holds, and shows how it goes.")
    .requiredOption(
      "-t, --to <destination...>",
      "`otlp:<url>` or a vendor; `name=...` for a destination of another name",
    )
    .option("--header <line...>", "`name: value`, for collectors")
    .option("--timeout <seconds>", "stop after so long without progress", "30")
    .action(async (options: DrainOptions) => exit(await drainQueue(options, surroundings)));
}
