/** Cards of the conversation. */
import { element, localTime } from './element.js';

/** Plain text: an empty line parts paragraphs, `- ` begins an item of a list. */
export const paragraphs = (text) =>
  text
    .split(/\n\s*\n/)
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const lines = block.split('\n');
      const items = lines.filter((line) => line.startsWith('- '));
      const said = lines.filter((line) => !line.startsWith('- ')).join(' ');
      return [
        said ? element('p', {}, said) : null,
        items.length > 0
          ? element(
              'ul',
              {},
              items.map((line) => element('li', {}, line.slice(2))),
            )
          : null,
      ];
    });

/** An answer: first line, picture of the line around the stop, text, evidence that opens, what is missing, what to ask next. */
export function answerCard(answer, { ask, press, showRecord }) {
  const { diagnosis } = answer;
  return element(
    'article',
    { class: 'card answer' },
    element('h3', {}, answer.firstLine),
    diagnosis ? timeline(diagnosis) : null,
    paragraphs(answer.text),
    answer.table ? rows(answer.table) : null,
    answer.evidence.length > 0
      ? element(
          'details',
          { class: 'evidence' },
          element(
            'summary',
            {},
            `Evidence: ${answer.evidence.length} ${answer.evidence.length === 1 ? 'record' : 'records'} from ${systemsOf(answer.evidence)}`,
          ),
          element(
            'ol',
            {},
            answer.evidence.map((one) => evidenceItem(one, showRecord)),
          ),
        )
      : null,
    answer.fellBack ? element('p', { class: 'small' }, answer.fellBack) : null,
    buttons(answer.buttons, press),
    answer.followUps.length > 0
      ? element(
          'p',
          { class: 'follow' },
          answer.followUps.map((text) =>
            element('button', { type: 'button', on: { click: () => void ask(text) } }, text),
          ),
        )
      : null,
    element(
      'p',
      { class: 'small' },
      `${answer.model === 'offline' ? 'Answered by rules from the plant’s records' : `Phrased by ${answer.model}; figures from the plant’s records`}, ${Math.max(1, Math.round(answer.ms))} ms`,
    ),
  );
}

const systemsOf = (evidence) => [...new Set(evidence.map((one) => one.system))].join(', ');

function evidenceItem(one, showRecord) {
  return element(
    'li',
    {},
    element(
      'button',
      { type: 'button', class: 'record', on: { click: () => void showRecord(one) } },
      `${one.system}, ${localTime(one.at)}`,
    ),
    ` ${one.says}`,
  );
}

function timeline(diagnosis) {
  const { line, from } = diagnosis.stop;
  const source = `/api/timeline.png?line=${encodeURIComponent(line)}&at=${encodeURIComponent(from)}`;
  const picture = element('img', {
    class: 'timeline',
    src: source,
    alt: 'What each machine of the line did around the stop; where it began is marked.',
  });
  picture.addEventListener('error', () => picture.remove());
  return picture;
}

function rows(table) {
  return element(
    'div',
    { class: 'scroll' },
    element(
      'table',
      {},
      element(
        'thead',
        {},
        element(
          'tr',
          {},
          table.columns.map((text) => element('th', {}, text)),
        ),
      ),
      element(
        'tbody',
        {},
        table.rows.map((row) =>
          element(
            'tr',
            {},
            row.map((text) => element('td', {}, text)),
          ),
        ),
      ),
    ),
  );
}

/** Buttons of a card; pressed once, they wait for the reply. */
export function buttons(list, press, inputs = () => undefined) {
  if (!list || list.length === 0) return null;
  return element(
    'p',
    { class: 'buttons' },
    list.map((one) =>
      element(
        'button',
        {
          type: 'button',
          class: one.style,
          on: {
            click: async ({ currentTarget }) => {
              currentTarget.disabled = true;
              await press(one.verb, one.subject, inputs());
              currentTarget.disabled = false;
            },
          },
        },
        one.label,
      ),
    ),
  );
}

/** A decision: a draft to read, change and confirm, or the record of it. */
export function decisionCard(decision, { press }) {
  const fields = decision.fields.map(({ name, label, value }) => {
    const field = element('textarea', { name, rows: 2, maxlength: 2000 });
    field.value = value;
    return { name, field, row: element('label', {}, label, field) };
  });
  return element(
    'article',
    { class: `card decision ${decision.status}` },
    element('h3', {}, decision.firstLine),
    element(
      'dl',
      {},
      decision.facts.flatMap(({ label, value }) => [element('dt', {}, label), element('dd', {}, value)]),
    ),
    fields.map(({ row }) => row),
    buttons(decision.buttons, press, () =>
      fields.length > 0
        ? Object.fromEntries(fields.map(({ name, field }) => [name, field.value]))
        : undefined,
    ),
  );
}

export const noticeCard = ({ firstLine, text }) =>
  element('article', { class: 'card notice' }, element('h3', {}, firstLine), paragraphs(text));
export const troubleCard = (error) =>
  element('article', { class: 'card trouble', role: 'alert' }, element('p', {}, error.message));
