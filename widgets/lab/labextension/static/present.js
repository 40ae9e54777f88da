/* The presenter: one slide at a time of the open module, on the page itself, so that its exercises are live.

   A slide begins at every cell tagged `slide`, and every exercise is a slide of its own. What does not fit at the size of
   a projector is parted into further slides by measuring. What the chosen meeting leaves out is not shown until it is
   asked for. What is for the leader is taken out of the page meanwhile; the leader has a window of her own. */
import { element, tab } from './course.js';
import { hideScript } from './manuscript.js';
import { beginEmpty } from './present_dialog.js';
import { atoms, paginate, showAll, showOnly } from './present_pages.js';
import { runAgain } from './run.js';
import { fullScreen, leaveFullScreen, watchScreen } from './screen.js';
import { ASKING } from './session.js';
import { openWall } from './wall.js';

const LATER = 'data-nykurs-later';
const tagsOf = cell => cell.model.getMetadata('tags') ?? [];
const words = node => node.textContent.replace(/¶/g, '').replace(/\s+/g, ' ').trim(); // without JupyterLab's anchors
const nameOf = cell => cell.model.sharedModel.getSource().match(/show\("([^"]+)"\)/)?.[1];

export function makePresenter(course, tracker, shell) {
  let show = null;
  let landed = location.pathname; // where a reload has come to, until a module has opened
  let asking = false;
  const canOpen = panel => !show && panel && !panel.isDisposed && panel.node.dataset.nykursReady;
  const open = async (panel, goOn) => {
    if (!canOpen(panel)) return;
    hideScript();
    const module = course.moduleAt(panel.context.path);
    show = makeShow(course, shell, panel, module, () => (show = null));
    await show.begin(goOn, goOn ? shownOf(module) : {});
  };
  const openFull = async () => {
    const panel = tracker.currentWidget;
    if (asking || !canOpen(panel)) return;
    asking = true;
    const module = course.moduleAt(panel.context.path);
    await beginEmpty(course, module, shownOf(module).at, goOn => {
      if (!canOpen(panel)) return;
      hideScript();
      fullScreen();
      open(panel, goOn);
    });
    asking = false;
  };
  const press = event => {
    if (show) return show.key(event);
    if (event.key !== 'F9' || event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    openFull();
  };
  if (offered(course)) window.addEventListener('keydown', press, true);
  return {
    open: openFull,
    // After a module has opened: a reload goes back to its slide, and `build present` goes straight in. There a reload
    // is the same meeting too when the presenter was left by mistake just before.
    opened: (panel, module) => {
      if (!offered(course)) return;
      const again = tab.get('presenting') === module.name || (course.present && isReload() && landed === new URL(course.addressOf(module), location.href).pathname && hasShown(module));
      landed = null;
      if (again || course.present) open(panel, again);
      panel.disposed.connect(() => show?.of(panel) && show.leave());
    },
  };
}

export const offered = course => Boolean(course.leader || course.present);

const isReload = () => performance.getEntriesByType('navigation')[0]?.type === 'reload';
// How far this tab has come in the module that it showed last. Forgotten when the course is emptied.
const lastShown = () => JSON.parse(tab.get('shown') ?? '{}');
const hasShown = module => lastShown().module === module.name;
const shownOf = module => (hasShown(module) ? lastShown() : { at: 0 });

function makeShow(course, shell, panel, module, done) {
  const stage = panel.node.querySelector('.jp-WindowedPanel-outer');
  const place = element('p', { class: 'nykurs-present-place', role: 'status' });
  const jump = element('p', { class: 'nykurs-present-jump', role: 'status', hidden: true });
  const blank = element('div', { class: 'nykurs-present-blank', hidden: true });
  const note = element('p', { class: 'nykurs-present-jump', role: 'alert', hidden: true });
  const press = (key, act) => element('button', { type: 'button', title: course.say(`${key}_key`), click: act }, course.say(key));
  const dark = press('present_dark', () => theme(!document.body.classList.contains('nykurs-present-dark')));
  const more = press('present_more', () => setMore(!hasMore()));
  const bar = element(
    'footer',
    { id: 'nykurs-present-bar' },
    place,
    element('div', { class: 'nykurs-present-acts' }, press('present_companion', openCompanion), more, dark, press('present_full', fullScreen), press('present_end', () => leave()))
  );
  const folded = [];
  const away = new Map(); // the leader's cells, and what was in them
  const wall = openWall(module, state, obey);
  let leftOut = new Set();
  let slides = [];
  let at = 0;
  let page = 0;
  let pages = { all: [], pages: [[]] };
  let typed = null;
  let questions = ''; // of the recap, as they are chosen
  let screen = null;
  let escaped = false;
  let queued = 0;
  let asked = '';
  let left = false;

  // Exercises about somebody's own life: the example takes the place of the form.
  async function project(goOn) {
    const [{ faces, refused }, meeting] = await Promise.all([course.ask('present', { module: module.name, again: goOn }), chosen()]);
    if (refused) throw new Error(refused);
    plan(meeting);
    for (const cell of panel.content.widgets) {
      const face = faces[nameOf(cell)];
      if (!face) continue;
      cell.node.classList.add('nykurs-replaced');
      const shown = element('div', { class: 'nykurs-projected' });
      shown.innerHTML = face;
      cell.node.append(shown);
    }
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
    more.hidden = !leftOut.size;
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

  async function begin(goOn, { at: first = 0, withMore = false }) {
    try {
      await project(goOn);
    } catch {
      end();
      document.getElementById('nykurs-header').after(element('p', { class: 'nykurs-message', role: 'alert' }, course.say('present_failed')));
      return;
    }
    if (left || panel.isDisposed) return;
    document.body.classList.add('nykurs-presenting');
    document.body.append(bar, jump, note, blank);
    theme(tab.get('present-dark') === '1');
    for (const cell of panel.content.widgets) {
      if (tagsOf(cell).includes('leader')) putAway(cell);
      for (const name of ['nykurs-folded', 'nykurs-folded-first']) {
        if (!cell.node.classList.contains(name)) continue;
        cell.node.classList.remove(name);
        folded.push([cell, name]);
      }
    }
    // By any means: the browser's own way out of the full screen is the way out of the presenter too.
    screen = watchScreen(leave);
    window.addEventListener('resize', arrange);
    more.setAttribute('aria-pressed', String(withMore));
    stage.tabIndex = -1;
    tab.set('presenting', module.name);
    shell.update();
    await new Promise(requestAnimationFrame);
    await new Promise(requestAnimationFrame);
    if (left) return;
    arrange();
    go(Math.min(first, slides.length - 1));
    observer.observe(stage, { childList: true, subtree: true, characterData: true, attributes: true, attributeFilter: ['class', 'style', 'hidden'] });
  }

  function putAway(cell) {
    const held = document.createDocumentFragment();
    held.append(...cell.node.childNodes);
    away.set(cell, held);
  }

  const hasMore = () => more.getAttribute('aria-pressed') === 'true';
  const isMore = cell => !hasMore() && leftOut.has(cell.model.id);
  const isIn = cell =>
    !tagsOf(cell).some(tag => tag === 'leader' || tag === 'paper-only') && !isMore(cell) && nameOf(cell) !== 'sources' && !cell.node.classList.contains('nykurs-failed');
  const isExercise = cell => Boolean(cell.node.querySelector('.nykurs-card, .nykurs-projected'));
  const rootOf = cell =>
    cell.node.querySelector(':scope > .nykurs-projected') ??
    (cell.model.type === 'markdown' ? cell.node.querySelector('.jp-RenderedMarkdown') : cell.node.querySelector('.jp-Cell-outputWrapper'));

  // Cells that stand together: a part's text and boxes, or one exercise.
  function groups() {
    const found = [];
    for (const cell of panel.content.widgets.filter(isIn)) {
      if (!rootOf(cell) || !atoms(rootOf(cell)).length) continue;
      const alone = isExercise(cell);
      const last = found[found.length - 1];
      if (last && !last.alone && !alone && !tagsOf(cell).includes('slide')) last.cells.push(cell);
      else found.push({ alone, cells: [cell] });
    }
    return found;
  }

  function put(group) {
    panel.content.widgets.forEach(cell => cell.node.classList.toggle('nykurs-on-slide', group.cells.includes(cell)));
    const roots = group.cells.map(rootOf);
    const keep = group.alone ? null : roots[0].querySelector('h1, h2');
    return { ...paginate(stage, roots, keep), roots };
  }

  // All slides, as they are before anybody has answered. An exercise that grows has further sides of the same slide.
  function arrange() {
    const before = slides[at];
    slides = groups().flatMap(group => {
      const { pages } = put(group);
      return group.alone && !group.cells[0].node.querySelector('.nykurs-projected')
        ? [{ group, side: 0, live: true, text: textOf(pages.flat()) }]
        : pages.map((page, side) => ({ group, side, live: false, text: textOf(page) }));
    });
    const same = before ? slides.findIndex(each => each.group.cells[0] === before.group.cells[0] && each.side === before.side) : 0;
    go(Math.max(0, same < 0 ? slides.findLastIndex(each => orderOf(each) <= orderOf(before)) : same));
  }
  const orderOf = slide => panel.content.widgets.indexOf(slide.group.cells[0]);

  // What the leader's window shows of a slide.
  const textOf = page => page.map(words).filter(Boolean);

  // How things stand, for the leader's window.
  function state() {
    return {
      at,
      waiting: slides.length ? waiting().map(words).filter(Boolean) : [],
      page,
      pages: slides[at]?.live ? pages.pages.length : 1,
      blank: !blank.hidden,
      slides: slides.map(({ group, text }) => ({ cells: group.cells.map(cell => cell.model.id), text })),
    };
  }
  function obey({ act, to }) {
    if (!slides.length || left) return;
    if (act === 'go') go(Math.max(0, Math.min(to, slides.length - 1)));
    else STEERED[act]?.();
  }

  const items = () => (slides[at].live || slides[at].group.alone ? [] : pages.pages[page].filter(atom => atom.matches('.jp-RenderedMarkdown li, .jp-RenderedMarkdown li *')));
  const waiting = () => items().filter(item => item.hasAttribute(LATER));

  function go(to, last = false) {
    at = to;
    const slide = slides[at];
    pages = put(slide.group);
    page = slide.live ? (last ? pages.pages.length - 1 : 0) : Math.min(slide.side, pages.pages.length - 1);
    asked = question();
    stage.querySelectorAll(`[${LATER}]`).forEach(node => node.removeAttribute(LATER));
    escaped = false;
    draw();
    stage.focus({ preventScroll: true }); // Tab goes on from here, into what stands on the slide
    items().forEach(item => item.toggleAttribute(LATER, !last));
    tab.set('shown', JSON.stringify({ module: module.name, at, withMore: hasMore() }));
    wall.tell();
  }

  function draw() {
    showOnly(pages.roots, pages.all, pages.pages[page]);
    stage.scrollTop = 0;
    const sides = slides[at].live && pages.pages.length > 1 ? course.say('present_side', { side: page + 1, of: pages.pages.length }) : '';
    place.textContent = `${course.say('present_at', { at: at + 1, of: slides.length })}${sides && ` · ${sides}`}`;
    observer.takeRecords();
  }

  // An exercise has changed: measured anew. A new question begins at its top.
  const question = () => [...stage.querySelectorAll('.nykurs-on-slide :is(legend, .nykurs-step-title)')].map(node => node.textContent).join();
  function changed() {
    queued = 0;
    if (left || !slides[at]?.live) return;
    const focused = document.activeElement;
    pages = put(slides[at].group);
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
    } else if (slides[at].live && page < pages.pages.length - 1) turn(1);
    else if (at < slides.length - 1) go(at + 1);
  }
  function previous() {
    if (slides[at].live && page > 0) turn(-1);
    else if (at > 0) go(at - 1, true);
  }
  function turn(step) {
    document.activeElement?.blur();
    page += step;
    draw();
    wall.tell();
  }

  function theme(on) {
    document.body.classList.toggle('nykurs-present-dark', on);
    dark.setAttribute('aria-pressed', String(on));
    tab.set('present-dark', on ? '1' : '');
  }
  function setMore(on) {
    more.setAttribute('aria-pressed', String(on));
    arrange();
  }
  function ask(text) {
    typed = text;
    jump.hidden = text === null;
    jump.textContent = text === null ? '' : course.say('present_jump', { number: text || '…' });
  }

  // What cannot be seen cannot be typed in.
  function darken() {
    blank.hidden = !blank.hidden;
    document.activeElement?.blur();
    for (const node of [stage, bar]) node.inert = !blank.hidden;
    wall.tell();
  }
  // A browser leaves the full screen when a window is opened; the presenter stays. A window that the browser stops is
  // opened by the leader's own hand, once the browser has been told.
  function openCompanion() {
    screen.spare(true);
    const opened = window.open(`${course.baseUrl}nykurs/companion/${module.name}`, 'nykurs-companion', 'popup,width=1200,height=800');
    if (opened) return leaveFullScreen();
    screen.spare(false);
    note.textContent = course.say('present_blocked');
    note.hidden = false;
  }

  const KEYS = {
    ArrowRight: next,
    ArrowDown: next,
    ' ': next,
    ArrowLeft: previous,
    ArrowUp: previous,
    Home: () => go(0),
    End: () => go(slides.length - 1),
    g: () => ask(''),
    b: darken,
    '.': darken,
    l: openCompanion,
    t: () => dark.click(),
    m: () => more.hidden || more.click(),
    f: fullScreen,
    Escape: () => leave(),
  };
  const STEERED = { tell: wall.tell, meeting: replan, next, previous, first: KEYS.Home, last: KEYS.End, blank: darken };
  const ALWAYS = { PageDown: next, PageUp: previous, F9: () => leave() };

  function key(event) {
    if (event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
    if (!slides.length) return;
    const act = actOf(event);
    note.hidden = true;
    if (!act) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    act();
  }
  function actOf({ key, target }) {
    if (ALWAYS[key]) return ALWAYS[key];
    if (target.closest?.('.nykurs-card')) return outOf(key, target);
    if (typed !== null) return digit(key);
    if (!blank.hidden && key === 'Escape') return KEYS.b;
    if (target.closest?.('button, a') && (key === ' ' || key === 'Enter')) return null;
    return KEYS[key.length === 1 ? key.toLowerCase() : key];
  }
  // A focused exercise has its keys, Escape too; Escape once more leaves it.
  function outOf(key, target) {
    if (key === 'Escape' && escaped) return () => ((escaped = false), target.blur());
    escaped = key === 'Escape';
    return null;
  }
  function digit(key) {
    if (/^\d$/.test(key)) return () => ask((typed + key).slice(0, 3));
    if (key === 'Backspace') return () => ask(typed.slice(0, -1));
    if (key === 'Escape') return () => ask(null);
    if (key !== 'Enter') return null;
    return () => {
      const number = Number(typed);
      ask(null);
      if (number) go(Math.min(number, slides.length) - 1);
    };
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
    tab.remove('presenting');
    observer.disconnect();
    screen?.end();
    window.removeEventListener('resize', arrange);
    leaveFullScreen();
    stage.inert = false;
    stage.removeAttribute('tabindex');
    document.body.classList.remove('nykurs-presenting', 'nykurs-present-dark');
    [bar, jump, note, blank].forEach(node => node.remove());
    showAll([panel.node]);
    panel.node.querySelectorAll(`[${LATER}]`).forEach(node => node.removeAttribute(LATER));
    panel.node.querySelectorAll('.nykurs-projected').forEach(node => node.remove());
    panel.node.querySelectorAll('.nykurs-replaced').forEach(node => node.classList.remove('nykurs-replaced'));
    folded.forEach(([cell, name]) => cell.node.classList.add(name));
    away.forEach((held, cell) => cell.node.append(held));
    shell.update();
  }
  return { begin, key, leave, of: each => each === panel };
}
