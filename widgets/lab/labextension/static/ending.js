/* «Avslutt og tøm»: asks once, saves what is kept, forgets everything and shows the first page, in every tab. */
import { element, tab } from './course.js';
import { offer } from './desk.js';

const PATIENCE = 5000;

export function askToEnd(course) {
  const text = element('p', { id: 'nykurs-ask-text', role: 'status' });
  const tell = () => (text.textContent = course.say(kept(course) ? 'end_text_kept' : 'end_text'));
  const end = offer(course.say('end'), () => forgetEverything(course, end), { first: true });
  const stay = offer(course.say('stay'), () => dialog.close(), { autofocus: true, 'data-stay': true });
  const dialog = element(
    'dialog',
    { class: 'nykurs-ask', 'aria-labelledby': 'nykurs-ask-title', 'aria-describedby': 'nykurs-ask-text', close: () => dialog.remove() },
    element('h2', { id: 'nykurs-ask-title' }, course.say('end_title')),
    text,
    element('div', { class: 'nykurs-offers' }, end, stay)
  );
  tell();
  document.body.append(dialog);
  dialog.showModal();
  knowState(course).then(() => dialog.open && !end.dataset.warned && tell());
}

const kept = course => course.state.state === 'open';

// How things stand, from the kernel itself; a page that has just opened may not have heard. A kernel that does not
// answer keeps nothing.
function knowState(course) {
  return Promise.race([course.ask('state').catch(() => {}), new Promise(done => setTimeout(done, PATIENCE))]);
}

// What is kept is saved and locked first. If that fails, it is said, and another button forgets it all the same.
export async function forgetEverything(course, button) {
  const dialog = button.closest('dialog');
  const text = dialog.querySelector('p');
  const say = key => {
    button.disabled = false;
    text.setAttribute('role', 'alert');
    text.textContent = course.say(key);
    (dialog.querySelector('[data-stay]') ?? button).focus();
  };
  button.disabled = true;
  await knowState(course);
  const wasKept = kept(course);
  try {
    if (wasKept && !button.dataset.warned) {
      const reply = await course.ask('lock');
      if ('refused' in reply) {
        button.dataset.warned = '1';
        button.textContent = course.say('empty_unsaved');
        return say('end_unsaved');
      }
    }
    await leaveEmpty(course, !wasKept ? 'emptied' : button.dataset.warned ? 'emptied_kept' : 'locked');
  } catch {
    say(wasKept ? 'not_emptied_kept' : 'not_emptied');
  }
}

// A new kernel, and then a new page rather than a tidied one: nothing that was entered stays in anybody's memory.
// `news` is what the first page says then.
export async function leaveEmpty(course, news) {
  await course.empty();
  course.others.postMessage(news);
  leave(course, news);
}

// Only this page goes: the kernel has forgotten already. A script that was hidden from the wall stays hidden.
export function leave(course, news) {
  Object.keys(sessionStorage)
    .filter(key => key.startsWith('nykurs-') && key !== 'nykurs-script')
    .forEach(key => sessionStorage.removeItem(key));
  tab.set('news', news);
  location.replace(`${course.baseUrl}lab`);
}

// What was emptied in another tab is not shown in this one any longer.
export function leaveWithOthers(course) {
  course.others = new BroadcastChannel('nykurs');
  course.others.onmessage = ({ data }) => leave(course, data);
}
