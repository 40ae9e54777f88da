/* «Planlegg møtet»: the leader's form that fits a module into the minutes the group has.

   The server does the reckoning (course/session.py): each change asks it, and what it answers is shown. */
import { element } from './course.js';
import { offer } from './desk.js';
import { runAgain } from './run.js';
import { tellMeeting } from './wall.js';

const LENGTHS = [45, 60, 90]; // minutes
const USUAL = { minutes: 60, start: '10:00', skip: [] };
export const ASKING = ['recap', 'sources']; // what follows the questions that are chosen

// The button in the header. It has a module to plan once one is open.
export function sessionButton(course, shell) {
  if (!course.leader) return { node: null, show: () => {} };
  let module = null;
  const node = element('button', { type: 'button', class: 'nykurs-plan-meeting', hidden: true, click: () => openSession(course, module, shell.currentWidget) }, course.say('session'));
  const show = shown => {
    module = shown;
    node.hidden = !module;
  };
  return { node, show };
}

async function openSession(course, module, panel) {
  const said = element('p', { id: 'nykurs-session-said', class: 'nykurs-said', role: 'status' });
  const dialog = element('dialog', { class: 'nykurs-ask nykurs-session', 'aria-labelledby': 'nykurs-session-title', close: () => dialog.remove() });
  const desk = { course, dialog, said, panel, ask: asker(course, module) };
  const heading = element('h2', { id: 'nykurs-session-title', tabindex: '-1' }, course.say('session_title', { title: module.title }));
  dialog.append(heading, said, row(offer(course.say('close'), () => dialog.close())));
  document.body.append(dialog);
  dialog.showModal();
  heading.focus();
  const now = await desk.ask();
  if (!dialog.open) return;
  if (!now) return say(desk, course.say('session_no_answer'));
  const form = makeForm(desk, now);
  said.before(form.node);
  dialog.lastElementChild.replaceWith(form.acts);
  form.set(now);
  form.follow(course.say(now.chosen ? 'session_now' : 'session_now_usual', now));
}

// One question at a time counts: an answer that a later question has overtaken is not shown.
function asker(course, module) {
  let turn = 0;
  return async (choice, method = 'GET') => {
    const mine = ++turn;
    const path = `nykurs/session/${module.name}`;
    const asked = method === 'GET' && choice ? `?${new URLSearchParams({ ...choice, skip: choice.skip.join(','), questions: choice.questions.join(',') })}` : '';
    try {
      const reply = await course.request(path + asked, method === 'GET' ? {} : { method, body: JSON.stringify(choice ?? {}) });
      return mine === turn ? (reply.ok ? await reply.json() : null) : { overtaken: true };
    } catch {
      return mine === turn ? null : { overtaken: true };
    }
  };
}

function makeForm(desk, first) {
  const { course } = desk;
  const lengths = lengthChoice(course);
  const start = startField(course);
  const parts = partList(course, first.parts.filter(part => part.id));
  const agenda = element('table', { class: 'nykurs-agenda', 'aria-labelledby': 'nykurs-agenda-title' });
  const note = element('p', { class: 'nykurs-hint' });
  const recap = questionList(course, () => follow(course.say('session_drawn')));
  const choice = () => ({ minutes: lengths.value(), start: start.input.value, skip: parts.skipped(), ...recap.wish() });
  const set = ({ chosen, minutes, start: begins, skip, recap: asked }) => {
    const wanted = chosen ? { minutes, start: begins, skip } : USUAL;
    lengths.set(wanted.minutes);
    start.input.value = wanted.start;
    parts.set(wanted.skip);
    recap.show(asked);
  };
  const show = (meeting, news) => {
    parts.show(meeting.parts);
    recap.show(meeting.recap);
    note.textContent = meeting.note;
    agenda.replaceChildren(...rows(course, meeting));
    say(desk, news ?? summary(course, meeting));
  };
  const follow = async news => {
    const meeting = await desk.ask(choice());
    if (meeting?.overtaken) return;
    start.mark(Boolean(meeting?.refused)); // of what can be changed here, only a clock can be written wrong
    if (!meeting || meeting.refused) return refuse(meeting);
    show(meeting, news);
  };
  const refuse = meeting => say(desk, meeting?.refused ?? course.say('session_no_answer'));
  const decide = (method, key) => async () => {
    const meeting = await desk.ask(method === 'POST' ? choice() : null, method);
    if (meeting?.overtaken) return;
    if (!meeting || meeting.refused) return refuse(meeting);
    set(meeting);
    tellMeeting(course.moduleAt(desk.panel.context.path).name);
    runAgain(desk.panel, ASKING);
    if (method === 'POST') return show(meeting, course.say(key));
    await follow(course.say(key));
  };
  const node = element('div', { class: 'nykurs-session-form', change: () => follow() },
    element('div', {}, lengths.node, start.node, parts.node),
    element('section', { class: 'nykurs-session-agenda' }, element('h3', { id: 'nykurs-agenda-title' }, course.say('session_agenda')), agenda, note, recap.node));
  const acts = row(
    offer(course.say('session_use'), decide('POST', 'session_used'), { first: true }),
    offer(course.say('session_back'), decide('DELETE', 'session_is_usual')),
    offer(course.say('close'), () => desk.dialog.close()));
  return { node, acts, set, follow };
}

function lengthChoice(course) {
  const inputs = LENGTHS.map(minutes => element('input', { type: 'radio', name: 'nykurs-length', value: minutes, id: `nykurs-length-${minutes}` }));
  const labels = inputs.map(input => element('label', { class: 'nykurs-check', for: input.id }, input, course.say('session_minutes', { minutes: input.value })));
  const node = element('fieldset', {}, element('legend', {}, course.say('session_length')), element('div', { class: 'nykurs-lengths' }, ...labels));
  return {
    node,
    set: minutes => inputs.forEach(input => (input.checked = Number(input.value) === minutes)),
    value: () => inputs.find(input => input.checked)?.value ?? USUAL.minutes,
  };
}

function startField(course) {
  const input = element('input', { id: 'nykurs-start', type: 'text', class: 'nykurs-input', inputmode: 'numeric', autocomplete: 'off', maxlength: 5, 'aria-describedby': 'nykurs-session-said' });
  const node = element('div', { class: 'nykurs-keeping-field' }, element('label', { for: input.id }, course.say('session_start')), input);
  return { node, input, mark: wrong => input.setAttribute('aria-invalid', String(wrong)) };
}

function partList(course, parts) {
  const boxes = parts.map(part => partBox(course, part));
  const node = element('fieldset', {},
    element('legend', {}, course.say('session_parts')),
    element('p', { class: 'nykurs-hint' }, course.say('session_parts_hint')),
    element('ul', { class: 'nykurs-parts' }, ...boxes.map(box => element('li', {}, box.node))));
  return {
    node,
    set: skip => boxes.forEach(box => (box.input.checked = !skip.includes(box.id))),
    skipped: () => boxes.filter(box => !box.input.checked).map(box => box.id),
    show: told => boxes.forEach(box => box.show(told.find(part => part.id === box.id))),
  };
}

// A part that never is left out stands ticked, and says why. A part that is wanted may still not find room.
function partBox(course, { id, title, essential, layer }) {
  const input = element('input', { type: 'checkbox', id: `nykurs-part-${id}`, autocomplete: 'off', disabled: essential });
  const state = element('span', { class: 'nykurs-part-state' });
  const node = element('label', { class: 'nykurs-check', for: input.id }, input, element('span', {}, title, ' ', state));
  const show = ({ included }) => {
    const room = included || !input.checked ? (layer === 'more' ? 'session_more' : '') : 'session_no_room';
    const key = essential ? 'session_always' : room;
    state.textContent = key ? `(${course.say(key)})` : '';
    node.classList.toggle('nykurs-no-room', key === 'session_no_room');
  };
  return { id, input, node, show };
}

// The questions of the recap. Those that are drawn anew count when the meeting is used, as everything else here.
function questionList(course, changed) {
  const list = element('ol', { class: 'nykurs-session-questions' });
  let asked = null;
  const draw = () => {
    asked = { ...asked, draw: asked.another, questions: [] };
    changed();
  };
  const button = offer(course.say('session_draw'), draw);
  const node = element('div', {}, element('h3', {}, course.say('session_questions')), list, button);
  const show = shown => {
    asked = shown;
    node.hidden = !asked.included;
    button.hidden = !asked.another;
    list.replaceChildren(...asked.texts.map(text => element('li', {}, text)));
  };
  return { node, show, wish: () => ({ draw: asked.draw, questions: asked.questions }) };
}

function rows(course, { parts }) {
  const head = ['session_clock', 'session_part', 'session_minutes_head'].map(key => element('th', { scope: 'col' }, course.say(key)));
  const body = parts.filter(part => part.included).map(part =>
    element('tr', { class: part.id ? '' : 'nykurs-break' },
      element('td', {}, part.begins), element('th', { scope: 'row' }, part.line), element('td', {}, number(part.minutes))));
  return [element('thead', {}, element('tr', {}, ...head)), element('tbody', {}, ...body)];
}

function summary(course, { minutes, start, ends, parts }) {
  const kept = parts.filter(part => part.id && part.included).length;
  return course.say('session_summary', { minutes, start, ends, kept, of: parts.filter(part => part.id).length });
}

const number = minutes => String(minutes).replace('.', ',');
const row = (...buttons) => element('div', { class: 'nykurs-offers' }, ...buttons);
const say = ({ said }, text) => (said.textContent = text);
