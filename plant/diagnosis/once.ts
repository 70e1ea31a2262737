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
