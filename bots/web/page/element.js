/** Makes an element. Strings become text nodes, never markup: text from outside is shown as text. */
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (key === 'on')
      for (const [event, listener] of Object.entries(value)) node.addEventListener(event, listener);
    else if (value !== null && value !== undefined && value !== false)
      node.setAttribute(key, value === true ? '' : String(value));
  }
  node.append(
    ...children.flat(Infinity).filter((child) => child !== null && child !== undefined && child !== ''),
  );
  return node;
}

let zone = 'UTC';
export const setZone = (name) => {
  zone = name;
};
/** `14:05` in the plant's zone, with the day where it is not today. */
export function localTime(iso) {
  const at = new Date(iso);
  const day = (date) => date.toLocaleDateString('en-GB', { timeZone: zone, day: 'numeric', month: 'short' });
  const clock = at.toLocaleTimeString('en-GB', { timeZone: zone, hour: '2-digit', minute: '2-digit' });
  return day(at) === day(new Date()) ? clock : `${day(at)} ${clock}`;
}
