/** A strip per line, and the alerts. */
import { buttons } from './answer.js';
import { element, localTime } from './element.js';

/** One glance per machine: what it does, in a word and a colour class. */
const looks = {
  Execute: ['runs', 'runs'],
  Completing: ['runs', 'runs'],
  Suspended: ['waits', 'waits'],
  Suspending: ['waits', 'waits'],
  Unsuspending: ['waits', 'waits'],
  Held: ['held', 'stands'],
  Holding: ['held', 'stands'],
  Aborted: ['fault', 'stands'],
  Aborting: ['fault', 'stands'],
  Stopped: ['stopped', 'stands'],
  Unknown: ['no data', 'dark'],
};
const lookOf = (machine) =>
  machine.stale
    ? ['no data', 'dark']
    : (looks[machine.state] ?? [String(machine.state ?? 'no data').toLowerCase(), 'waits']);

export function showFloor(floor, places, actions) {
  places.lines.replaceChildren(...floor.lines.map((line) => strip(line, actions)));
  const { alerts } = floor;
  places.alerts.replaceChildren(
    ...(alerts.length > 0
      ? alerts.map((alert) => alertItem(alert, actions))
      : [element('li', { class: 'quiet' }, 'Nothing is open.')]),
  );
  const down = (floor.sources.sources ?? []).filter((source) => source.state !== 'up');
  places.sources.textContent =
    down.length === 0
      ? 'All systems answer.'
      : down.map((source) => source.problem ?? `${source.source}: ${source.state}`).join(' ');
  places.sources.className = down.length === 0 ? 'good' : 'bad';
  document.body.dataset.state = alerts.some((alert) => alert.state === 'open') ? 'bad' : 'good';
}

function strip(line, { ask }) {
  const { name } = line;
  return element(
    'li',
    { class: `strip ${line.running ? 'runs' : 'stands'}`, 'data-line': line.line },
    element(
      'button',
      {
        type: 'button',
        class: 'name',
        title: `Ask about ${name}`,
        on: { click: () => void ask(line.running ? `How is ${name}?` : `Why did ${name} stop?`) },
      },
      name,
    ),
    element('span', { class: 'said' }, line.says),
    element(
      'ol',
      { class: 'machines' },
      (line.machines ?? []).map((machine) => {
        const [word, look] = lookOf(machine);
        const waits = machine.waiting ? ` (${machine.waiting})` : '';
        return element(
          'li',
          { class: look, title: `${machine.name}: ${word}${waits}` },
          element('b', {}, machine.name),
          element('span', {}, `${word}${waits}`),
        );
      }),
    ),
  );
}

function alertItem(alert, { press }) {
  return element(
    'li',
    { class: `alert ${alert.state}` },
    element('h3', {}, alert.firstLine),
    element('p', { class: 'small' }, `${alert.state}, since ${localTime(alert.since)}`),
    (alert.suggestions ?? []).length > 0
      ? element(
          'ul',
          { class: 'suggestions' },
          alert.suggestions.map((one) =>
            element(
              'li',
              {},
              element('b', {}, one.label),
              ` ${one.why}`,
              one.lastTime ? element('em', {}, ` ${one.lastTime}`) : null,
            ),
          ),
        )
      : null,
    buttons(alert.buttons, press),
  );
}
