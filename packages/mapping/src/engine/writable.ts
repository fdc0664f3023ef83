/** For what is made field by field, and read only from then on. */
export type Writable<T> = { -readonly [Key in keyof T]: T[Key] };
