/* «Svarene mine»: one dialog in which answers are kept, fetched, locked, downloaded and deleted.

   Each view replaces the one before; its heading takes the focus, so that it is read aloud. A password is only ever in
   its field and in the message to the kernel. */
import { offer } from './desk.js';
import { element, tab } from './course.js';
import { leaveEmpty } from './ending.js';
import { FORGETFUL } from './patch.js';

const SHORTEST = 8;
const FAIR = 14;
const GOOD = 22;
const LOCK_CHOICES = [10, 20, 60, 200]; // minutes
const REFUSALS = ['wrong', 'damaged', 'foreign', 'newer', 'denied', 'read_only', 'full', 'unwritable', 'busy', 'changed', 'exists', 'forbidden', 'short'];

export function openKeeping(course, first) {
  const dialog = element('dialog', { class: 'nykurs-ask nykurs-keeping', 'aria-labelledby': 'nykurs-keeping-title', close: () => leaveDialog(course, dialog) });
  let turned = 0;
  const show = view => {
    turned++;
    const heading = element('h2', { id: 'nykurs-keeping-title', tabindex: '-1' }, course.say(view.title));
    dialog.replaceChildren(heading, ...view.body);
    (dialog.querySelector('[data-first]') ?? heading).focus();
  };
  const desk = { course, dialog, show, close: () => dialog.close() };
  document.body.append(dialog);
  dialog.showModal();
  if (first) return show(views[first](desk));
  const begin = () => (course.state.state === 'open' ? 'kept' : 'choose');
  const shown = begin();
  show(views[shown](desk));
  // A page that has just opened may not have heard yet how things stand.
  course.ask('state').then(() => dialog.open && turned === 1 && begin() !== shown && show(views[begin()](desk)), () => {});
}

// Who closes it while a password is tried may leave the machine. What it opens is not for the next one.
function leaveDialog(course, dialog) {
  dialog.remove();
  if (dialog.dataset.waiting) course.giveUp();
}

const paragraph = (course, key, values) => element('p', {}, course.say(key, values));
const row = (...buttons) => element('div', { class: 'nykurs-offers' }, ...buttons);
const go = (desk, name) => () => desk.show(views[name](desk));
const goBack = desk => offer(desk.course.say('go_back'), go(desk, desk.course.state.state === 'open' ? 'kept' : 'choose'));
const close = desk => offer(desk.course.say('close'), desk.close);

// What the kernel would not do, in one calm sentence.
export function refusal(course, reason) {
  return course.say(REFUSALS.includes(reason) ? `refused_${reason}` : 'refused_fault');
}

// Asks once; meanwhile a second press does nothing, and the focus stays. What is refused is said above the buttons, and
// nothing is lost.
async function attempt(desk, control, action, data) {
  const { course, dialog } = desk;
  if (dialog.dataset.waiting) return { refused: 'waiting' };
  const said = dialog.querySelector('.nykurs-said');
  dialog.dataset.waiting = '1';
  control.setAttribute('aria-disabled', 'true');
  said.textContent = course.say('one_moment');
  try {
    const reply = await course.ask(action, data);
    said.textContent = 'refused' in reply ? refusal(course, reply.refused) : '';
    return reply;
  } catch {
    said.textContent = course.say('no_answer');
    return { refused: 'gone' };
  } finally {
    delete dialog.dataset.waiting;
    control.removeAttribute('aria-disabled');
  }
}

const said = () => element('p', { class: 'nykurs-said', role: 'status' });

function field(course, name, { hint, ...more } = {}) {
  const id = `nykurs-${name}`;
  const input = element('input', { id, type: 'text', class: 'nykurs-input', ...FORGETFUL, 'aria-describedby': `${hint ? `${id}-hint ` : ''}${id}-fault`, ...more });
  const label = element('label', { for: id }, course.say(name));
  const fault = element('span', { id: `${id}-fault`, class: 'nykurs-field-fault', role: 'alert' });
  const node = element('div', { class: 'nykurs-keeping-field' }, label, hint ? element('span', { id: `${id}-hint`, class: 'nykurs-hint' }, course.say(hint)) : null, input, fault);
  const tell = text => {
    fault.textContent = text;
    input.setAttribute('aria-invalid', String(Boolean(text)));
    if (text) input.focus();
  };
  input.addEventListener('input', () => fault.textContent && tell(''));
  return { node, input, tell };
}

// A browser offers to keep what is written in a password field, for whoever comes next. In a text field whose letters are
// covered it does not; seen in Chromium, which had written the nickname into its own file. A screen reader reads such a
// field's letters aloud, so SECURITY.md says so.
function passwordField(course, name, more) {
  const made = field(course, name, more);
  cover([made.input], true);
  return made;
}

function cover(inputs, covered) {
  const can = CSS.supports('-webkit-text-security', 'disc');
  for (const input of inputs) {
    input.classList.toggle('nykurs-covered', covered && can);
    if (!can) input.type = covered ? 'password' : 'text';
  }
}

function showPasswords(course, inputs) {
  const box = element('input', { type: 'checkbox', id: 'nykurs-show-password', autocomplete: 'off' });
  box.addEventListener('change', () => cover(inputs, !box.checked));
  const show = () => cover(inputs, !(box.checked = true));
  return { node: element('label', { class: 'nykurs-check', for: box.id }, box, course.say('password_show')), show };
}

function onEnter(inputs, act) {
  inputs.forEach(input => input.addEventListener('keydown', event => event.key === 'Enter' && !event.isComposing && act()));
}

// A hint from length and from what is repeated; it cannot know what somebody else might guess.
export function strength(password, nickname) {
  const plain = password.trim().toLowerCase();
  const different = new Set(plain).size;
  if (plain.length < FAIR || different < 6) return 'short';
  if (plain.length < GOOD || different < 9 || (nickname && plain.replaceAll(nickname.trim().toLowerCase(), '').length < FAIR)) return 'fair';
  return 'good';
}

// Somebody else may have left the page as it was, and it would become this person's.
function entered({ course }) {
  if (!course.state.entered) return [];
  const empty = offer(course.say('empty_first'), () => leaveEmpty(course, 'emptied').catch(() => {}));
  return [element('div', { class: 'nykurs-entered' }, paragraph(course, 'entered'), empty)];
}

const lasting = (course, minutes) => course.say(minutes === 200 ? 'lock_hours' : 'lock_minutes', { minutes });

const views = {
  choose: desk => {
    const { course } = desk;
    return {
      title: 'keep',
      body: [
        paragraph(course, 'keep_off'),
        row(offer(course.say('keep_new'), go(desk, 'create'), { first: true }), offer(course.say('keep_open'), go(desk, 'fetch'))),
        paragraph(course, 'keep_paper'),
        row(offer(course.say('download'), go(desk, 'download')), close(desk)),
      ],
    };
  },

  create: desk => {
    const { course } = desk;
    const nickname = field(course, 'nickname', { hint: 'nickname_hint', 'data-first': true });
    const password = passwordField(course, 'password', { hint: 'password_hint' });
    const again = passwordField(course, 'password_again');
    const shown = showPasswords(course, [password.input, again.input]);
    const hint = element('p', { class: 'nykurs-strength', role: 'status' });
    const weigh = () => (hint.textContent = password.input.value ? course.say(`strength_${strength(password.input.value, nickname.input.value)}`) : '');
    password.input.addEventListener('input', weigh);
    const suggest = offer(course.say('suggest'), async () => {
      const { phrase, refused } = await attempt(desk, suggest, 'suggest');
      if (refused) return;
      password.input.value = again.input.value = phrase;
      shown.show();
      weigh();
      desk.dialog.querySelector('.nykurs-said').textContent = course.say('suggested', { phrase });
    });
    const fault = () => {
      if (!nickname.input.value.trim()) return [nickname, 'nickname_missing'];
      if (password.input.value.length < SHORTEST) return [password, 'refused_short'];
      if (password.input.value !== again.input.value) return [again, 'password_differs'];
      return null;
    };
    const keep = async () => {
      const found = fault();
      if (found) return found[0].tell(course.say(found[1]));
      const reply = await attempt(desk, button, 'create', { nickname: nickname.input.value, password: password.input.value });
      if (!reply.refused) desk.show(views.kept(desk, 'kept_now'));
    };
    const button = offer(course.say('keep_do'), keep, { first: true });
    onEnter([nickname.input, password.input, again.input], keep);
    return {
      title: 'keep_new',
      body: [...entered(desk), nickname.node, password.node, again.node, shown.node, hint, row(suggest), paragraph(course, 'no_recovery'), said(), row(button, goBack(desk))],
    };
  },

  fetch: desk => {
    const { course } = desk;
    const nickname = field(course, 'nickname', { 'data-first': true });
    const password = passwordField(course, 'password');
    const shown = showPasswords(course, [password.input]);
    const secret = () => ({ nickname: nickname.input.value, password: password.input.value });
    const previous = row(offer(course.say('open_previous'), event => fetch(event.currentTarget, { ...secret(), previous: true })));
    previous.hidden = true;
    const fetch = async (pressed, asked) => {
      const reply = await attempt(desk, pressed, 'open', asked);
      if (!reply.refused) return desk.show(views.kept(desk, asked.previous ? 'fetched_previous' : 'fetched'));
      previous.hidden = reply.refused !== 'damaged';
      password.input.focus();
    };
    const open = () => fetch(button, secret());
    const button = offer(course.say('fetch_do'), open, { first: true });
    onEnter([nickname.input, password.input], open);
    return { title: 'keep_open', body: [paragraph(course, 'fetch_text'), ...entered(desk), nickname.node, password.node, shown.node, said(), previous, row(button, goBack(desk))] };
  },

  kept: (desk, news) => {
    const { course } = desk;
    const { lockMinutes, trouble } = course.state;
    const choices = [...new Set([...LOCK_CHOICES, lockMinutes])].sort((a, b) => a - b);
    const select = element('select', { id: 'nykurs-lock-after', class: 'nykurs-input' },
      ...choices.map(minutes => element('option', { value: minutes, selected: minutes === lockMinutes }, lasting(course, minutes))));
    select.addEventListener('change', () => attempt(desk, select, 'lock_after', { minutes: Number(select.value) }).then(reply => reply.refused || (desk.dialog.querySelector('.nykurs-said').textContent = course.say('lock_set', { time: lasting(course, Number(select.value)) }))));
    const lock = offer(course.say('lock'), () => lockNow(desk, lock), { first: true });
    return {
      title: 'keep',
      body: [
        element('p', { class: 'nykurs-said', role: 'status' }, trouble ? course.say(`trouble_${known(trouble)}`) : course.say(news ?? 'kept_text')),
        element('div', { class: 'nykurs-keeping-field' }, element('label', { for: select.id }, course.say('lock_after')), select),
        paragraph(course, 'lock_hint'),
        row(lock, close(desk)),
        row(offer(course.say('download'), go(desk, 'download')), offer(course.say('erase'), go(desk, 'erase'))),
      ],
    };
  },

  download: desk => {
    const { course } = desk;
    const button = offer(course.say('download_do'), async () => {
      const { text, refused } = await attempt(desk, button, 'download');
      if (refused) return;
      saveFile(`\ufeff${text.replace(/\r?\n/g, '\r\n')}`, 'text/plain', course.say('download_name'));
      desk.dialog.querySelector('.nykurs-said').textContent = course.say('downloaded');
    });
    return { title: 'download', body: [paragraph(course, 'readable'), said(), row(button, goBack(desk))] };
  },

  erase: desk => {
    const { course } = desk;
    const button = offer(course.say('erase_do'), async () => {
      const { refused } = await attempt(desk, button, 'erase');
      if (!refused) desk.show({ title: 'keep', body: [paragraph(course, 'erased'), row(close(desk))] });
    });
    return { title: 'erase_title', body: [paragraph(course, 'erase_text'), said(), row(button, offer(course.say('go_back'), go(desk, 'kept'), { 'data-first': true }))] };
  },
};

// The reasons a save can fail that have a sentence of their own.
export const known = trouble => (['full', 'denied', 'read_only', 'changed'].includes(trouble) ? trouble : 'unwritable');

async function lockNow(desk, button) {
  if ('refused' in (await attempt(desk, button, 'lock'))) return;
  await leaveEmpty(desk.course, 'locked').catch(() => (desk.dialog.querySelector('.nykurs-said').textContent = desk.course.say('not_emptied_kept')));
}

// A file in the participant's own folder of downloads, because they asked.
export function saveFile(text, type, name) {
  const address = URL.createObjectURL(new Blob([text], { type: `${type};charset=utf-8` }));
  const link = element('a', { href: address, download: name });
  link.click();
  URL.revokeObjectURL(address);
}

// On the first page, after everything was emptied or locked.
export function leftNote(course) {
  const news = tab.get('news');
  tab.remove('news');
  if (!news) return null;
  const fetch = news === 'emptied' ? null : offer(course.say('keep_open'), () => openKeeping(course, 'fetch'), { first: true });
  return element('div', { class: 'nykurs-emptied', role: 'status' }, element('p', {}, course.say(news)), fetch);
}
