/* The presenter begins empty. Where something has been entered, it says so first, and lets one stay. */
import { element } from './course.js';
import { offer } from './desk.js';

export async function beginEmpty(course, begin) {
  const state = await course.ask('state').catch(() => ({}));
  if (!state.entered) return begin();
  const leave = () => dialog.close();
  const go = () => {
    dialog.close();
    begin();
  };
  const dialog = element(
    'dialog',
    { class: 'nykurs-ask', 'aria-labelledby': 'nykurs-empty-title', 'aria-describedby': 'nykurs-empty-text', close: () => dialog.remove() },
    element('h2', { id: 'nykurs-empty-title' }, course.say('present_empty_title')),
    element('p', { id: 'nykurs-empty-text' }, course.say('present_empty_text')),
    element('div', { class: 'nykurs-offers' }, offer(course.say('present_empty_do'), go, { first: true }), offer(course.say('stay'), leave, { autofocus: true }))
  );
  document.body.append(dialog);
  dialog.showModal();
}
