/** Watches the event loop of a thread. */
export interface LoopWatch {
  /** Longest time between two turns. */
  readonly stallMillis: number;
  /** Most processor time that one turn took. */
  readonly turnMillis: number;
  /** All the time by which turns came late. */
  readonly lateMillis: number;
  /** As much of it as was no processor time of this thread: it waited for others. */
  readonly waitedMillis: number;
  readonly peakRssMegabytes: number;
  stop(): void;
}

/** Idle, a turn comes every one or two milliseconds. */
const ON_TIME_MILLIS = 5;

/**
 * A stall on a busy machine says little of who is to blame, so the processor time of this thread is measured beside it.
 */
export function watchLoop(): LoopWatch {
  let stallMillis = 0;
  let turnMillis = 0;
  let lateMillis = 0;
  let waitedMillis = 0;
  let peakRss = 0;
  let ticks = 0;
  let last = performance.now();
  let lastCpu = cpuMillis();
  const timer = setInterval(() => {
    const now = performance.now();
    const cpu = cpuMillis();
    stallMillis = Math.max(stallMillis, now - last);
    turnMillis = Math.max(turnMillis, cpu - lastCpu);
    if (now - last > ON_TIME_MILLIS) {
      lateMillis += now - last;
      waitedMillis += Math.max(0, now - last - (cpu - lastCpu));
    }
    if (++ticks % 50 === 0) peakRss = Math.max(peakRss, process.memoryUsage.rss());
    last = now;
    lastCpu = cpu;
  }, 1);
  timer.unref();
  return {
    get stallMillis() {
      return stallMillis;
    },
    get turnMillis() {
      return turnMillis;
    },
    get lateMillis() {
      return lateMillis;
    },
    get waitedMillis() {
      return waitedMillis;
    },
    get peakRssMegabytes() {
      return Math.max(peakRss, process.memoryUsage.rss()) / 1e6;
    },
    stop: () => clearInterval(timer),
  };
}

function cpuMillis(): number {
  const { user, system } = process.threadCpuUsage();
  return (user + system) / 1000;
}
