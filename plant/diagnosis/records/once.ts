/** What is asked again for every hypothesis, 100 times and more for one stop, and reckoned once for each `key`. */
export function once<K extends object, T>(reckon: (key: K) => T): (key: K) => T {
  const known = new WeakMap<K, T>();
  return (key) => {
    let found = known.get(key);
    if (found === undefined) {
      found = reckon(key);
      known.set(key, found);
    }
    return found;
  };
}

/** A line says the same few hundred texts again and again, and each is read some 40 times for one stop: that is kept. */
const mostKept = 2_000;

/** What is asked of the same texts again and again, and read once for each. */
export function keeping<T>(read: (text: string) => T): (text: string) => T {
  const known = new Map<string, T>();
  return (text) => {
    let found = known.get(text);
    if (found === undefined) {
      found = read(text);
      if (known.size >= mostKept) known.clear();
      known.set(text, found);
    }
    return found;
  };
}
