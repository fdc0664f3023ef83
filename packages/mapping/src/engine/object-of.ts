/**
 * An object of names and values. V8 keeps one to which more than a dozen fields are added under computed names as a hash
 * table, which takes twice as long to make, to look through and to write as JSON. A copy of an object that has the fields
 * already it does not: what is asked for varies little, and the usual combinations of names are kept.
 */
export function objectOf(names: readonly string[], values: readonly unknown[]): Record<string, unknown> {
  const object: Record<string, unknown> = names.length > MAX_ADDED ? { ...templateOf(names) } : {};
  for (let index = 0; index < names.length; index++) {
    const name = names[index] ?? "";
    if (name !== "__proto__") object[name] = values[index];
    // An own property: a name must not reach the prototype.
    else
      Object.defineProperty(object, name, {
        value: values[index],
        enumerable: true,
        writable: true,
        configurable: true,
      });
  }
  return object;
}

/** An object to which so many fields are added stays as it should be. */
export const MAX_ADDED = 12;
/** Of each length. */
const MAX_TEMPLATES = 8;

interface Template {
  readonly names: readonly string[];
  readonly object: Readonly<Record<string, unknown>>;
}

const byLength = new Map<number, Template[]>();

function templateOf(names: readonly string[]): Readonly<Record<string, unknown>> {
  const templates = byLength.get(names.length) ?? [];
  for (const template of templates) if (isSame(template.names, names)) return template.object;
  const object = fieldsOf(names);
  if (templates.length >= MAX_TEMPLATES) templates.pop();
  templates.unshift({ names: [...names], object });
  byLength.set(names.length, templates);
  return object;
}

/** Whether two lists of one length hold the same names. */
export function isSame(a: readonly string[], b: readonly string[]): boolean {
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}

/** An object whose fields have held values of several kinds: it then expects none in particular. */
function fieldsOf(names: readonly string[]): Readonly<Record<string, unknown>> {
  const own = names.filter((name) => name !== "__proto__");
  const object = JSON.parse(`{${own.map((name) => `${JSON.stringify(name)}:0`).join()}}`) as Record<string, unknown>;
  for (const value of [0.5, "", null]) for (const name of own) object[name] = value;
  return object;
}
