/** Cards of the conversation. */
import { element } from './element.js';
import { buttons } from './form.js';
import { chainPicture, recordItem, whySection, withoutShown } from './why.js';

/** Plain text: an empty line parts paragraphs, `- ` begins an item of a list. `look`: the class of an item, where it has one. */
export const paragraphs = (text, look = () => null) =>
  text
    .split(/\n\s*\n/)
    .filter((block) => block.trim() !== '')
    .map((block) => {
      const lines = block.split('\n');
      const items = lines.filter((line) => line.startsWith('- ')).map((line) => line.slice(2));
      const said = lines.filter((line) => !line.startsWith('- ')).join(' ');
      const looks = [...new Set(items.map(look))];
      return [
        said ? element('p', { class: looks.length === 1 ? looks[0] : null }, said) : null,
        items.length > 0
          ? element(
              'ul',
              {},
              items.map((one) => element('li', { class: look(one) }, one)),
            )
          : null,
      ];
    });

/** An answer: first line, the chain as a picture, text, causes with their records, evidence that opens, what to ask next. */
export function answerCard(answer, { ask, press, showRecord }) {
  const { diagnosis } = answer;
  const text = withoutShown(answer.text, answer.why);
  const { short, whole, more } = answer.twice;
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
        {}, // Where the text tells not all of it, only the table does.
        paragraphs(text, (item) => (short.includes(item) ? (whole ? 'narrow-only' : 'never') : null)),
        whySection(answer.why, showRecord, true),
      ),
    ),
    diagnosis ? timeline(diagnosis) : null,
    answer.table && !(whole && more) ? rows(answer.table, whole ? 'scroll wide-only' : 'scroll') : null,
    evidenceSection(answer.evidence, showRecord),
    answer.fellBack ? element('p', { class: 'small' }, answer.fellBack) : null,
    buttons(answer.buttons, press),
    followUps(answer.followUps, ask),
    element('p', { class: 'small' }, phrasedBy(answer)),
  );
}

function evidenceSection(evidence, showRecord) {
  if (evidence.length === 0) return null;
  const systems = [...new Set(evidence.map((one) => one.system))].join(', ');
  return element(
    'details',
    { class: 'evidence' },
    element(
      'summary',
      {},
      `Evidence: ${evidence.length} ${evidence.length === 1 ? 'record' : 'records'} from ${systems}`,
    ),
    element(
      'ol',
      {},
      evidence.map((one) => recordItem(one, showRecord)),
    ),
  );
}

/** Questions that a press asks. */
export const followUps = (questions, ask) =>
  questions.length > 0
    ? element(
        'p',
        { class: 'follow' },
        questions.map((text) =>
          element('button', { type: 'button', on: { click: () => void ask(text) } }, text),
        ),
      )
    : null;

function phrasedBy({ model, ms }) {
  const by =
    model === 'offline'
      ? 'Answered by rules from the plant’s records'
      : `Phrased by ${model}; figures from the plant’s records`;
  return `${by}, ${Math.max(1, Math.round(ms))} ms`;
}

function timeline(diagnosis) {
  const { line, from } = diagnosis.stop;
  const source = `/api/timeline.png?line=${encodeURIComponent(line)}&at=${encodeURIComponent(from)}`;
  const image = element('img', {
    class: 'timeline',
    src: source,
    alt: 'What each machine of the line did around the stop; where it began is marked.',
  });
  const narrow = element('source', { media: '(max-width: 40rem)', srcset: `${source}&narrow=1` });
  const picture = element('picture', {}, narrow, image);
  image.addEventListener('error', () => picture.remove());
  return picture;
}

function rows(table, look) {
  return element(
    'div',
    { class: look },
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
            row.map((text, at) => element('td', { 'data-label': table.columns[at] }, text)),
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
