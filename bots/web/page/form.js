/** Cards with fields and buttons. */
import { element } from './element.js';

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

/**
 * A decision or a correction: a draft to read, change and confirm, or the record of it. What a press is answered
 * with takes its place.
 */
export function formCard(form, { press }) {
  const fields = form.fields.map(({ name, label, value }) => {
    const field = element('textarea', { name, rows: 2, maxlength: 2000 });
    field.value = value;
    return { name, field, row: element('label', {}, label, field) };
  });
  return element(
    'article',
    { class: `card decision ${form.kind} ${form.status}` },
    element('h3', {}, form.firstLine),
    element(
      'dl',
      {},
      form.facts.flatMap(({ label, value }) => [element('dt', {}, label), element('dd', {}, value)]),
    ),
    fields.map(({ row }) => row),
    buttons(form.buttons, press, () =>
      fields.length > 0
        ? Object.fromEntries(fields.map(({ name, field }) => [name, field.value]))
        : undefined,
    ),
  );
}
