import { z } from "zod";
import { isObject } from "../../engine/message-guards.ts";

/** The zod fields of an interface: the compiler demands one for each, optional where the interface says so. */
export type Shape<T> = {
  readonly [Field in keyof T]-?: Record<never, never> extends Pick<T, Field>
    ? z.ZodExactOptional<z.ZodType<Exclude<T[Field], undefined>>>
    : z.ZodType<T[Field]>;
};

export type JsonObject = Readonly<Record<string, unknown>>;

/** An object whose fields are the user's or the provider's business. */
export const jsonObject: z.ZodType<JsonObject> = z.custom<JsonObject>(isObject, "must be an object");
