/* The leader's script on the leader's own page, which may be the page on the wall. Once a module is presented it is
   hidden in this tab: before the screen is taken, through a reload, and until the leader asks for it. */
import { element, tab } from './course.js';

const HIDDEN = 'nykurs-script-hidden';
const WALL = 'nykurs-wall'; // the window that the leader's own window opens for the wall

const isHidden = () => document.body.classList.contains(HIDDEN);
let redraw = () => {};

function setHidden(hidden) {
  document.body.classList.toggle(HIDDEN, hidden);
  if (hidden) tab.set('script', 'hidden');
  else tab.remove('script');
  redraw();
}

export const hideScript = () => setHidden(true);

// Before anything is painted.
export function recallScript() {
  if (tab.get('script') || window.name === WALL) hideScript();
}

// Says that it is hidden, and shows and hides it.
export function scriptSwitch(course) {
  const said = element('span', {});
  const button = element('button', { type: 'button', click: () => setHidden(!isHidden()) });
  const node = element('span', { class: 'nykurs-script' }, said, button);
  redraw = () => {
    said.textContent = isHidden() ? course.say('script_hidden') : '';
    button.textContent = course.say(isHidden() ? 'script_show' : 'script_hide');
  };
  redraw();
  return node;
}
