import { reportOwnError } from "./reports.ts";

/**
 * Calls `found` with the first client that has the property, and leaves the prototype as it was.
 *
 * Some resource classes are in no module's exports and on no class: only a client leads to them. Its prototype either
 * has a getter, which is replaced until it is used once, or its constructor sets the property, and then a setter of
 * that name on the prototype sees the first client. (Not a class field, which is defined and not assigned: such a client
 * has to be given to `instrument()` itself.)
 */
export function whenFirstPresent(prototype: object, property: string, found: (client: object) => void): void {
  const descriptor = Object.getOwnPropertyDescriptor(prototype, property);
  if (descriptor?.configurable === false || !Object.isExtensible(prototype)) return;
  const tell = (client: object): void => {
    try {
      if (descriptor === undefined) Reflect.deleteProperty(prototype, property);
      else Object.defineProperty(prototype, property, descriptor);
      found(client);
    } catch (error) {
      reportOwnError("late property", error);
    }
  };
  if (descriptor?.get !== undefined) {
    const { get } = descriptor;
    Object.defineProperty(prototype, property, {
      ...descriptor,
      get(this: object): unknown {
        if (this !== prototype) tell(this);
        return get.call(this);
      },
    });
  } else if (descriptor === undefined) {
    Object.defineProperty(prototype, property, {
      configurable: true,
      enumerable: false,
      get: () => undefined,
      set(this: object, value: unknown) {
        // What the assignment does where the prototype has no such property.
        Object.defineProperty(this, property, { value, writable: true, enumerable: true, configurable: true });
        tell(this);
      },
    });
  }
}
