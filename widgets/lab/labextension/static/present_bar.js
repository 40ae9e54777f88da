/* The line below a slide: where one is, and what can be done. With it what may stand over a slide: the number that is
   being typed, a word about a window that was stopped, and the black screen. */
import { element } from './course.js';

export function makeBar(course, { companion, dark, more, full, leave }) {
  const press = (key, act) => element('button', { type: 'button', title: course.say(`${key}_key`), click: act }, course.say(key));
  const place = element('p', { class: 'nykurs-present-place', role: 'status' });
  const jump = element('p', { class: 'nykurs-present-jump', role: 'status', hidden: true });
  const note = element('p', { class: 'nykurs-present-jump', role: 'alert', hidden: true });
  const blank = element('div', { class: 'nykurs-present-blank', hidden: true });
  const moreButton = press('present_more', more);
  const darkButton = press('present_dark', dark);
  const node = element(
    'footer',
    { id: 'nykurs-present-bar' },
    place,
    element('div', { class: 'nykurs-present-acts' }, press('present_companion', companion), moreButton, darkButton, press('present_full', full), press('present_end', leave))
  );
  const all = [node, jump, note, blank];

  return {
    node,
    blank,
    note,
    more: moreButton,
    dark: darkButton,
    show: () => document.body.append(...all),
    remove: () => all.forEach(each => each.remove()),
    // `side`: of an exercise that has grown beyond one screen.
    tell: (at, of, side, sides) => {
      const aside = sides > 1 ? ` · ${course.say('present_side', { side: side + 1, of: sides })}` : '';
      place.textContent = `${course.say('present_at', { at: at + 1, of })}${aside}`;
    },
    asking: text => {
      jump.hidden = text === null;
      jump.textContent = text === null ? '' : course.say('present_jump', { number: text || '…' });
    },
  };
}
