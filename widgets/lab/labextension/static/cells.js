/* What the tags of cells mean on the screen: `more` is folded, `leader` is marked. */
import { element } from './course.js';

const tagsOf = cell => cell.model.getMetadata('tags') ?? [];

export function markLeader(course, panel) {
  for (const cell of panel.content.widgets) {
    if (!tagsOf(cell).includes('leader')) continue;
    cell.node.classList.add('nykurs-for-leader');
  }
  panel.addClass('nykurs-marked');
}

// Neighbouring cells tagged `more` are one piece, folded under a button that says what is inside.
export function foldMore(course, panel, module) {
  let run = [];
  for (const cell of [...panel.content.widgets, null]) {
    if (cell && tagsOf(cell).includes('more')) {
      run.push(cell);
    } else if (run.length) {
      fold(course, run, module);
      run = [];
    }
  }
}

// The first heading inside, or the title of the first exercise.
function nameOf(run, module) {
  for (const cell of run) {
    const source = cell.model.sharedModel.getSource();
    const heading = source.match(/^#{2,4}\s+(.+)$/m)?.[1].trim();
    const exercise = module.exercises[source.match(/show\("([^"]+)"\)/)?.[1]];
    if (heading || exercise) return heading ?? exercise;
  }
  return null;
}

function fold(course, run, module) {
  const heading = nameOf(run, module);
  const label = heading ? course.say('more', { heading }) : course.say('more_unnamed');
  const show = open => {
    run.forEach((cell, at) => cell.node.classList.toggle(at ? 'nykurs-folded' : 'nykurs-folded-first', !open));
    button.setAttribute('aria-expanded', String(open));
  };
  const button = element(
    'button',
    { type: 'button', class: 'nykurs-more', click: () => show(button.getAttribute('aria-expanded') !== 'true') },
    label
  );
  run.forEach(cell => cell.node.classList.add('nykurs-more-part'));
  run[0].node.prepend(button);
  show(false);
}
