/** Watches the event loop: the longest stall, and the most processor time that one turn took. */
export interface LoopWatch {
  readonly stallMillis: number;
  readonly turnMillis: number;
  readonly peakRssMegabytes: number;
  stop(): void;
}

/**
 * A stall on a busy machine says little of who is to blame, so the processor time of this thread is measured beside it.
 */
export function watchLoop(): LoopWatch {
  let stallMillis = 0;
  let turnMillis = 0;
  let peakRss = 0;
  let ticks = 0;
  let last = performance.now();
  let lastCpu = cpuMillis();
  const timer = setInterval(() => {
    const now = performance.now();
    const cpu = cpuMillis();
    stallMillis = Math.max(stallMillis, now - last);
    turnMillis = Math.max(turnMillis, cpu - lastCpu);
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
