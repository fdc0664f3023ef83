const SLAB_BYTES = 256 * 1024;
/** Larger entries have memory of their own. */
const MAX_SHARED_BYTES = SLAB_BYTES / 4;
/** Slabs that nobody needs and that are kept for what comes: 8 MiB. */
const MAX_FREE = 32;

const free: Buffer[] = [];

/** Shared memory, so that the thread of a spool writes what lies there without a copy. */
function allocate(bytes: number): Buffer {
  return typeof SharedArrayBuffer === "function"
    ? Buffer.from(new SharedArrayBuffer(bytes))
    : Buffer.allocUnsafeSlow(bytes);
}

/**
 * Memory that entries lie in, one after another, so that a run of them is sent without a copy. Reference counted: when
 * its last holder releases it, it is used for the next slab, since V8 collects garbage the more often, the more memory
 * outside of its heap comes and goes. A holder that never releases leaks nothing: the memory is then collected as usual.
 */
export class Slab {
  readonly memory: Buffer;
  #holders = 1;

  constructor(bytes: number = SLAB_BYTES) {
    this.memory = (bytes === SLAB_BYTES ? free.pop() : undefined) ?? allocate(bytes);
  }

  retain(): void {
    this.#holders++;
  }

  /** Once for each `retain`, when what lies here is not read any more. */
  release(): void {
    if (--this.#holders === 0 && this.memory.length === SLAB_BYTES && free.length < MAX_FREE) free.push(this.memory);
  }
}

/** Something encoded that lies in a slab; its bytes are valid while the slab is retained. */
export class Entry {
  readonly slab: Slab;
  readonly begin: number;
  readonly end: number;

  constructor(slab: Slab, begin: number, end: number) {
    this.slab = slab;
    this.begin = begin;
    this.end = end;
  }

  get byteLength(): number {
    return this.end - this.begin;
  }

  /** A view. */
  get bytes(): Uint8Array {
    return this.slab.memory.subarray(this.begin, this.end);
  }

  /** For those who keep it, in memory of its own. */
  copy(): Uint8Array {
    return new Uint8Array(this.bytes);
  }
}

/** Puts entries into slabs, with a comma before each where they are JSON. */
export class SlabWriter {
  readonly #gap: number;
  #slab: Slab | undefined;
  #at = 0;

  constructor(separator: "," | "") {
    this.#gap = separator.length;
  }

  /** A copy of the beginning of `bytes`. */
  put(bytes: Uint8Array, length: number = bytes.byteLength): Entry {
    const all = this.#gap + length;
    if (all > MAX_SHARED_BYTES) return this.#write(new Slab(all), 0, bytes, length);
    if (this.#slab === undefined || this.#at + all > SLAB_BYTES) {
      this.#slab?.release();
      this.#slab = new Slab();
      this.#at = 0;
    }
    const entry = this.#write(this.#slab, this.#at, bytes, length);
    this.#at = entry.end;
    return entry;
  }

  #write(slab: Slab, at: number, bytes: Uint8Array, length: number): Entry {
    const begin = at + this.#gap;
    if (this.#gap > 0) slab.memory[at] = COMMA;
    if (bytes instanceof Buffer) bytes.copy(slab.memory, begin, 0, length);
    else slab.memory.set(length === bytes.byteLength ? bytes : bytes.subarray(0, length), begin);
    return new Entry(slab, begin, begin + length);
  }
}

const COMMA = 0x2c;
