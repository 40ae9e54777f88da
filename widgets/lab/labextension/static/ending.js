/* «Avslutt og tøm»: asks once, saves what is kept, forgets everything and shows the first page. */
import { element, tab } from './course.js';

export function askToEnd(course) {
  const kept = course.state.state === 'open';
  const end = element('button', { type: 'button', class: 'nykurs-offer nykurs-offer-first' }, course.say('end'));
  end.addEventListener('click', () => forgetEverything(course, end));
  const stay = element('button', { type: 'button', class: 'nykurs-offer', autofocus: true }, course.say('stay'));
  const dialog = element(
    'dialog',
    { class: 'nykurs-ask', 'aria-labelledby': 'nykurs-ask-title', 'aria-describedby': 'nykurs-ask-text', close: () => dialog.remove() },
    element('h2', { id: 'nykurs-ask-title' }, course.say('end_title')),
    element('p', { id: 'nykurs-ask-text' }, course.say(kept ? 'end_text_kept' : 'end_text')),
    element('div', { class: 'nykurs-offers' }, end, stay)
  );
  stay.addEventListener('click', () => dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

// What is kept is saved and locked first. If that fails, the second press forgets it all the same.
export async function forgetEverything(course, button) {
  const text = button.closest('dialog').querySelector('p');
  button.disabled = true;
  try {
    const kept = course.state.state === 'open';
    if (kept && !button.dataset.warned) {
      const { refused } = await course.ask('lock');
      if (refused) {
        button.dataset.warned = '1';
        button.disabled = false;
        text.textContent = course.say('end_unsaved');
        return;
      }
    }
    await leaveEmpty(course, !kept ? 'emptied' : button.dataset.warned ? 'emptied_kept' : 'locked');
  } catch {
    button.disabled = false;
    text.textContent = course.say('not_emptied');
  }
}

// A new kernel, and a new page rather than a tidied one: nothing that was entered stays in anybody's memory.
// `news` is what the first page says then.
export async function leaveEmpty(course, news) {
  await course.empty();
  Object.keys(sessionStorage)
    .filter(key => key.startsWith('nykurs-'))
    .forEach(key => sessionStorage.removeItem(key));
  tab.set('news', news);
  location.replace(`${course.baseUrl}lab`);
}
