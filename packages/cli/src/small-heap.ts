import { getHeapStatistics, setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";

const LARGE = 40 * 1024 * 1024;
/** Looking at the heap is not free either. */
const EVERY_SPANS = 256;

/**
 * A long run leaves garbage faster than V8 thinks worth collecting on a machine with much memory: it lets the heap grow
 * to hundreds of megabytes first, and keeps it. The returned function, told of every span, collects once the heap is
 * large, and gives back what is free.
 */
export function smallHeap(): (spans: number) => void {
  const collect = collector();
  let large = LARGE;
  let unseen = 0;
  return (spans) => {
    unseen += spans;
    if (unseen < EVERY_SPANS) return;
    unseen = 0;
    if (getHeapStatistics().total_heap_size < large) return;
    collect();
    // What cannot be collected is needed: no sense in trying again before as much has come on top.
    large = Math.max(LARGE, getHeapStatistics().used_heap_size + LARGE);
  };
}

/** Other runtimes have no such flags; there the heap is their affair. */
function collector(): () => void {
  try {
    setFlagsFromString("--semi-space-growth-factor=1");
    setFlagsFromString("--expose-gc");
    return runInNewContext("gc") as () => void;
  } catch {
    return () => {};
  }
}
