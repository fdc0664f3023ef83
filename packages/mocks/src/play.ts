import type { ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";
import type { Decision } from "./decide.ts";
import type { Fault } from "./fault.ts";
import type { Intake, IntakeRequest, Reply } from "./intake.ts";
import { partialSuccess } from "./otlp/reply.ts";
import { isProtobuf } from "./otlp/routes.ts";

export interface Scene {
  readonly request: IntakeRequest;
  readonly response: ServerResponse;
  readonly intake: Intake;
  /** Checks and stores the request; called at most once. */
  readonly decide: () => Decision;
}

/** What was answered: undefined where nothing was. */
export interface Played {
  readonly status: number | undefined;
  readonly decision: Decision | undefined;
}

/** Answers a request that was read, with the fault where there is one. */
export async function play(fault: Fault | undefined, scene: Scene): Promise<Played> {
  const { response, intake } = scene;
  switch (fault?.kind) {
    case "status":
      return { status: sendStatus(response, intake, fault), decision: undefined };
    case "hang":
      return { status: undefined, decision: fault.stored ? scene.decide() : undefined };
    case "slow":
      return playSlow(fault, scene);
    case "reset": {
      const decision = fault.when === "after-storing" ? scene.decide() : undefined;
      response.socket?.resetAndDestroy();
      return { status: undefined, decision };
    }
    case "cut": {
      const decision = scene.decide();
      cut(response, decision.reply);
      return { status: decision.reply.status, decision };
    }
    case "reply":
    case "warning":
      return playReply(fault, scene);
    default: {
      const decision = scene.decide();
      return { status: send(response, decision.reply), decision };
    }
  }
}

async function playSlow(fault: Extract<Fault, { kind: "slow" }>, { response, decide }: Scene): Promise<Played> {
  const first = fault.stored === "last" ? undefined : decide();
  await sleep(fault.millis, undefined, { ref: false });
  if (first === undefined && response.destroyed) return { status: undefined, decision: undefined };
  const decision = first ?? decide();
  return { status: send(response, decision.reply), decision };
}

function playReply(fault: Extract<Fault, { kind: "reply" | "warning" }>, { request, response, decide }: Scene): Played {
  const decision = decide();
  const { status } = decision.reply;
  if (status >= 300) return { status: send(response, decision.reply), decision };
  if (fault.kind === "reply") {
    response.writeHead(status, { "content-type": fault.contentType ?? "text/html" }).end(fault.body);
    return { status, decision };
  }
  const counter = request.path.endsWith("logs") ? "rejectedLogRecords" : "rejectedSpans";
  return { status: send(response, partialSuccess(isProtobuf(request), counter, 0, fault.message)), decision };
}

function sendStatus(response: ServerResponse, intake: Intake, fault: Extract<Fault, { kind: "status" }>): number {
  const { status, retryAfter, headers, body } = fault;
  const asked = retryAfter instanceof Date ? retryAfter.toUTCString() : retryAfter;
  response.writeHead(status, {
    "content-type": "application/json",
    ...(asked !== undefined && { "retry-after": String(asked) }),
    ...(status === 407 && { "proxy-authenticate": "Basic" }),
    ...headers,
  });
  response.end(bytesOf(body ?? intake.error(status, "as the mock was told")));
  return status;
}

function send(response: ServerResponse, { status, body, contentType = "application/json" }: Reply): number {
  const bytes = bytesOf(body);
  response.writeHead(status, { "content-type": contentType, "content-length": bytes.byteLength }).end(bytes);
  return status;
}

/** A head that promises more than comes. */
function cut(response: ServerResponse, { status, body }: Reply): void {
  const bytes = bytesOf(body);
  response.writeHead(status, { "content-type": "application/json", "content-length": bytes.byteLength + 100 });
  response.write(bytes.byteLength === 0 ? " " : bytes, () => response.socket?.resetAndDestroy());
}

const bytesOf = (body: unknown): Uint8Array =>
  body instanceof Uint8Array ? body : Buffer.from(typeof body === "string" ? body : (JSON.stringify(body) ?? ""));
