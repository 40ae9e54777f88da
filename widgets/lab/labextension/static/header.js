/* The line at the top of every page: where one is, what is kept, and the ways on and out. */
import { element, tab } from './course.js';
import { askToEnd } from './ending.js';
import { known, openKeeping } from './keeping.js';
import { scriptSwitch } from './manuscript.js';
import { offered } from './present.js';
import { sessionButton } from './session.js';

export function makeHeader(course, shell, go, present) {
  const title = element('span', { class: 'nykurs-where' });
  const minutes = element('span', { class: 'nykurs-minutes' });
  const draft = element('span', { class: 'nykurs-draft' }, course.say('draft'));
  const part = element('span', { class: 'nykurs-read-part' });
  const line = element('div', { class: 'nykurs-reading', 'aria-hidden': 'true' }, element('div'));
  const way = element('nav', { class: 'nykurs-way', 'aria-label': course.say('navigation') });
  const planner = sessionButton(course, shell);
  const projector = presenter(course, present);
  const script = course.leader ? scriptSwitch(course) : null;
  const actions = element('div', { class: 'nykurs-actions', id: 'nykurs-actions' }, way, planner.node, projector, larger(course, shell), keep(course), end(course));
  const menu = disclose(course, actions);
  const header = element(
    'header',
    { id: 'nykurs-header' },
    element('a', { class: 'nykurs-skip', href: '#', click: event => skip(event, shell) }, course.say('skip')),
    element(
      'div',
      { class: 'nykurs-bar' },
      homeLink(course, go),
      element('div', { class: 'nykurs-place' }, title, minutes),
      menu,
      actions
    ),
    element(
      'div',
      { class: 'nykurs-notes' },
      privacy(course),
      draft,
      course.leader ? element('span', { class: 'nykurs-leading' }, course.say('leading')) : null,
      script,
      part
    ),
    line
  );
  document.body.prepend(header);
  new ResizeObserver(() => shell.update()).observe(header);

  const show = module => {
    header.classList.toggle('nykurs-at-home', !module);
    setTitle(module ? `${module.title} – ${course.say('title')}` : course.say('title'));
    title.textContent = module?.title ?? '';
    minutes.textContent = module ? course.say('minutes', { minutes: module.minutes }) : '';
    draft.hidden = module ? !module.draft : !course.modules.some(each => each.draft);
    planner.show(module);
    for (const node of [projector, script]) if (node) node.hidden = !module;
    settle();
    way.replaceChildren(...(module ? wayLinks(course, module, go) : []));
    if (!module) {
      part.textContent = '';
      line.firstChild.style.width = '0';
    }
    menu.setAttribute('aria-expanded', 'false');
  };
  // There is something to present once a module's exercises are there.
  const settle = () => projector && (projector.disabled = !shell.currentWidget?.node.dataset.nykursReady);
  show(null);

  return {
    show,
    settle,
    follow: (panel, module) => {
      show(module);
      followReading(course, panel, part, line.firstChild);
      endOfPage(course, panel, module, go);
      focusTitle(panel);
    },
  };
}

function homeLink(course, go) {
  return element('a', { class: 'nykurs-name', href: `${course.baseUrl}lab`, click: follow(() => go(null)) }, course.say('title'));
}

function follow(action) {
  return event => {
    if (event.ctrlKey || event.metaKey || event.shiftKey) return;
    event.preventDefault();
    action();
  };
}

function neighbours(course, module) {
  const row = course.modules.filter(each => each.nextOfKin === module.nextOfKin);
  const at = row.findIndex(each => each.name === module.name);
  return { previous: row[at - 1], next: row[at + 1] };
}

function wayLinks(course, module, go) {
  const { previous, next } = neighbours(course, module);
  return [
    [previous, 'previous'],
    [next, 'next'],
  ]
    .filter(([target]) => target)
    .map(([target, key]) =>
      element(
        'a',
        {
          class: `nykurs-way-${key}`,
          href: course.addressOf(target),
          'aria-label': course.say(`${key}_module`, { title: target.title }),
          click: follow(() => go(target)),
        },
        course.say(key)
      )
    );
}

function larger(course, shell) {
  const button = element('button', { type: 'button', class: 'nykurs-larger-button' }, course.say('larger'));
  const set = on => {
    document.body.classList.toggle('nykurs-larger', on);
    button.setAttribute('aria-pressed', String(on));
    shell.update();
  };
  button.addEventListener('click', () => {
    const on = button.getAttribute('aria-pressed') !== 'true';
    tab.set('larger', on ? '1' : '');
    set(on);
  });
  set(Boolean(tab.get('larger')));
  return button;
}

function presenter(course, present) {
  if (!offered(course)) return null;
  return element('button', { type: 'button', class: 'nykurs-present', title: course.say('present_key'), click: present }, course.say('present'));
}

// A leader's screen is for the room, so nobody keeps anything there.
function keep(course) {
  if (offered(course) || course.journal === false) return null;
  return element('button', { type: 'button', class: 'nykurs-keep', click: () => openKeeping(course) }, course.say('keep'));
}

// What becomes of what is entered, always in sight.
function privacy(course) {
  const node = element('span', { class: 'nykurs-privacy', role: 'status' });
  const show = ({ state, trouble }) => {
    const key = state === 'open' ? (trouble ? `trouble_${known(trouble)}` : 'kept') : state === 'forbidden' ? 'privacy_forbidden' : offered(course) ? 'privacy_leader' : 'privacy';
    if (node.textContent !== course.say(key)) node.textContent = course.say(key);
    node.classList.toggle('nykurs-trouble', Boolean(trouble));
  };
  show(course.state);
  course.onState(show);
  return node;
}

function end(course) {
  return element('button', { type: 'button', class: 'nykurs-end', click: () => askToEnd(course) }, course.say('end'));
}

// On a narrow screen the ways on and out are behind one button.
function disclose(course, actions) {
  const button = element(
    'button',
    { type: 'button', class: 'nykurs-menu', 'aria-expanded': 'false', 'aria-controls': actions.id },
    course.say('menu')
  );
  button.addEventListener('click', () =>
    button.setAttribute('aria-expanded', String(button.getAttribute('aria-expanded') !== 'true'))
  );
  return button;
}

function skip(event, shell) {
  event.preventDefault();
  const node = shell.currentWidget?.node;
  const target = node?.querySelector('h1') ?? node;
  if (!target) return;
  target.tabIndex = -1;
  target.focus();
}

function headings(panel) {
  return [...panel.node.querySelectorAll('.jp-RenderedMarkdown h2')].filter(node => node.offsetParent);
}

// «Del 3 av 9», from the headings, as the reader scrolls.
function followReading(course, panel, part, bar) {
  const scroller = panel.node.querySelector('.jp-WindowedPanel-outer');
  const look = () => {
    if (panel.isDisposed) return;
    const all = headings(panel);
    const edge = scroller.getBoundingClientRect().top + scroller.clientHeight / 3;
    const atEnd = scroller.scrollTop + scroller.clientHeight >= scroller.scrollHeight - 4;
    const passed = atEnd ? all.length : all.filter(node => node.getBoundingClientRect().top < edge).length;
    part.textContent = all.length ? course.say('part', { at: Math.max(passed, 1), of: all.length }) : '';
    const share = scroller.scrollTop / Math.max(1, scroller.scrollHeight - scroller.clientHeight);
    bar.style.width = `${Math.round(100 * Math.min(1, share))}%`;
  };
  scroller.addEventListener('scroll', () => requestAnimationFrame(look), { passive: true });
  new ResizeObserver(look).observe(panel.node.querySelector('.jp-WindowedPanel-inner') ?? scroller);
  look();
}

function endOfPage(course, panel, module, go) {
  const { next } = neighbours(course, module);
  const target = next ?? null;
  const label = next ? course.say('next_module', { title: next.title }) : course.say('to_home');
  const address = next ? course.addressOf(next) : `${course.baseUrl}lab`;
  const cells = panel.content.widgets;
  cells[cells.length - 1]?.node.append(
    element(
      'nav',
      { class: 'nykurs-page-end', 'aria-label': course.say('page_end') },
      element('a', { href: address, click: follow(() => go(target)) }, label)
    )
  );
}

function focusTitle(panel) {
  const focus = () => {
    const heading = panel.node.querySelector('.jp-RenderedMarkdown h1');
    if (!heading) return false;
    heading.tabIndex = -1;
    if (!panel.node.contains(document.activeElement)) heading.focus({ preventScroll: true });
    return true;
  };
  if (focus()) return;
  const observer = new MutationObserver(() => (panel.isDisposed || focus()) && observer.disconnect());
  observer.observe(panel.node, { childList: true, subtree: true });
}

// JupyterLab writes a file's name into the title of the window; the page has a name of its own.
let wanted = '';
export function setTitle(text) {
  if (!wanted) new MutationObserver(() => document.title !== wanted && (document.title = wanted)).observe(document.head, { childList: true, subtree: true, characterData: true });
  wanted = text;
  if (document.title !== wanted) document.title = wanted;
}
