/* «Avslutt og tøm»: asks once, forgets everything and shows the first page. */
import { element, tab } from './course.js';

export function askToEnd(course) {
  const end = element('button', { type: 'button', class: 'nykurs-offer nykurs-offer-first' }, course.say('end'));
  end.addEventListener('click', () => forgetEverything(course, end));
  const stay = element('button', { type: 'button', class: 'nykurs-offer', autofocus: true }, course.say('stay'));
  const dialog = element(
    'dialog',
    { class: 'nykurs-ask', 'aria-labelledby': 'nykurs-ask-title', 'aria-describedby': 'nykurs-ask-text', close: () => dialog.remove() },
    element('h2', { id: 'nykurs-ask-title' }, course.say('end_title')),
    element('p', { id: 'nykurs-ask-text' }, course.say('end_text')),
    element('div', { class: 'nykurs-offers' }, end, stay)
  );
  stay.addEventListener('click', () => dialog.close());
  document.body.append(dialog);
  dialog.showModal();
}

// A new page rather than a tidied one: nothing that was entered stays in this browser's memory.
export async function forgetEverything(course, button) {
  button.disabled = true;
  try {
    await course.empty();
    Object.keys(sessionStorage)
      .filter(key => key.startsWith('nykurs-'))
      .forEach(key => sessionStorage.removeItem(key));
    tab.set('emptied', '1');
    location.replace(`${course.baseUrl}lab`);
  } catch {
    button.disabled = false;
    button.closest('dialog').querySelector('p').textContent = course.say('not_emptied');
  }
}
