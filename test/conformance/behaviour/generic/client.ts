/** Other ways of making clients and of passing requests. */
import { type BehaviourCase, PROMPT } from "../case.ts";
import { describeDeep, describeError, shape } from "../describe-value.ts";
import type { Driver } from "../driver.ts";

export function clientCases(driver: Driver): readonly BehaviourCase[] {
  const chat = driver.chat.bind(driver);
  const usage = driver.usage.chat;
  return [
    {
      name: "client_shape",
      spans: 1,
      usage,
      async run({ client }) {
        const before = shape(client);
        await chat(client, { prompt: PROMPT });
        return { before, after: shape(client), members: members(client) };
      },
    },
    {
      name: "client_subclass",
      spans: 1,
      usage,
      async run({ create }) {
        const client = create({}, "subclass");
        return { client: shape(client), value: describeDeep(await chat(client, { prompt: PROMPT })) };
      },
    },
    {
      name: "client_frozen",
      spans: 1,
      usage,
      // Some clients cannot work when they are frozen: then the call fails, as it does without instrumentation, and may fail
      // before the client knows its address.
      errorType: "as seen",
      unavailable: ["server.address"],
      async run({ create }) {
        const client = create({}, "frozen");
        try {
          return { frozen: Object.isFrozen(client), value: describeDeep(await chat(client, { prompt: PROMPT })) };
        } catch (error) {
          return { error: describeError(error) };
        }
      },
    },
    ...fetchCases(driver),
    {
      name: "client_perRequest",
      spans: ({ clients }) => clients,
      usage,
      async run({ create, scale, collectGarbage }) {
        const made: WeakRef<object>[] = [];
        for (let count = 0; count < scale.clients; count++) {
          const client = create();
          made.push(new WeakRef(client));
          await chat(client, { prompt: PROMPT });
        }
        await collectGarbage();
        const alive = made.filter((client) => client.deref() !== undefined).length;
        return { made: made.length, isMostlyCollected: alive < made.length / 4 };
      },
    },
  ];
}

function fetchCases(driver: Driver): readonly BehaviourCase[] {
  const since = driver.understands.fetch;
  return since === undefined ? [] : [fetchCase(driver, since)];
}

const fetchCase = (driver: Driver, since: number): BehaviourCase => ({
  name: "client_fetch",
  since,
  spans: 1,
  usage: driver.usage.chat,
  async run({ create }) {
    const seen: string[] = [];
    const client = create({
      fetch: (input, init) => {
        seen.push(`${init?.method ?? (input instanceof Request ? input.method : "GET")}`);
        return fetch(input, init);
      },
    });
    return { value: describeDeep(await driver.chat(client, { prompt: PROMPT })), seen };
  },
});

/** The resources and methods of a client, as far as they can be had without a call. */
function members(client: object): Readonly<Record<string, ReturnType<typeof shape>>> {
  const names = Reflect.ownKeys(client).filter((key) => typeof key === "string" && !key.startsWith("_"));
  return Object.fromEntries(names.map((name) => [String(name), shape(Reflect.get(client, name))]));
}
