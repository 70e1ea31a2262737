/** The page: who am I, what do the lines do, and a conversation. */
import { answerCard, followUps, noticeCard, troubleCard } from './answer.js';
import { element, localTime, setZone } from './element.js';
import { showFloor } from './floor.js';
import { formCard } from './form.js';
import { get, post, setSessionToken } from './server.js';

const byId = (id) => document.getElementById(id);
const talk = byId('talk');
// One conversation per open page: follow-ups such as "and line 2?" belong to it.
const thread = crypto.randomUUID();

function say(card) {
  talk.append(card);
  card.scrollIntoView({ block: 'end' });
  return card;
}

async function ask(question) {
  say(element('p', { class: 'mine' }, question));
  const waiting = say(element('p', { class: 'waiting' }, 'Looking …'));
  try {
    const answer = await post('/api/ask', { question, thread, whole: true });
    waiting.replaceWith(answerCard(answer, { ask, press, showRecord }));
  } catch (error) {
    waiting.replaceWith(troubleCard(error));
  }
  talk.lastElementChild.scrollIntoView({ block: 'end', behavior: 'smooth' });
}

/** Presses a button; what comes back is a card to confirm or a short note. A decision or a correction is changed where it stands. */
async function press(verb, subject, inputs) {
  try {
    const reply = await post('/api/press', { verb, subject, inputs });
    const card = reply.kind === 'notice' ? noticeCard(reply) : formCard(reply, { press });
    if (reply.kind !== 'notice') card.dataset.key = reply.key;
    const before = [...talk.querySelectorAll('[data-key]')].find((one) => one.dataset.key === reply.key);
    if (before) before.replaceWith(card);
    else say(card);
    await refresh();
  } catch (error) {
    say(troubleCard(error));
  }
}

async function showRecord(evidence) {
  const dialog = byId('record');
  const list = dialog.querySelector('dl');
  list.replaceChildren(
    ...[
      ['System', evidence.system],
      ['What it says', evidence.says],
      ['Time in the source', localTime(evidence.at)],
      ['Name', evidence.id],
    ].flatMap(([label, value]) => [element('dt', {}, label), element('dd', {}, value)]),
  );
  const whole = dialog.querySelector('pre');
  whole.textContent = 'Loading …';
  dialog.showModal();
  whole.textContent = await get(`/api/record?id=${encodeURIComponent(evidence.id)}`).then(
    (record) => JSON.stringify(record, null, 2),
    (error) => error.message,
  );
}

let busy = false;
let again = false;
async function refresh() {
  if (busy) {
    again = true;
    return;
  }
  busy = true;
  try {
    const floor = await get('/api/floor');
    setZone(floor.plant.timezone);
    byId('plant').textContent = floor.plant.name;
    showFloor(
      floor,
      { lines: byId('lines'), alerts: byId('alerts'), sources: byId('sources') },
      { ask, press, showRecord },
    );
  } catch (error) {
    byId('sources').textContent = error.status
      ? error.message
      : 'No connection to Andon. What is shown may be old.';
  } finally {
    busy = false;
    if (again) {
      again = false;
      void refresh();
    }
  }
}

async function openSession() {
  const session = await get('/api/session');
  setSessionToken(session.token ?? '');
  if (session.needsToken && !session.signedIn) return signIn();
  const choice = byId('person');
  choice.replaceChildren(
    ...session.people.map(({ id, name, role }) =>
      element('option', { value: id, selected: id === session.person?.id }, `${name}, ${role}`),
    ),
  );
  choice.closest('label').hidden = session.people.length === 0;
}

function signIn() {
  const dialog = byId('sign-in');
  dialog.showModal();
  return new Promise((done) => {
    dialog.querySelector('form').addEventListener('submit', async (event) => {
      event.preventDefault();
      try {
        await post('/api/sign-in', { token: dialog.querySelector('input').value });
        dialog.close();
        done(openSession());
      } catch (error) {
        dialog.querySelector('.trouble').textContent = error.message;
      }
    });
  });
}

byId('ask').addEventListener('submit', (event) => {
  event.preventDefault();
  const field = byId('question');
  const question = field.value.trim();
  if (question === '') return;
  field.value = '';
  void ask(question);
});
byId('person').addEventListener(
  'change',
  (event) =>
    void post('/api/person', { person: event.target.value }).catch((error) => say(troubleCard(error))),
);

await openSession();
await refresh();
const starters = [
  'Why did line 3 stop?',
  'How are the lines?',
  'Which stops were there today?',
  'What is open?',
];
say(
  element(
    'div',
    { class: 'card hello' },
    element('p', {}, 'Ask about a line, a stop, an order or a decision. For example:'),
    followUps(starters, ask),
  ),
);
const events = new EventSource('/api/events');
events.addEventListener('change', () => void refresh());
events.addEventListener('open', () => void refresh());
// States of machines change without an alert; five seconds is as old as a strip may be.
setInterval(() => void refresh(), 5_000);
document.body.dataset.ready = 'true';
