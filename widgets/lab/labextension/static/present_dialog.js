/* The presenter begins empty. Where there is something to lose or to go on with, it asks first. */
import { element } from './course.js';
import { offer } from './desk.js';

// What can be chosen before it begins; nothing to choose: it begins. `at`: the slide this tab has come to in this module.
export function ways({ entered, boards, at }) {
  if (boards || at) return ['go_on', 'anew', 'stay'];
  return entered ? ['empty_do', 'stay'] : [];
}

// `begin` is called with whether the meeting goes on.
export async function beginEmpty(course, module, at, begin) {
  const { entered, boards } = await course.ask('boards', { module: module.name }).catch(() => ({}));
  const [first, ...others] = ways({ entered, boards, at });
  if (!first) return begin(false);
  const after = act => () => {
    dialog.close();
    act();
  };
  const acts = { go_on: after(() => begin(true)), anew: after(() => begin(false)), empty_do: after(() => begin(false)), stay: after(() => {}) };
  const press = (way, more) => offer(course.say(way === 'stay' ? way : `present_${way}`), acts[way], more);
  const kind = first === 'go_on' ? 'again' : 'empty';
  const dialog = element(
    'dialog',
    { class: 'nykurs-ask', 'aria-labelledby': 'nykurs-empty-title', 'aria-describedby': 'nykurs-empty-text', close: () => dialog.remove() },
    element('h2', { id: 'nykurs-empty-title' }, course.say(`present_${kind}_title`)),
    element('p', { id: 'nykurs-empty-text' }, course.say(`present_${kind}_text`)),
    // Nothing is lost by mistake: what empties is never where the focus is.
    element('div', { class: 'nykurs-offers' }, press(first, { first: true, autofocus: first === 'go_on' }), ...others.map(way => press(way, { autofocus: kind === 'empty' && way === 'stay' })))
  );
  document.body.append(dialog);
  dialog.showModal();
}
