/* What of a module's page stands on the wall: nothing of the leader's, an example in place of a form about somebody's
   own life, and everything unfolded. All of it is put back when the presenter ends. */
import { element } from './course.js';
import { atoms, paginate, showAll } from './present_pages.js';

const FOLDED = ['nykurs-folded', 'nykurs-folded-first'];
const tagsOf = cell => cell.model.getMetadata('tags') ?? [];
const nameOf = cell => cell.model.sharedModel.getSource().match(/show\("([^"]+)"\)/)?.[1];

export function makeStage(panel) {
  const node = panel.node.querySelector('.jp-WindowedPanel-outer');
  const away = new Map(); // the leader's cells, and what was in them
  const folded = [];
  const all = selector => panel.node.querySelectorAll(selector);

  // `faces`: the example that takes the place of a form, by the exercise's name.
  function project(faces) {
    for (const cell of panel.content.widgets) {
      const face = faces[nameOf(cell)];
      if (!face) continue;
      cell.node.classList.add('nykurs-replaced');
      const shown = element('div', { class: 'nykurs-projected' });
      shown.innerHTML = face;
      cell.node.append(shown);
    }
  }

  function clear() {
    for (const cell of panel.content.widgets) {
      if (tagsOf(cell).includes('leader')) putAway(cell);
      for (const name of FOLDED) {
        if (!cell.node.classList.contains(name)) continue;
        cell.node.classList.remove(name);
        folded.push([cell, name]);
      }
    }
  }

  function putAway(cell) {
    const held = document.createDocumentFragment();
    held.append(...cell.node.childNodes);
    away.set(cell, held);
  }

  const isExample = cell => Boolean(cell.node.querySelector('.nykurs-projected'));
  const isExercise = cell => isExample(cell) || Boolean(cell.node.querySelector('.nykurs-card'));
  const isShown = cell =>
    !tagsOf(cell).some(tag => tag === 'leader' || tag === 'paper-only') && nameOf(cell) !== 'sources' && !cell.node.classList.contains('nykurs-failed');
  const rootOf = cell =>
    cell.node.querySelector(':scope > .nykurs-projected') ??
    (cell.model.type === 'markdown' ? cell.node.querySelector('.jp-RenderedMarkdown') : cell.node.querySelector('.jp-Cell-outputWrapper'));

  // Cells that stand together: a part's text and boxes, or one exercise `alone`. One that is `live` grows when it is used.
  function groups(isLeftOut) {
    const found = [];
    for (const cell of panel.content.widgets.filter(each => isShown(each) && !isLeftOut(each))) {
      if (!rootOf(cell) || !atoms(rootOf(cell)).length) continue;
      const alone = isExercise(cell);
      const last = found[found.length - 1];
      if (last && !last.alone && !alone && !tagsOf(cell).includes('slide')) last.cells.push(cell);
      else found.push({ alone, live: alone && !isExample(cell), cells: [cell] });
    }
    return found;
  }

  // Only these cells are shown, parted into screens that fit.
  function put(group) {
    panel.content.widgets.forEach(cell => cell.node.classList.toggle('nykurs-on-slide', group.cells.includes(cell)));
    const roots = group.cells.map(rootOf);
    const keep = group.alone ? null : roots[0].querySelector('h1, h2');
    return { ...paginate(node, roots, keep), roots };
  }

  function restore() {
    node.inert = false;
    node.removeAttribute('tabindex');
    showAll([panel.node]);
    all('.nykurs-projected').forEach(each => each.remove());
    all('.nykurs-replaced').forEach(each => each.classList.remove('nykurs-replaced'));
    folded.forEach(([cell, name]) => cell.node.classList.add(name));
    away.forEach((held, cell) => cell.node.append(held));
  }

  return { node, project, clear, groups, put, restore, orderOf: cell => panel.content.widgets.indexOf(cell) };
}
