/* After a while without a touch the page is covered, so that nobody who passes by reads it. Where answers are kept, they
   are saved and locked as well. A minute before, it asks whether anyone is there. */
import { element, tab } from './course.js';
import { offer } from './desk.js';
import { forgetEverything, leave, leaveEmpty } from './ending.js';

const WARNING = 60000;
const REPORT = 30000; // how often the kernel hears that somebody is there
const TOUCHES = ['pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'touchstart', 'scroll'];

export function coverWhenIdle(course) {
  let touched = Date.now();
  let reported = 0;
  let cover = null;
  let warning = null;
  const kept = () => course.state.state === 'open';
  const limit = () => (kept() ? course.state.lockMinutes : course.idleMinutes) * 60000;

  const touch = () => {
    if (cover || warning) return;
    touched = Date.now();
    if (kept() && touched - reported > REPORT) {
      reported = touched;
      course.ask('touch').catch(() => {});
    }
  };
  for (const name of TOUCHES) window.addEventListener(name, touch, { capture: true, passive: true });

  const goOn = () => {
    tab.remove('covered');
    for (const dialog of [cover, warning]) {
      dialog?.close(); // gives the focus back to where somebody was
      dialog?.remove();
    }
    warning = cover = null;
    touch();
  };
  const look = () => {
    if (document.body.classList.contains('nykurs-presenting')) touched = Date.now(); // nothing of anybody's is on the wall
    const idle = Date.now() - touched;
    if (cover) return;
    if (idle >= limit()) show();
    else if (!warning && idle >= limit() - WARNING) warn();
  };
  const warn = () => {
    warning = makeWarning(course, kept(), goOn);
    document.body.append(warning);
    warning.showModal();
  };
  const show = () => {
    warning?.close();
    warning?.remove();
    warning = null;
    tab.set('covered', '1'); // a reload does not uncover it
    cover = makeCover(course, kept(), goOn);
    document.body.append(cover);
    cover.showModal();
    if (kept()) lock(course, cover);
  };
  setInterval(look, Math.min(5000, (course.idleMinutes * 60000) / 4));
  document.addEventListener('visibilitychange', look); // timers sleep with the machine
  if (tab.get('covered')) show();
  // The machine has slept, or this page has: meanwhile the kernel has locked the answers by itself.
  course.onState(({ locked }) => locked && leave(course, 'locked'));
}

// Behind the cover, answers are saved and locked, and the page goes. If they cannot be saved, they stay, covered.
async function lock(course, cover) {
  const text = cover.querySelector('p');
  try {
    const reply = await course.ask('lock', { idle: true });
    if (!('refused' in reply)) await leaveEmpty(course, 'locked');
    else if (reply.refused !== 'in_use') text.textContent = course.say('idle_unsaved');
  } catch {
    text.textContent = course.say('not_emptied_kept');
  }
}

function makeWarning(course, kept, go) {
  const stay = offer(course.say('go_on'), go, { first: true, autofocus: true });
  return element(
    'dialog',
    { class: 'nykurs-ask', role: 'alertdialog', 'aria-labelledby': 'nykurs-warn-title', 'aria-describedby': 'nykurs-warn-text', cancel: event => (event.preventDefault(), go()), close: ({ target }) => target.isConnected && go() },
    element('h2', { id: 'nykurs-warn-title' }, course.say('idle_title')),
    element('p', { id: 'nykurs-warn-text' }, course.say(kept ? 'idle_soon_kept' : 'idle_soon')),
    element('div', { class: 'nykurs-offers' }, stay)
  );
}

// A browser closes a dialog that refuses to be cancelled, when Escape is pressed again.
const stayOpen = ({ target }) => target.isConnected && target.showModal();

function makeCover(course, kept, go) {
  const empty = offer(course.say('empty'), () => forgetEverything(course, empty));
  return element(
    'dialog',
    {
      class: 'nykurs-cover',
      'aria-labelledby': 'nykurs-cover-title',
      'aria-describedby': 'nykurs-cover-text',
      cancel: event => event.preventDefault(),
      close: stayOpen,
    },
    element('h1', { id: 'nykurs-cover-title' }, course.say('idle_title')),
    element('p', { id: 'nykurs-cover-text', role: 'status' }, course.say(kept ? 'idle_text_kept' : 'idle_text')),
    element('div', { class: 'nykurs-offers' }, offer(course.say('go_on'), go, { first: true, autofocus: true }), empty)
  );
}
