/* The leader's second window: what to say now, what comes next, and how the time stands. It follows the window on the
   wall and steers it. The server sends what the leader alone may read to this window, and to no other. */
import { element } from './course.js';
import { phase, standing, spans } from './timing.js';
import { watchWall } from './wall.js';

const MINUTE = 60000;
const TICK = 1000;
const STILL_TODAY = 12 * 60 * MINUTE; // after this a meeting that was begun is another day's

const data = JSON.parse(document.getElementById('nykurs-companion').textContent);
const say = (key, values = {}) => data.words[key].replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
const partOf = cells => data.parts.find(part => cells.some(cell => part.cells.includes(cell)));

let wall = null; // the last that the wall has told
let another = null; // the module that stands on the wall instead of this one
let meeting = null; // the plan, from the server
let ask = null;

// When the meeting began, for a reload and for a window that is opened again.
const beginning = {
  key: `nykurs-began-${data.module}`,
  get: () => {
    const at = Number(localStorage.getItem(beginning.key));
    return at && Date.now() - at < STILL_TODAY ? at : null;
  },
  set: () => localStorage.setItem(beginning.key, Date.now()),
};
// The hour that was chosen for it only says when it begins. The clock waits until somebody begins.
function planned() {
  if (!meeting?.start) return null;
  const [hours, minutes] = meeting.start.split(':').map(Number);
  return new Date().setHours(hours, minutes, 0, 0);
}
const inMinutes = time => (time === null ? null : time / MINUTE);
const phaseNow = () => phase({ begun: inMinutes(beginning.get()), planned: inMinutes(planned()), now: inMinutes(Date.now()), minutes: meeting?.minutes ?? Infinity });
const clock = time => new Intl.DateTimeFormat(data.language, { hour: '2-digit', minute: '2-digit' }).format(time);

// --- What stands on the page --------------------------------------------------------------------------------------
const now = element('p', { id: 'clock' });
const place = element('p', { id: 'place', role: 'status' });
const time = element('p', { id: 'time' });
const begin = button('companion_begin', startClock);
const again = button('companion_again', startClock);
const notes = element('div', { id: 'notes' });
const key = element('div', { id: 'key' });
const mirrored = element('p', { id: 'mirrored', role: 'status' });
const script = element('section', { id: 'script', tabindex: '0', 'aria-labelledby': 'script-title' });
const here = slide('companion_now');
const coming = slide('companion_next');
const plan = element('ol', { id: 'plan' });
const emergency = makeEmergency();
const dark = button('companion_blank', () => ask('blank'));
const steps = [button('companion_previous', () => ask('previous')), button('companion_step', () => ask('next')), dark];
const open = element('a', { href: data.address, target: 'nykurs-wall' }, say('companion_open'));
const alone = element('p', { id: 'alone', role: 'alert' });

function button(name, click) {
  return element('button', { type: 'button', click }, say(name));
}
function slide(name) {
  const text = element('div', {});
  return { text, node: element('section', { class: 'slide' }, element('h2', {}, say(name)), text) };
}
function makeEmergency() {
  const body = element('div', {});
  body.innerHTML = data.emergency;
  const close = button('close', () => dialog.close());
  const dialog = element('dialog', { id: 'emergency', 'aria-labelledby': 'emergency-title' }, close, body);
  return dialog;
}

script.append(mirrored, alone, element('h2', { id: 'script-title' }, say('companion_notes')), notes, key);
document.body.append(
  element(
    'header',
    {},
    element('div', { id: 'where' }, element('h1', {}, data.title), place),
    element('div', { id: 'watch' }, now, time, begin),
    element('button', { type: 'button', id: 'alarm', click: () => emergency.showModal() }, say('companion_emergency'))
  ),
  element(
    'main',
    {},
    script,
    element('div', { id: 'beside' }, here.node, coming.node, element('section', { id: 'agenda' }, element('h2', {}, say('companion_plan')), plan, again))
  ),
  element('nav', { id: 'steps', 'aria-label': say('companion_steer') }, ...steps),
  emergency
);

// --- What the wall tells ------------------------------------------------------------------------------------------
function hear(told) {
  const before = wall && partOf(wall.slides[wall.at].cells);
  wall = told;
  drawAlone();
  steps.forEach(each => (each.disabled = !wall));
  if (!wall) return drawTime();
  const { at, slides } = wall;
  const part = partOf(slides[at].cells);
  write(place, say('present_at', { at: at + 1, of: slides.length }));
  dark.setAttribute('aria-pressed', String(wall.blank));
  if (part !== before || !notes.childNodes.length) drawNotes(part);
  drawKey(slides[at].cells);
  drawSlide(here.text, slides[at]);
  drawSlide(coming.text, upcoming(wall));
  drawPlan();
  drawTime();
}

// This module is not on the wall: it can be opened there, or the one that is can be followed.
function drawAlone() {
  alone.hidden = Boolean(wall);
  const follow = another && element('a', { href: `./${encodeURIComponent(another.module)}` }, say('companion_follow'));
  const said = another ? say('companion_other', { title: another.title }) : say('companion_alone');
  if (!alone.textContent.startsWith(said)) alone.replaceChildren(`${said} `, follow ?? open);
}
function other(told) {
  another = told;
  drawAlone();
}

// What is there already is not said again.
function write(node, text) {
  if (node.textContent !== text) node.textContent = text;
}
// What one more press of «next» brings: more of the same slide, or the one after it.
function upcoming({ at, waiting, page, pages, slides }) {
  if (waiting.length) return { text: [waiting[0], say('companion_waiting', { count: waiting.length })] };
  if (page + 1 < pages) return { text: [say('present_side', { side: page + 2, of: pages })] };
  return slides[at + 1] ?? { text: [say('companion_last')] };
}
function drawSlide(node, { text }) {
  node.replaceChildren(...text.map(each => element('p', {}, each)));
}
function drawNotes(part) {
  notes.innerHTML = part?.notes || '';
  if (!part?.notes) notes.replaceChildren(element('p', {}, say('companion_no_notes')));
  script.scrollTop = 0;
}
function drawKey(cells) {
  key.innerHTML = cells.map(cell => data.keys[cell] ?? '').join('');
}

// --- The plan and the clock ---------------------------------------------------------------------------------------
function startClock() {
  beginning.set();
  drawPlan();
  drawTime();
}
const included = () => meeting?.parts.filter(part => part.included) ?? [];
const current = () => wall && partOf(wall.slides[wall.at].cells)?.id;

function drawPlan() {
  const start = { ahead: planned, running: beginning.get }[phaseNow()]?.() ?? null;
  plan.replaceChildren(
    ...spans(included()).map(part => {
      const begins = start === null ? '' : clock(start + part.begins * MINUTE);
      const to = wall?.slides.findIndex(({ cells }) => partOf(cells)?.id === part.id) ?? -1;
      const label = [begins, part.id ? part.line : say('companion_break'), amount(part.minutes)].filter(Boolean).join(' · ');
      return element(
        'li',
        { 'aria-current': part.id === current() ? 'step' : null },
        to >= 0 ? element('button', { type: 'button', click: () => ask('go', { to }) }, label) : label
      );
    })
  );
  plan.querySelector('[aria-current]')?.scrollIntoView({ block: 'nearest' });
}
const amount = minutes =>
  say(minutes === 1 ? 'companion_minute' : 'companion_minutes', { minutes: new Intl.NumberFormat(data.language).format(minutes) });

function drawTime() {
  write(now, clock(Date.now()));
  const at = phaseNow();
  if (at !== drawn) drawPlan();
  drawn = at;
  time.classList.remove('behind');
  write(time, SAID[at]());
  begin.hidden = at === 'running';
  again.hidden = at !== 'running';
}
let drawn = 'waiting';
const SAID = {
  waiting: () => say('companion_not_begun'),
  ahead: () => say('companion_begins', { time: clock(planned()) }),
  running: () => (current() ? stands((Date.now() - beginning.get()) / MINUTE) : ''),
  over: () => say('companion_over'),
};
function stands(gone) {
  const found = standing(included(), current(), gone);
  time.classList.toggle('behind', Boolean(found?.skip.length));
  if (!found) return say('companion_outside');
  const { behind, skip } = found;
  const minutes = Math.round(Math.abs(behind));
  if (!minutes) return say('companion_on_time');
  if (behind < 0) return say('companion_ahead', { amount: amount(minutes) });
  const titles = included().filter(part => skip.includes(part.id)).map(part => `«${part.title}»`);
  const advice = titles.length ? say('companion_skip', { parts: new Intl.ListFormat(data.language).format(titles) }) : '';
  return [say('companion_behind', { amount: amount(minutes) }), advice].filter(Boolean).join(' ');
}

async function readMeeting() {
  const reply = await fetch(data.session);
  if (!reply.ok) return;
  meeting = await reply.json();
  drawPlan();
  drawTime();
}

// --- Keys ---------------------------------------------------------------------------------------------------------
const KEYS = { ArrowRight: 'next', ArrowDown: 'next', PageDown: 'next', ' ': 'next', ArrowLeft: 'previous', ArrowUp: 'previous', PageUp: 'previous', Home: 'first', End: 'last', b: 'blank', '.': 'blank' };
window.addEventListener('keydown', event => {
  if (event.ctrlKey || event.altKey || event.metaKey) return;
  const name = event.key.length === 1 ? event.key.toLowerCase() : event.key;
  if (name === 'a') return emergency.open ? emergency.close() : emergency.showModal();
  if (emergency.open || (name === ' ' && event.target.closest('button, a'))) return;
  if (event.target === script && /^Arrow(Up|Down)$/.test(name)) return; // the script is scrolled
  if (!KEYS[name]) return;
  event.preventDefault();
  ask(KEYS[name]);
});

// With one screen, or the same picture on two, what stands here may stand on the wall. Some browsers cannot tell.
function lookForScreens() {
  mirrored.textContent = window.screen.isExtended === false ? say('companion_mirrored') : '';
}
window.screen.addEventListener?.('change', lookForScreens);
lookForScreens();

hear(null);
ask = watchWall(data.module, { hear, other, planned: readMeeting });
readMeeting();
drawTime();
setInterval(drawTime, TICK);
