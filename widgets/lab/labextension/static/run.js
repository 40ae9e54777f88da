/* Runs a course notebook's cells when it is opened, and says so when one of them cannot be shown. */
import { element, tab } from './course.js';
import { openPage } from './kernel.js';
import { offerSheets } from './my_sheet.js';

export async function runOnOpen(course, panel, messages) {
  panel.addClass('nykurs-page');
  panel.toolbar.hide();
  const cells = codeCells(panel);
  const waiting = waitFor(course, cells);
  await panel.sessionContext.ready;
  if (panel.isDisposed) return;
  if (!panel.sessionContext.session?.kernel) return messages.stopped(panel);
  await openPage(course, panel);
  if (panel.isDisposed) return;
  const replies = await Promise.allSettled(cells.map(cell => cell.constructor.execute(cell, panel.sessionContext)));
  if (panel.isDisposed) return;
  await drawn(panel, cells);
  if (panel.isDisposed) return;
  waiting.forEach(note => note.remove());
  replies.forEach((reply, at) => failed(cells[at], reply) && explain(course, cells[at]));
  offerSheets(course, panel);
  panel.content.model.dirty = false;
  restorePlace(panel);
  panel.node.dataset.nykursReady = '1';
}

// Exercises are drawn a moment after their cells have run, and what is in them a moment later. Left before that, they
// would leave loose ends; measured before that, they would have no slide.
function drawn(panel, cells) {
  const expected = cells.filter(cell => JSON.stringify(cell.model.outputs.toJSON()).includes('widget-view+json')).length;
  const done = () => {
    const cards = [...panel.node.querySelectorAll('.nykurs-card')];
    return panel.isDisposed || (cards.length >= expected && cards.every(card => card.textContent.trim()));
  };
  return new Promise(finish => {
    const observer = new MutationObserver(() => done() && end());
    const end = () => {
      clearTimeout(timer);
      observer.disconnect();
      finish();
    };
    const timer = setTimeout(end, 15000);
    observer.observe(panel.node, { childList: true, subtree: true });
    if (done()) end();
  });
}

function codeCells(panel) {
  return panel.content.widgets.filter(cell => cell.model.type === 'code');
}

// The cells that show these, once more: what they show has been chosen anew.
export async function runAgain(panel, names) {
  const shown = cell => cell.model.sharedModel.getSource().match(/^show\("([^"]+)"\)$/)?.[1];
  const cells = codeCells(panel).filter(cell => names.includes(shown(cell)));
  await Promise.allSettled(cells.map(cell => cell.constructor.execute(cell, panel.sessionContext)));
  if (panel.isDisposed) return;
  await drawn(panel, codeCells(panel));
  panel.content.model.dirty = false;
}

// A calm line in every exercise's place until it appears. The first code cell only opens the module.
function waitFor(course, cells) {
  return cells.slice(1).map(cell => {
    const note = element('p', { class: 'nykurs-waiting' }, course.say('waiting'));
    cell.node.append(note);
    return note;
  });
}

function failed(cell, reply) {
  const outputs = cell.model.outputs;
  for (let at = 0; at < outputs.length; at++) if (outputs.get(at).type === 'error') return true;
  return reply.status === 'rejected' || reply.value?.content?.status === 'error';
}

function explain(course, cell) {
  cell.node.classList.add('nykurs-failed');
  cell.node.append(element('p', { class: 'nykurs-sentence', role: 'status' }, course.say('exercise_failed')));
}

// After a reload the reader is where they were.
function restorePlace(panel) {
  const scroller = panel.node.querySelector('.jp-WindowedPanel-outer');
  const key = `place-${panel.context.path}`;
  const place = Number(tab.get(key));
  if (place && performance.getEntriesByType('navigation')[0]?.type === 'reload') scroller.scrollTop = place;
  scroller.addEventListener('scroll', () => tab.set(key, Math.round(scroller.scrollTop)), { passive: true });
}
