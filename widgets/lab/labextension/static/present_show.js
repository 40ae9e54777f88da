/* One module on the wall: one slide at a time, on the page itself, so that its exercises are live.

   A slide begins at every cell tagged `slide`, and every exercise is a slide of its own. What does not fit at the size of
   a projector is parted into further slides by measuring. What the chosen meeting leaves out is not shown until it is
   asked for. What is for the leader is taken out of the page meanwhile; the leader has a window of her own. */
import { element } from './course.js';
import { makeBar } from './present_bar.js';
import { makeKeys } from './present_keys.js';
import * as memory from './present_memory.js';
import { showOnly } from './present_pages.js';
import { makeStage } from './present_stage.js';
import { runAgain } from './run.js';
import { fullScreen, leaveFullScreen, watchScreen } from './screen.js';
import { ASKING } from './session.js';
import { openWall } from './wall.js';

const LATER = 'data-nykurs-later'; // an item of a list that has not come yet
const CHANGES = { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['class', 'style', 'hidden'] };
const words = node => node.textContent.replace(/¶/g, '').replace(/\s+/g, ' ').trim(); // without JupyterLab's anchors
const textsOf = nodes => nodes.map(words).filter(Boolean);
const nextFrame = () => new Promise(requestAnimationFrame);

// `done` is called when it has ended. It is shown from `begin` on.
export function makeShow(course, shell, panel, module, done) {
  const stage = makeStage(panel);
  const wall = openWall(module, state, obey);
  const ACTS = {
    next,
    previous,
    first: () => go(0),
    last: () => go(slides.length - 1),
    blank: darken,
    companion: openCompanion,
    dark: () => setDark(!document.body.classList.contains('nykurs-present-dark')),
    more: () => bar.more.hidden || setMore(!hasMore()),
    full: fullScreen,
    leave,
  };
  const STEERED = { tell: wall.tell, meeting: replan, next, previous, first: ACTS.first, last: ACTS.last, blank: darken };
  const bar = makeBar(course, ACTS);
  const keys = makeKeys(ACTS, { goTo: number => go(Math.min(number, slides.length) - 1), asking: bar.asking, isBlank: () => !bar.blank.hidden });
  let leftOut = new Set(); // ids of cells
  let questions = ''; // of the recap, as they are chosen
  let slides = [];
  let at = 0;
  let page = 0; // the screen of an exercise that takes more than one
  let pages = { all: [], pages: [[]] };
  let asked = ''; // the question on an exercise's screen
  let queued = 0;
  let screen = null;
  let left = false;

  async function begin(goOn, { at: first = 0, withMore = false }) {
    try {
      await prepare(goOn);
    } catch {
      end();
      document.getElementById('nykurs-header').after(element('p', { class: 'nykurs-message', role: 'alert' }, course.say('present_failed')));
      return;
    }
    if (left || panel.isDisposed) return;
    document.body.classList.add('nykurs-presenting');
    bar.show();
    setDark(memory.isDark());
    stage.clear();
    // By any means: the browser's own way out of the full screen is the way out of the presenter too.
    screen = watchScreen(leave);
    window.addEventListener('resize', arrange);
    bar.more.setAttribute('aria-pressed', String(withMore));
    stage.node.tabIndex = -1;
    memory.began(module);
    shell.update();
    await nextFrame();
    await nextFrame();
    if (left) return;
    arrange();
    go(Math.min(first, slides.length - 1));
    observer.observe(stage.node, CHANGES);
  }

  // Exercises about somebody's own life: the example takes the place of the form.
  async function prepare(goOn) {
    const [{ faces, refused }, meeting] = await Promise.all([course.ask('present', { module: module.name, again: goOn }), chosen()]);
    if (refused) throw new Error(refused);
    plan(meeting);
    stage.project(faces);
  }

  // The meeting that is chosen for this module, and with it which cells are not for today.
  async function chosen() {
    const reply = await course.request(`nykurs/session/${module.name}`);
    if (!reply.ok) throw new Error(`session: ${reply.status}`);
    return reply.json();
  }
  function plan(meeting) {
    leftOut = new Set(meeting.leftOut);
    questions = meeting.recap.texts.join('\n');
    bar.more.hidden = !leftOut.size;
  }
  // Another meeting has been chosen in another window.
  async function replan() {
    const meeting = await chosen().catch(() => null);
    if (!meeting || left) return;
    const before = questions;
    plan(meeting);
    if (questions !== before) await runAgain(panel, ASKING);
    if (!left && !panel.isDisposed) arrange();
  }

  // All slides, as they are before anybody has answered. An exercise that grows has further sides of the same slide.
  function arrange() {
    const before = slides[at];
    slides = stage.groups(isLeftOut).flatMap(group => {
      const { pages } = stage.put(group);
      return group.live ? [{ group, side: 0, text: textsOf(pages.flat()) }] : pages.map((page, side) => ({ group, side, text: textsOf(page) }));
    });
    const same = before ? slides.findIndex(each => each.group.cells[0] === before.group.cells[0] && each.side === before.side) : 0;
    go(Math.max(0, same < 0 ? slides.findLastIndex(each => orderOf(each) <= orderOf(before)) : same));
  }
  const orderOf = slide => stage.orderOf(slide.group.cells[0]);
  const hasMore = () => bar.more.getAttribute('aria-pressed') === 'true';
  const isLeftOut = cell => !hasMore() && leftOut.has(cell.model.id);

  // How things stand, for the leader's window.
  function state() {
    return {
      at,
      waiting: slides.length ? textsOf(waiting()) : [],
      page,
      pages: slides[at]?.group.live ? pages.pages.length : 1,
      blank: !bar.blank.hidden,
      slides: slides.map(({ group, text }) => ({ cells: group.cells.map(cell => cell.model.id), text })),
    };
  }
  function obey({ act, to }) {
    if (!slides.length || left) return;
    if (act === 'go') go(Math.max(0, Math.min(to, slides.length - 1)));
    else STEERED[act]?.();
  }

  // The items of a list, which come one at a time.
  const items = () => (slides[at].group.alone ? [] : pages.pages[page].filter(atom => atom.matches('.jp-RenderedMarkdown li, .jp-RenderedMarkdown li *')));
  const waiting = () => items().filter(item => item.hasAttribute(LATER));
  const showItems = () => stage.node.querySelectorAll(`[${LATER}]`).forEach(node => node.removeAttribute(LATER));

  // `whole`: come to from behind, with all that is on it.
  function go(to, whole = false) {
    at = to;
    const { group, side } = slides[at];
    pages = stage.put(group);
    const last = pages.pages.length - 1;
    page = !group.live ? Math.min(side, last) : whole ? last : 0;
    asked = question();
    showItems();
    keys.forgetEscape();
    draw();
    stage.node.focus({ preventScroll: true }); // Tab goes on from here, into what stands on the slide
    items().forEach(item => item.toggleAttribute(LATER, !whole));
    memory.moved(module, at, hasMore());
    wall.tell();
  }

  function draw() {
    showOnly(pages.roots, pages.all, pages.pages[page]);
    stage.node.scrollTop = 0;
    bar.tell(at, slides.length, page, slides[at].group.live ? pages.pages.length : 1);
    observer.takeRecords();
  }

  // An exercise has changed: measured anew. A new question begins at its top.
  const question = () => [...stage.node.querySelectorAll('.nykurs-on-slide :is(legend, .nykurs-step-title)')].map(node => node.textContent).join();
  function changed() {
    queued = 0;
    if (left || !slides[at]?.group.live) return;
    const focused = document.activeElement;
    pages = stage.put(slides[at].group);
    const isNew = question() !== asked;
    asked = question();
    const holds = pages.pages.findIndex(each => each.some(atom => atom.contains(focused)));
    // The reply is what the room waits for, also when the button that was pressed has moved on to the next side.
    const writing = holds >= 0 && focused.matches('input, textarea, select');
    page = isNew ? 0 : writing ? holds : Math.min(page, pages.pages.length - 1);
    draw();
    wall.tell();
    if (focused !== document.activeElement && focused.getClientRects().length) focused.focus({ preventScroll: true });
  }
  const observer = new MutationObserver(() => (queued ||= requestAnimationFrame(changed)));

  function next() {
    const hidden = waiting();
    if (hidden.length) {
      hidden[0].removeAttribute(LATER);
      wall.tell();
    } else if (slides[at].group.live && page < pages.pages.length - 1) turn(1);
    else if (at < slides.length - 1) go(at + 1);
  }
  function previous() {
    if (slides[at].group.live && page > 0) turn(-1);
    else if (at > 0) go(at - 1, true);
  }
  function turn(step) {
    document.activeElement?.blur();
    page += step;
    draw();
    wall.tell();
  }

  function setDark(on) {
    document.body.classList.toggle('nykurs-present-dark', on);
    bar.dark.setAttribute('aria-pressed', String(on));
    memory.setDark(on);
  }
  function setMore(on) {
    bar.more.setAttribute('aria-pressed', String(on));
    arrange();
  }
  // What cannot be seen cannot be typed in.
  function darken() {
    bar.blank.hidden = !bar.blank.hidden;
    document.activeElement?.blur();
    for (const node of [stage.node, bar.node]) node.inert = !bar.blank.hidden;
    wall.tell();
  }
  // A browser leaves the full screen when a window is opened; the presenter stays. A window that the browser stops is
  // opened by the leader's own hand, once the browser has been told.
  function openCompanion() {
    screen.spare(true);
    const opened = window.open(`${course.baseUrl}nykurs/companion/${module.name}`, 'nykurs-companion', 'popup,width=1200,height=800');
    if (opened) return leaveFullScreen();
    screen.spare(false);
    bar.note.textContent = course.say('present_blocked');
    bar.note.hidden = false;
  }

  function key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
    if (!slides.length) return;
    const act = keys.actOf(event);
    bar.note.hidden = true;
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }

  function leave() {
    const cell = slides[at]?.group.cells[0];
    end();
    if (!panel.isDisposed) cell?.node.scrollIntoView({ block: 'start' });
  }
  function end() {
    if (left) return;
    left = true;
    wall.close();
    done();
    memory.ended();
    observer.disconnect();
    screen?.end();
    window.removeEventListener('resize', arrange);
    leaveFullScreen();
    document.body.classList.remove('nykurs-presenting', 'nykurs-present-dark');
    bar.remove();
    showItems();
    stage.restore();
    shell.update();
  }
  return { begin, key, leave, of: each => each === panel };
}
