/** Cards of the conversation. */
import { element } from './element.js';
import { buttons } from './form.js';
import { chainPicture, recordItem, whySection, withoutShown } from './why.js';

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

/** An answer: first line, the chain as a picture, text, causes with their records, evidence that opens, what to ask next. */
export function answerCard(answer, { ask, press, showRecord }) {
  const { diagnosis } = answer;
  return element(
    'article',
    { class: 'card answer' },
    element('h3', {}, answer.firstLine),
    element(
      'div',
      { class: answer.chain ? 'beside' : null },
      chainPicture(answer.chain),
      element(
        'div',
        {},
        paragraphs(withoutShown(answer.text, answer.why)),
        whySection(answer.why, showRecord),
      ),
    ),
    diagnosis ? timeline(diagnosis) : null,
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
            answer.evidence.map((one) => recordItem(one, showRecord)),
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

export const noticeCard = ({ firstLine, text }) =>
  element('article', { class: 'card notice' }, element('h3', {}, firstLine), paragraphs(text));
export const troubleCard = (error) =>
  element('article', { class: 'card trouble', role: 'alert' }, element('p', {}, error.message));
