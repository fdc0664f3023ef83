/** Libraries that are built in other ways than openai: what an adapter may say of them, and what the engine makes of it. */
import { describe, expect, it } from "vitest";
import type { ClientAdapter, MethodAdapter } from "../adapter.ts";
import { memorySpans } from "../testing/spans.ts";
import type { Root } from "./find.ts";
import { install } from "./install.ts";
import { record } from "./read.ts";
import { state } from "./state.ts";
import { createTracing } from "./tracing.ts";

const method: MethodAdapter = {
  operation: "chat",
  path: (body) => `/model/${String(body["modelId"])}`,
  model: (body) => (typeof body["modelId"] === "string" ? body["modelId"] : undefined),
  request: () => ({}),
  response: (response) => ({ "test.answer": String(record(response)["answer"]) }),
};

function adapterOf(methods: ClientAdapter["methods"], own: Partial<ClientAdapter> = {}): ClientAdapter {
  return {
    module: "test-library",
    supportedVersions: [],
    clientClasses: ["Client"],
    entryFiles: {},
    methods,
    client: (resource) => resource,
    isClient: () => true,
    baseUrl: () => undefined,
    provider: () => "test",
    ...own,
  };
}

const spans = memorySpans();
const seen = () => spans.getFinishedSpans().map(({ name, attributes }) => [name, attributes["test.answer"]]);

function trace(adapter: ClientAdapter, root: Root, ...clients: object[]): void {
  install(adapter, root, { reachedBy: "instrument" });
  for (const client of clients) {
    state.clients.set(client, createTracing({}));
    for (const key of adapter.keys?.(client) ?? []) state.clients.set(key as object, createTracing({}));
  }
}

class Command {
  readonly input: object;
  constructor(input: object) {
    this.input = input;
  }
}
class ListCommand extends Command {}

/** As the AWS clients: `send` belongs to a class that the clients of all services share. */
function commandLibrary() {
  class SharedClient {
    send(command: Command, callback?: (error: unknown, value?: object) => void): Promise<object> | undefined {
      const answer = async () => ({ answer: command.constructor.name });
      const failed = (command.input as { fail?: boolean }).fail === true;
      const result = failed ? Promise.reject(new RangeError("no")) : answer();
      if (callback === undefined) return result;
      result.then((value) => callback(null, value), callback);
      return undefined;
    }
  }
  class ModelClient extends SharedClient {}
  class StorageClient extends SharedClient {}
  const send: MethodAdapter = {
    ...method,
    isInherited: true,
    select: ([command]) => (command instanceof ListCommand ? undefined : method_),
  };
  const method_: MethodAdapter = {
    ...method,
    body: ([command]) => record(command)["input"],
    callback: (args) => (typeof args[1] === "function" ? 1 : undefined),
  };
  return { SharedClient, ModelClient, StorageClient, adapter: adapterOf({ send }) };
}

describe("a method that sends commands", () => {
  it("is traced by its command, with the request that the command holds", async () => {
    const { ModelClient, adapter } = commandLibrary();
    const client = new ModelClient();
    trace(adapter, { kind: "client", value: client }, client);
    await client.send(new Command({ modelId: "m" }));
    await client.send(new ListCommand({ modelId: "m" }));
    expect(seen()).toEqual([["chat m", "Command"]]);
    expect(spans.getFinishedSpans()[0]?.attributes["genspan.request.path"]).toBe("/model/m");
  });

  it("is not replaced on the class that other libraries share", () => {
    const { SharedClient, ModelClient, StorageClient, adapter } = commandLibrary();
    const { send } = SharedClient.prototype;
    trace(adapter, { kind: "class", value: ModelClient });
    expect(SharedClient.prototype.send).toBe(send);
    expect(StorageClient.prototype.send).toBe(send);
    expect([ModelClient.prototype.send.name, ModelClient.prototype.send.length]).toEqual(["send", 2]);
  });

  it("calls the inherited method that is there at the call, with what others have made of it", async () => {
    const { SharedClient, ModelClient, adapter } = commandLibrary();
    const client = new ModelClient();
    trace(adapter, { kind: "client", value: client }, client);
    const { send } = SharedClient.prototype;
    let calls = 0;
    SharedClient.prototype.send = function (...args) {
      calls += 1;
      return send.apply(this, args);
    };
    await client.send(new Command({ modelId: "m" }));
    expect([calls, seen().length]).toEqual([1, 1]);
  });

  it("tells a callback what it tells without us, and returns nothing", async () => {
    const { ModelClient, adapter } = commandLibrary();
    const client = new ModelClient();
    trace(adapter, { kind: "client", value: client }, client);
    const results: unknown[] = [];
    const callback = (...args: unknown[]): void => void results.push(args);
    expect(client.send(new Command({ modelId: "m" }), callback)).toBeUndefined();
    client.send(new Command({ modelId: "m", fail: true }), callback);
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(results).toEqual([[null, { answer: "Command" }], [new RangeError("no")]]);
    expect(spans.getFinishedSpans().map(({ attributes }) => attributes["error.type"])).toEqual([
      undefined,
      "RangeError",
    ]);
  });
});

describe("a patched method that calls another at once", () => {
  it("is one call", async () => {
    class Base {
      async chat(body: { modelId: string }): Promise<object> {
        return { answer: body.modelId };
      }
    }
    class Client extends Base {
      override async chat(body: { modelId: string }): Promise<object> {
        return super.chat(body);
      }
    }
    const [base, client] = [new Base(), new Client()];
    const adapter = adapterOf({ chat: method });
    trace(adapter, { kind: "client", value: base }, base);
    trace(adapter, { kind: "client", value: client }, client);
    await client.chat({ modelId: "m" });
    expect(seen()).toEqual([["chat m", "m"]]);
  });
});

/** As @google/genai and @mistralai/mistralai: resource classes are in no export, and do not know their client. */
function lateLibrary() {
  class Models {
    readonly shared: object;
    constructor(shared: object) {
      this.shared = shared;
    }
    generate = async (body: object): Promise<object> => this.generateInternal(body);
    async generateInternal(_body: object): Promise<object> {
      return { answer: "models" };
    }
  }
  class Chat {
    readonly shared: object;
    constructor(shared: object) {
      this.shared = shared;
    }
    async complete(_body: object): Promise<object> {
      return { answer: "chat" };
    }
  }
  class Client {
    readonly shared = {};
    declare models: Models;
    _chat: Chat | undefined;
    constructor() {
      this.models = new Models(this.shared);
    }
    get chat(): Chat {
      this._chat ??= new Chat(this.shared);
      return this._chat;
    }
  }
  const adapter = adapterOf(
    { "Models.generateInternal": method, "Chat.complete": method },
    {
      lateProperties: ["models", "chat"],
      client: (resource) => record(resource)["shared"] as object,
      keys: (client) => [record(client)["shared"]],
      isClient: (value) => record(value)["constructor"] === Client,
    },
  );
  return { Client, adapter };
}

describe("resources that only a client leads to", () => {
  const ask = async (client: InstanceType<ReturnType<typeof lateLibrary>["Client"]>): Promise<void> => {
    await client.models.generate({ modelId: "a" });
    await client.chat.complete({ modelId: "b" });
  };

  it("are found from a client, and belong to it alone", async () => {
    const { Client, adapter } = lateLibrary();
    const client = new Client();
    trace(adapter, { kind: "client", value: client }, client);
    await ask(new Client());
    await ask(client);
    expect(seen()).toEqual([
      ["chat a", "models"],
      ["chat b", "chat"],
    ]);
  });

  it("are found when the first client of a class is made, and the prototype is as it was", async () => {
    const { Client, adapter } = lateLibrary();
    const before = Object.getOwnPropertyDescriptors(Client.prototype);
    trace(adapter, { kind: "class", value: Client });
    state.classes.unshift({ module: adapter.module, prototype: Client.prototype, tracing: createTracing({}) });
    const client = new Client();
    expect(Object.getOwnPropertyDescriptor(client, "models")).toMatchObject({ writable: true, enumerable: true });
    await ask(client);
    await ask(new Client());
    state.classes.shift();
    expect(Object.getOwnPropertyDescriptors(Client.prototype)).toEqual(before);
    expect(seen()).toHaveLength(4);
    expect(state.modules.get("test-library")?.copies.at(-1)?.patched).toEqual([
      "Models.generateInternal",
      "Chat.complete",
    ]);
  });
});

describe("a library with telemetry of its own", () => {
  it("runs its method where the adapter keeps that quiet", async () => {
    let isQuiet = false;
    class Client {
      async chat(_body: object): Promise<object> {
        return { answer: String(isQuiet) };
      }
    }
    const client = new Client();
    const withoutNativeTelemetry: Required<ClientAdapter>["withoutNativeTelemetry"] = ({ args, run }) => {
      isQuiet = true;
      try {
        return run(args);
      } finally {
        isQuiet = false;
      }
    };
    trace(adapterOf({ chat: method }, { withoutNativeTelemetry }), { kind: "client", value: client }, client);
    await client.chat({ modelId: "m" });
    expect([seen(), isQuiet]).toEqual([[["chat m", "true"]], false]);
  });
});
