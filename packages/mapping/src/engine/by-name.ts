/** Names of attributes repeat from span to span; those with ids in them must not fill the memory, so it starts anew. */
const MAX_NAMES = 8192;
const LONGEST_NAME = 256;

/** A function of a name that remembers its answers. */
export function byName<T>(compute: (name: string) => T): (name: string) => T {
  let known = new Map<string, { readonly answer: T }>();
  return (name) => {
    const found = known.get(name);
    if (found !== undefined) return found.answer;
    const answer = compute(name);
    if (name.length > LONGEST_NAME) return answer;
    if (known.size >= MAX_NAMES) known = new Map();
    known.set(name, { answer });
    return answer;
  };
}
