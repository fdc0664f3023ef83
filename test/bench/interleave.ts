/** Runs variants in turn, many short rounds in shuffled order, so that drift of the machine hits all alike. */

export interface Variant {
  readonly name: string;
  /** One call; a round makes `calls` of them. */
  readonly run: () => Promise<void>;
}

export interface Measured {
  readonly name: string;
  /** CPU microseconds a call (user and system), least and median over the rounds. */
  readonly min: number;
  readonly median: number;
  /** CPU microseconds of each round. */
  readonly rounds: readonly number[];
}

export interface Interleaving {
  readonly rounds: number;
  readonly calls: number;
  /**
   * Whether each round begins with a collection of all garbage. V8 then also forgets the shapes of objects of which none
   * is left, and with them the code that was compiled for them: what follows pays for compiling it again. Default: true.
   */
  readonly collect?: boolean;
}

export async function interleave(
  variants: readonly Variant[],
  { rounds, calls, collect = true }: Interleaving,
): Promise<readonly Measured[]> {
  const samples = new Map<Variant, number[]>(variants.map((variant) => [variant, []]));
  for (let round = -2; round < rounds; round++) {
    for (const variant of shuffled(variants)) {
      if (collect) globalThis.gc?.();
      const before = process.cpuUsage();
      for (let call = 0; call < calls; call++) await variant.run();
      const { user, system } = process.cpuUsage(before);
      if (round >= 0) samples.get(variant)?.push((user + system) / calls); // the first two rounds warm up
    }
  }
  return variants.map((variant) => {
    const own = samples.get(variant) ?? [];
    const sorted = [...own].sort((a, b) => a - b);
    return { name: variant.name, min: sorted[0] ?? 0, median: sorted[sorted.length >> 1] ?? 0, rounds: own };
  });
}

/** Median over the rounds of a / b, round by round. */
export function pairedRatio(a: Pick<Measured, "rounds">, b: Pick<Measured, "rounds">): number {
  const ratios = a.rounds.map((value, round) => value / (b.rounds[round] ?? value)).sort((x, y) => x - y);
  return ratios[ratios.length >> 1] ?? 1;
}

function shuffled<T>(items: readonly T[]): readonly T[] {
  return items
    .map((item) => ({ item, order: Math.random() }))
    .sort((a, b) => a.order - b.order)
    .map(({ item }) => item);
}
