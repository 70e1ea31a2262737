/** The cause record of a stop: a fold that reads it when it is opened, so that it shows what people confirmed meanwhile. */
import { element } from './element.js';
import { get } from './server.js';

/** A why as the answer to the one before it; where no record shows an answer it stays empty and says so. */
const whyItem = ({ why, because, evidence }, recordItem) =>
  element(
    'li',
    { class: because === null ? 'why-step empty' : 'why-step' },
    element('p', {}, element('strong', {}, why), ` ${because ?? 'No record shows it.'}`),
    evidence ? element('ul', { class: 'records' }, recordItem(evidence)) : null,
  );

const shown = ({ status, whys, entries }, recordItem) => [
  element('p', { class: 'small' }, status),
  element(
    'ol',
    { class: 'whys' },
    whys.map((one) => whyItem(one, recordItem)),
  ),
  element(
    'dl',
    {},
    entries.map(({ label, text }) => [element('dt', {}, label), element('dd', {}, text)]),
  ),
];

/** `stop`: its id; `recordItem`: draws a record that opens. */
export function causeRecordFold(stop, recordItem) {
  const inside = element('div', {});
  const fold = element('details', { class: 'cause-record' }, element('summary', {}, 'Cause record'), inside);
  fold.addEventListener('toggle', async () => {
    inside.replaceChildren(fold.open ? 'Loading …' : '');
    if (!fold.open) return;
    inside.replaceChildren(
      ...(await get(`/api/cause-record?stop=${encodeURIComponent(stop)}`).then(
        (record) => shown(record, recordItem),
        (error) => [error.message],
      )),
    );
  });
  return fold;
}
