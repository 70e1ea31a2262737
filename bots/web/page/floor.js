/** A strip per line, and the alerts. */
import { paragraphs } from './answer.js';
import { element, localTime } from './element.js';
import { buttons } from './form.js';
import { chainPicture, whySection, withoutShown } from './why.js';

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
/** Why a machine waits, in the words of the pictures. */
const waits = { starved: ', nothing comes', blocked: ', cannot deliver' };
const lookOf = (machine) =>
  looks[machine.state ?? 'Unknown'] ?? [String(machine.state).toLowerCase(), 'waits'];

export function showFloor(floor, places, actions) {
  redraw(
    places.lines,
    floor.lines.map((line) => strip(line, actions)),
  );
  const { alerts } = floor;
  redraw(
    places.alerts,
    alerts.length > 0
      ? alerts.map((alert) => alertItem(alert, actions))
      : [element('li', { class: 'quiet' }, 'Nothing is open.')],
  );
  const down = (floor.sources.sources ?? []).filter((source) => source.state !== 'up');
  places.sources.textContent =
    down.length === 0
      ? 'All systems answer.'
      : down.map((source) => source.problem ?? `${source.source}: ${source.state}`).join(' ');
  places.sources.className = down.length === 0 ? 'good' : 'bad';
  const is = (state) => alerts.some((alert) => alert.state === state);
  document.body.dataset.state = is('open') ? 'bad' : is('acknowledged') || is('shelved') ? 'taken' : 'good';
}

/** Draws a list anew; what had the focus has it again, what was open stays open. */
function redraw(list, items) {
  const within = (item) => [...item.querySelectorAll('button, summary')];
  const holder = [...list.children].find((item) => item.contains(document.activeElement));
  const position = holder ? within(holder).indexOf(document.activeElement) : -1;
  const opened = new Set(
    [...list.children].filter((item) => item.querySelector('details[open]')).map((item) => item.dataset.key),
  );
  list.replaceChildren(...items);
  for (const item of items) {
    const details = item.querySelector('details');
    if (details && opened.has(item.dataset.key)) details.open = true;
    if (holder && item.dataset.key === holder.dataset.key)
      within(item)[position]?.focus({ preventScroll: true });
  }
}

const withoutName = (says, name) =>
  says.startsWith(`${name} `) ? says.slice(name.length + 1).replace(/^has been /, '') : says;

function strip(line, { ask }) {
  const { name } = line;
  return element(
    'li',
    { class: `strip ${line.running ? 'runs' : 'stands'}`, 'data-line': line.line, 'data-key': line.line },
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
    // The name stands before it already.
    element('span', { class: 'said' }, withoutName(line.says, name)),
    element(
      'ol',
      { class: 'machines' },
      (line.machines ?? []).map((machine) => {
        const [word, look] = lookOf(machine);
        const why = waits[machine.waiting] ?? '';
        return element(
          'li',
          { class: look, title: `${machine.name}: ${word}${why}` },
          element('b', {}, machine.name),
          element('span', {}, `${word}${why}`),
        );
      }),
    ),
  );
}

function alertItem(alert, { press, showRecord }) {
  return element(
    'li',
    { class: `alert ${alert.state}`, 'data-key': alert.key },
    element('h3', {}, alert.firstLine),
    element(
      'p',
      { class: 'small' },
      alert.endedAt && alert.state === 'resolved'
        ? `${stateWords.resolved} since ${localTime(alert.endedAt)}`
        : `${stateWords[alert.state]}, since ${localTime(alert.since)}`,
    ),
    alert.text
      ? element(
          'details',
          {},
          element('summary', {}, 'How it went, and evidence'),
          chainPicture(alert.chain),
          paragraphs(withoutShown(alert.text, alert.why)),
          whySection(alert.why, showRecord),
        )
      : null,
    (alert.suggestions ?? []).length > 0
      ? element(
          'ul',
          { class: 'suggestions' },
          alert.suggestions.map((one) =>
            element(
              'li',
              {},
              element('b', {}, `${one.label}.`),
              ` ${one.why}`,
              one.lastTime ? element('em', {}, ` ${one.lastTime}`) : null,
            ),
          ),
        )
      : null,
    (alert.history ?? []).length > 0
      ? element(
          'ul',
          { class: 'history small' },
          alert.history.map((step) => element('li', {}, step)),
        )
      : null,
    buttons(alert.buttons, press),
  );
}

const stateWords = { open: 'Open', acknowledged: 'Taken', shelved: 'Snoozed', resolved: 'Over' };
