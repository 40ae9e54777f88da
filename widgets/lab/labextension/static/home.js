/* The first page: the modules as cards. */
import { element } from './course.js';
import { leftNote } from './keeping.js';

export function makeHome(course, Widget, go) {
  const node = element(
    'div',
    { class: 'nykurs-home', tabindex: '-1' },
    element(
      'div',
      { class: 'nykurs-home-inner' },
      leftNote(course),
      element('h1', {}, course.say('title')),
      element('p', { class: 'nykurs-lead' }, course.say('lead')),
      ...list(course, 'modules', course.modules.filter(module => !module.nextOfKin), go),
      ...list(course, 'next_of_kin', course.modules.filter(module => module.nextOfKin), go)
    )
  );
  const widget = new Widget({ node });
  widget.id = 'nykurs-first-page';
  widget.title.label = course.say('title');
  return widget;
}

function list(course, heading, modules, go) {
  const cards = modules.map(module => card(course, module, go));
  return cards.length ? [element('h2', {}, course.say(heading)), element('ul', { class: 'nykurs-cards' }, ...cards)] : [];
}

function card(course, module, go) {
  const link = element(
    'a',
    {
      href: course.addressOf(module),
      click: event => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return; // a new tab, when that is asked for
        event.preventDefault();
        go(module);
      },
    },
    module.title
  );
  // The header says it for all of them; a card only when some are approved and this one is not.
  const draft = module.draft && !course.modules.every(each => each.draft);
  const facts = [course.say('minutes', { minutes: module.minutes }), draft ? course.say('draft') : null];
  return element(
    'li',
    {},
    element('h3', {}, link),
    element('p', {}, module.summary),
    element('p', { class: 'nykurs-facts' }, facts.filter(Boolean).join(' · '))
  );
}
