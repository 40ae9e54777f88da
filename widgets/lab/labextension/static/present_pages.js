/* Parts a piece of the page into screens that fit, by measuring: what does not fit goes on to the next screen. */

export const OFF = 'data-nykurs-off';
const WHOLE = 'h1, h2, h3, h4, h5, h6, p, figure, svg, legend, tr, dt, dd, button, input, textarea, select, label, .nykurs-option-row, .nykurs-buttons, .nykurs-status, .scale, .tick, .circles, .widget-slider, .written';

// The smallest pieces that are never torn apart, in order.
export function atoms(node) {
  if (node.nodeType !== Node.ELEMENT_NODE || node.matches('style, script, .nykurs-hidden, .jp-Cell-inputWrapper .jp-InputPrompt')) return [];
  if (node.matches(WHOLE)) return [node];
  const speaks = [...node.childNodes].some(child => child.nodeType === Node.TEXT_NODE && child.textContent.trim());
  if (speaks) return [node];
  return [...node.children].flatMap(atoms);
}

const FULL = 'svg, :has(svg), input, textarea, select, :has(input, textarea), tr';
const shown = node => node.getClientRects().length > 0 && (node.textContent.trim() || node.matches(FULL));
const heads = node => node.matches('h1, h2, h3, h4, h5, h6, .label, .hint, legend, thead tr') || node.querySelector(':scope > strong')?.textContent === node.textContent || /:$/.test(node.textContent.trim());

// Shows exactly these of all pieces, and no empty frame around the others.
export function showOnly(roots, all, on) {
  const wanted = new Set(on);
  all.forEach(atom => atom.toggleAttribute(OFF, !wanted.has(atom)));
  const frames = new Map();
  for (const atom of all) {
    for (let frame = atom.parentElement; frame && !roots.includes(frame); frame = frame.parentElement) {
      frames.set(frame, frames.get(frame) || wanted.has(atom));
    }
  }
  frames.forEach((some, frame) => frame.toggleAttribute(OFF, !some));
}

export function showAll(roots) {
  for (const root of roots) root.querySelectorAll(`[${OFF}]`).forEach(node => node.removeAttribute(OFF));
}

// The screens of `roots`: lists of pieces. `keep` stands at the top of each of them.
export function paginate(stage, roots, keep = null) {
  showAll(roots);
  const all = roots.flatMap(atoms).filter(shown);
  const fits = on => {
    showOnly(roots, all, on);
    return stage.scrollHeight <= stage.clientHeight;
  };
  if (fits(all)) return { all, pages: [all] };
  const pages = [];
  let page = [];
  for (const atom of all) {
    if (atom === keep && !pages.length && !page.length) {
      page.push(atom);
      continue;
    }
    const before = page.filter(each => each !== keep);
    if (!before.length || fits([...page, atom])) {
      page.push(atom);
      continue;
    }
    // A heading goes with what it is about.
    const moved = [];
    while (page.length > 1 && heads(page[page.length - 1]) && page[page.length - 1] !== keep) moved.unshift(page.pop());
    if (!page.some(each => each !== keep)) page.push(...moved.splice(0));
    pages.push(page);
    page = [keep, ...moved, atom].filter(Boolean);
  }
  pages.push(page);
  return { all, pages };
}
