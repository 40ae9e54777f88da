/* After a while without a touch the page is covered, so that nobody who passes by reads it. */
import { element, tab } from './course.js';
import { forgetEverything } from './ending.js';

export function coverWhenIdle(course) {
  const limit = course.idleMinutes * 60000;
  let touched = Date.now();
  let cover = null;
  const touch = () => {
    if (!cover) touched = Date.now();
  };
  for (const name of ['pointerdown', 'pointermove', 'keydown', 'input', 'wheel', 'touchstart', 'scroll']) {
    window.addEventListener(name, touch, { capture: true, passive: true });
  }
  const look = () => {
    if (!cover && Date.now() - touched >= limit) show();
  };
  const show = () => {
    tab.set('covered', '1'); // a reload does not uncover it
    cover = makeCover(course, () => {
      tab.remove('covered');
      cover.remove();
      cover = null;
      touched = Date.now();
    });
    document.body.append(cover);
    cover.showModal();
  };
  setInterval(look, Math.min(5000, limit / 4));
  document.addEventListener('visibilitychange', look); // timers sleep with the machine
  if (tab.get('covered')) show();
}

function makeCover(course, go) {
  const empty = element('button', { type: 'button', class: 'nykurs-offer' }, course.say('empty'));
  empty.addEventListener('click', () => forgetEverything(course, empty));
  return element(
    'dialog',
    {
      class: 'nykurs-cover',
      'aria-labelledby': 'nykurs-cover-title',
      'aria-describedby': 'nykurs-cover-text',
      cancel: event => event.preventDefault(),
    },
    element('h1', { id: 'nykurs-cover-title' }, course.say('idle_title')),
    element('p', { id: 'nykurs-cover-text' }, course.say('idle_text')),
    element('div', { class: 'nykurs-offers' },
      element('button', { type: 'button', class: 'nykurs-offer nykurs-offer-first', autofocus: true, click: go }, course.say('go_on')),
      empty
    )
  );
}
