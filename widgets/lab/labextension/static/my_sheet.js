/* «Skriv ut mitt ark»: the participant's own answers on the sheet, printed from memory so that no file is left.

   The kernel makes the page when it is asked for. It goes into a hidden frame that can run nothing, and the frame goes
   when it is printed. To save the page as a file is a second choice, after a warning. */
import { element } from './course.js';
import { offer } from './desk.js';
import { setTitle } from './header.js';
import { saveFile } from './keeping.js';
import { settle } from './kernel.js';

const CARD = 'application/vnd.nykurs.card+json';
const PATIENCE = 20000; // figures are drawn anew, which takes seconds on a slow machine

// Under every exercise that is there.
export function offerSheets(course, panel) {
  for (const cell of panel.content.widgets) {
    const card = cardOf(cell);
    if (!card || cell.node.matches('.nykurs-failed') || cell.node.querySelector('.nykurs-my-sheet')) continue;
    const title = course.modules.find(module => module.name === card.module)?.exercises[card.id] ?? '';
    const button = offer(course.say('sheet_offer'), () => openSheet(course, panel, card, button), {
      'aria-label': course.say('sheet_offer_of', { title }),
      'aria-haspopup': 'dialog',
    });
    cell.node.append(element('div', { class: 'nykurs-my-sheet' }, button));
  }
}

function cardOf(cell) {
  const outputs = cell.model.outputs;
  for (let at = 0; at < (outputs?.length ?? 0); at++) {
    const card = outputs.get(at).data[CARD];
    if (card) return card;
  }
  return null;
}

function openSheet(course, panel, card, opener) {
  const heading = element('h2', { id: 'nykurs-sheet-title' });
  const body = element('div');
  const said = element('p', { class: 'nykurs-said', role: 'status' });
  const second = element('div', { class: 'nykurs-second' });
  const frame = element('div', { class: 'nykurs-frame', 'aria-hidden': 'true' });
  const dialog = element('dialog', { class: 'nykurs-ask nykurs-my-sheet-dialog', 'aria-labelledby': heading.id }, heading, body, said, second, frame);
  const show = view => {
    heading.textContent = course.say(view.title);
    body.replaceChildren(...view.body);
    second.replaceChildren(...(view.second ?? []));
    body.querySelector('[data-first]').focus();
  };
  const desk = { course, panel, card, dialog, said, frame, show };
  const leave = () => dialog.close();
  dialog.addEventListener('close', () => {
    panel.disposed.disconnect(leave);
    dialog.remove(); // and the frame with it
    opener.focus();
  });
  panel.disposed.connect(leave);
  document.body.append(dialog);
  dialog.showModal();
  show(printing(desk));
}

const text = (course, key, more = {}) => element('p', more, course.say(key));
const row = (...buttons) => element('div', { class: 'nykurs-offers' }, ...buttons);
const cancel = ({ course, dialog }) => offer(course.say('sheet_cancel'), () => dialog.close(), { 'data-leave': true });

function printing(desk) {
  const { course } = desk;
  const print = offer(course.say('sheet_print'), () => attempt(desk, print, html => printOut(desk, html)), { first: true, 'data-first': true });
  const body = [...['sheet_text', 'sheet_fetch', 'sheet_printer'].map(key => text(course, key)), row(print, cancel(desk))];
  // Where a clinic has said that nothing is saved, there is no second choice.
  const second = course.journal === false ? [] : [offer(course.say('sheet_save'), () => desk.show(saving(desk)))];
  return { title: 'sheet_title', body, second };
}

// The warning takes the focus, so that it is read aloud before anything can be saved.
function saving(desk) {
  const { course } = desk;
  const save = offer(course.say('sheet_save_do'), () => attempt(desk, save, html => saveOnce(desk, html)));
  desk.said.textContent = '';
  return { title: 'sheet_save_title', body: [text(course, 'readable', { tabindex: '-1', 'data-first': true }), row(save, cancel(desk))] };
}

// Asks the kernel once; meanwhile the button waits.
async function attempt(desk, button, use) {
  const { course, dialog, said } = desk;
  button.disabled = true;
  said.textContent = course.say('one_moment');
  try {
    const html = await inTime(madeNow(desk));
    if (!dialog.open) return;
    said.textContent = await use(html);
    dialog.querySelector('[data-leave]').textContent = course.say('close');
  } catch {
    said.textContent = course.say('sheet_failed');
  }
  button.disabled = false;
  if (dialog.open) button.focus();
}

// The page, once what was typed last is in the kernel.
async function madeNow({ course, panel, card }) {
  const kernel = panel.sessionContext.session?.kernel;
  if (kernel?.connectionStatus !== 'connected' || kernel.status === 'dead') throw new Error('no kernel');
  await settle(panel);
  const { html } = await course.ask('sheet', card);
  if (!html) throw new Error('no sheet');
  return html;
}

function inTime(promise) {
  let timer;
  const late = new Promise((_, fail) => (timer = setTimeout(() => fail(new Error('no answer')), PATIENCE)));
  return Promise.race([promise, late]).finally(() => clearTimeout(timer));
}

// No address, no window and no file: the page is in this frame only, and nothing in it can run.
async function printOut({ course, dialog, frame }, html) {
  const page = element('iframe', { sandbox: 'allow-same-origin allow-modals', tabindex: '-1', srcdoc: html });
  const loaded = new Promise(done => page.addEventListener('load', done, { once: true }));
  frame.replaceChildren(page);
  await loaded;
  await page.contentDocument.fonts.ready;
  const done = namedLike(page.contentDocument.title);
  dialog.addEventListener('close', done, { once: true });
  page.contentWindow.addEventListener('afterprint', () => (done(), page.remove()), { once: true });
  page.contentWindow.print();
  return course.say('sheet_printed');
}

// A print queue shows the title of the window, which says what the module is about.
function namedLike(title) {
  const before = document.title;
  setTitle(title);
  return () => document.title === title && setTitle(before);
}

function saveOnce({ course }, html) {
  saveFile(html, 'text/html', course.say('sheet_name'));
  return course.say('downloaded');
}
