const SLAB_BYTES = 256 * 1024;
/** Larger pieces have memory of their own. */
const MOST_SHARED_BYTES = SLAB_BYTES / 4;

let slab: Buffer = Buffer.alloc(0);
let at = 0;

/**
 * UTF-8 bytes of a text, in memory that many texts share: outside of the heap that the garbage collector walks, and
 * without an allocation for each. Memory is never written twice, so that whoever holds a piece may keep it.
 */
export function textToBytes(text: string): Uint8Array {
  const most = text.length * 3;
  if (most > MOST_SHARED_BYTES) return alone(text);
  if (at + most > slab.length) startSlab();
  const begin = at;
  at += slab.write(text, at, "utf8");
  return slab.subarray(begin, at);
}

/** A copy of bytes in the same memory. */
export function copyOfBytes(bytes: Uint8Array): Uint8Array {
  if (bytes.byteLength > MOST_SHARED_BYTES) {
    const own = Buffer.allocUnsafeSlow(bytes.byteLength);
    own.set(bytes);
    return own;
  }
  if (at + bytes.byteLength > slab.length) startSlab();
  const begin = at;
  slab.set(bytes, begin);
  at += bytes.byteLength;
  return slab.subarray(begin, at);
}

function alone(text: string): Uint8Array {
  const own = Buffer.allocUnsafeSlow(Buffer.byteLength(text));
  own.write(text, "utf8");
  return own;
}

function startSlab(): void {
  slab = Buffer.allocUnsafeSlow(SLAB_BYTES);
  at = 0;
}
