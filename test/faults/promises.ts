/** What delivery promises and what it does not, each with what proves it. Printed into the README beside this file. */

export interface Promised {
  readonly promise: string;
  /** Numbers of fault cases; a text where no case can prove it. */
  readonly provedBy: readonly number[] | string;
}

/** With a spool, unless said otherwise. */
export const PROMISED: readonly Promised[] = [
  {
    promise: "What was acknowledged (`store()` resolved) outlives SIGKILL and a crash, at any moment.",
    provedBy: [29, 30, 31],
  },
  {
    promise:
      "A program that ends by itself leaves nothing in memory: its natural end, `process.exit()`, an uncaught exception, SIGTERM with `handleSigterm`.",
    provedBy: [32, 33],
  },
  { promise: "`shutdown()` returns within its deadline and keeps the queue.", provedBy: [34] },
  { promise: "A function that is frozen or reaped after `store()` loses nothing.", provedBy: [35] },
  {
    promise: "A receiver that is away, overloaded, slow, hanging or resetting costs nothing but room in the queue.",
    provedBy: [2, 8, 9, 11, 18, 19, 21, 23],
  },
  { promise: "`Retry-After` is kept to; values that make no sense do no harm.", provedBy: [5, 6, 7] },
  { promise: "Where a queue is full, what gives way is counted exactly, in memory as on disk.", provedBy: [3, 4, 45] },
  {
    promise: "What is refused for good is put aside with its reason, and told once; a bad record costs only itself.",
    provedBy: [10, 12, 14, 15, 17, 24],
  },
  { promise: "A wrong key, certificate or proxy pauses a destination; its queue is kept.", provedBy: [13, 27] },
  { promise: "Requests that are too large shrink until they are taken.", provedBy: [16] },
  { promise: "What comes twice comes with the same id, at every vendor.", provedBy: [20, 23, 30, 48] },
  { promise: "A success is a success by its status, whatever its body is.", provedBy: [22, 25, 26] },
  { promise: "Never more requests on their way than allowed, failing or not.", provedBy: [19, 46] },
  { promise: "One destination's trouble is not another's.", provedBy: [28] },
  { promise: "Several processes share one spool; what a dead one left, another sends.", provedBy: [39, 47] },
  {
    promise:
      "A full disk, a directory that is not fit, a damaged file, a dead thread: told, and never the application's trouble.",
    provedBy: [36, 37, 38, 40],
  },
  {
    promise: "Hostile spans throw nothing into the application; every byte is valid for strict decoders.",
    provedBy: [42, 43],
  },
  {
    promise: "No turn of the event loop takes over 50 ms of processor time, 5 MB prompts included.",
    provedBy: [1, 44],
  },
  { promise: "Setting the machine's clock changes no wait.", provedBy: [41] },
];

export const NOT_PROMISED: readonly Promised[] = [
  {
    promise:
      'Spans of the last 50 ms before a SIGKILL that were not acknowledged (`durability: "sync"` makes it less).',
    provedBy: [29],
  },
  {
    promise:
      "Traces that were still open at a SIGKILL, for destinations that take whole traces: they are gathered in memory.",
    provedBy: "by design",
  },
  {
    promise: "Without a spool: what is queued when the process is killed.",
    provedBy: "by design; `status()` says where a queue is",
  },
  { promise: "Exactly once, and any order: a lost reply means a copy, with the same id.", provedBy: [20, 23] },
  {
    promise: "Power loss: each commit is synced (`synchronous=FULL`), then the disk has the last word.",
    provedBy: "not tested: no test cuts the power",
  },
  { promise: "Loss of the disk, or of the spool's files.", provedBy: "not tested; damage is put aside (case 38)" },
  { promise: "A spool on a network file system: SQLite's WAL needs a local one.", provedBy: "not tested" },
  { promise: "A wrong clock: `Retry-After` as a date is read by it, and capped.", provedBy: [7] },
  {
    promise: "Delivery out of Kafka: there is no consumer.",
    provedBy: "not there; case 47 has processes on one spool instead",
  },
];
