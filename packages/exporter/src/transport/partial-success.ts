import type { Rejected } from "./transport.ts";

/**
 * What an `ExportTraceServiceResponse` or `ExportLogsServiceResponse` says was not taken; undefined where all was.
 * Source: OTLP specification, "Partial Success": the client must not send it again. Both wire formats are read, since
 * some receivers answer in JSON whatever they were sent.
 */
export function partialSuccessIn(reply: Uint8Array): Rejected | undefined {
  if (reply.length === 0) return undefined;
  try {
    return reply[0] === 0x7b ? readJson(Buffer.from(reply).toString("utf8")) : readProtobuf(reply);
  } catch {
    return undefined; // a reply that cannot be read, or was cut: its status has said success
  }
}

function readJson(text: string): Rejected | undefined {
  const { partialSuccess } = JSON.parse(text) as { partialSuccess?: Record<string, unknown> }; // read field by field
  if (typeof partialSuccess !== "object" || partialSuccess === null) return undefined;
  const count = Number(partialSuccess["rejectedSpans"] ?? partialSuccess["rejectedLogRecords"] ?? 0);
  const message = partialSuccess["errorMessage"];
  return rejected(count, typeof message === "string" ? message : "");
}

/** Field 1, `partial_success`: field 1 is the number, field 2 the message. */
function readProtobuf(reply: Uint8Array): Rejected | undefined {
  const partial = fieldsOf(reply).get(1);
  if (!(partial instanceof Uint8Array)) return undefined;
  const fields = fieldsOf(partial);
  const message = fields.get(2);
  const count = fields.get(1);
  return rejected(
    typeof count === "number" ? count : 0,
    message instanceof Uint8Array ? Buffer.from(message).toString("utf8") : "",
  );
}

function rejected(count: number, message: string): Rejected | undefined {
  const valid = Number.isSafeInteger(count) && count > 0 ? count : 0;
  return valid > 0 || message !== "" ? { count: valid, message: message.slice(0, 300) } : undefined;
}

function fieldsOf(bytes: Uint8Array): Map<number, number | Uint8Array> {
  const fields = new Map<number, number | Uint8Array>();
  let at = 0;
  const varint = (): number => {
    let value = 0;
    for (let scale = 1; at < bytes.length; scale *= 128) {
      const byte = bytes[at++] ?? 0;
      value += (byte & 0x7f) * scale;
      if (byte < 0x80) return value;
    }
    throw new RangeError("the message is cut");
  };
  while (at < bytes.length) {
    const tag = varint();
    if (tag % 8 === 0) {
      fields.set(tag >> 3, varint());
    } else if (tag % 8 === 2) {
      const length = varint();
      fields.set(tag >> 3, bytes.subarray(at, at + length));
      at += length;
    } else {
      at += tag % 8 === 1 ? 8 : 4;
    }
  }
  return fields;
}
