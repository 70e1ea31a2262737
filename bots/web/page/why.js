/** What a diagnosis rests on: the chain as a picture, the causes with records for and against, what was ruled out. */
import { causeRecordFold } from './cause-record.js';
import { element, localTime } from './element.js';

/** The server's picture; text from outside is escaped there. It is parsed as XML and brings no script. */
export function chainPicture(svg) {
  if (!svg) return null;
  const drawn = new DOMParser().parseFromString(svg, 'image/svg+xml').documentElement;
  if (drawn.nodeName !== 'svg') return null;
  return element('div', { class: 'chain-frame' }, document.importNode(drawn, true));
}

/** A record that opens. */
export function recordItem(one, showRecord) {
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

const records = (heading, list, showRecord) =>
  list.length === 0
    ? null
    : [
        element('p', { class: 'small' }, heading),
        element(
          'ul',
          { class: 'records' },
          list.map((one) => recordItem(one, showRecord)),
        ),
      ];

function causeItem({ words, standing, for: support, against }, showRecord) {
  return element(
    'li',
    { class: standing.startsWith('named') ? 'cause named' : 'cause' },
    element('p', {}, element('strong', {}, words), ` (${standing})`),
    records('For it:', support, showRecord),
    records('Against it:', against, showRecord),
    against.length === 0 ? element('p', { class: 'small' }, 'Nothing speaks against it.') : null,
  );
}

const section = (heading, list) =>
  list.length === 0 ? null : [element('h4', {}, heading), element('ul', {}, list)];

/** All of it; null where there is nothing to show. `fold`: with the cause record, where it stays as it is opened. */
export function whySection(why, showRecord, fold = false) {
  if (!why) return null;
  const { stop, roots, causes, ruledOut, unknown, nextCheck } = why;
  return element(
    'div',
    { class: 'why' },
    roots.length > 0
      ? [
          element('h4', {}, 'What went wrong, in order'),
          element(
            'ol',
            {},
            roots.map((one) => element('li', {}, one)),
          ),
        ]
      : null,
    causes.length > 0
      ? [
          element('h4', {}, causes.length === 1 ? 'The cause that fits' : 'Causes that fit'),
          element(
            'ol',
            { class: 'causes' },
            causes.map((one) => causeItem(one, showRecord)),
          ),
        ]
      : null,
    section(
      'Ruled out',
      ruledOut.map((one) =>
        element('li', {}, `${one.words}: ${one.because}`, records('', one.evidence, showRecord)),
      ),
    ),
    section(
      'Not known',
      unknown.map((one) => element('li', {}, one)),
    ),
    nextCheck ? [element('h4', {}, 'Check next'), element('p', {}, nextCheck)] : null,
    fold ? causeRecordFold(stop, (one) => recordItem(one, showRecord)) : null,
  );
}

/**
 * The paragraphs of a text without the list items that `why` shows with their records, and without headings that
 * are left with nothing. What only the text says stays.
 */
export function withoutShown(text, why) {
  if (!why) return text;
  const shown = [
    ...why.causes.flatMap((one) => [...one.for, ...one.against].map(({ says }) => says.slice(0, 100))),
    ...why.ruledOut.map(({ because }) => because),
    ...why.unknown,
  ].map((one) => one.toLowerCase());
  const said = (item) => shown.some((one) => one !== '' && item.toLowerCase().includes(one));
  const check = (block) =>
    why.nextCheck !== null && block.toLowerCase().includes(why.nextCheck.toLowerCase());
  return text
    .split(/\n\s*\n/)
    .flatMap((block) => {
      const lines = block.split('\n');
      const items = lines.filter((line) => line.startsWith('- '));
      const kept = items.filter((line) => !said(line));
      if (check(block) && items.length === 0) return [];
      if (items.length > 0 && kept.length === 0) return [];
      return [lines.filter((line) => !line.startsWith('- ') || kept.includes(line)).join('\n')];
    })
    .join('\n\n');
}
