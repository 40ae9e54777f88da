/* Parts a piece of the page into screens that fit and are about equally full, by measuring.

   The pieces keep their order. Of all ways to part them, the one with the fewest screens is taken, then the one that is
   most even and tears least apart. What is estimated is tried on the page, and a screen that does not fit is refused. */

export const OFF = 'data-nykurs-off';
const ROOM = 'data-nykurs-room';
const ROOMS = ['thin', '3', '2', '1', '']; // how large the text of a screen is, largest first; the sizes stand in present.css
const SMALLER = ['1', ''];
const WHOLE = 'h1, h2, h3, h4, h5, h6, p, figure, svg, legend, tr, dt, dd, button, input, textarea, select, label, .nykurs-option-row, .nykurs-buttons, .nykurs-status, .scale, .tick, .circles, .widget-slider, .nykurs-explore > :has(> .nykurs-range), .written, .nykurs-tally-row, .nykurs-board-columns, .nykurs-entry, .nykurs-ways, .pocket-panel';
const HEADS = 'h1, h2, h3, h4, h5, h6, .label, .hint, .question, legend, thead tr, .widget-label, .nykurs-progress, .nykurs-wall-question, .plan-label';
const FAMILIES = 'ul, ol, dl, table, blockquote, .box, .note, .nykurs-field, .pocket-guides';
const WHOLES = '.nykurs-tally-rows, .note, .scale, .nykurs-wall:has(.nykurs-board-columns)';
// On every screen of an exercise: whose example it is, what is asked, and a drawing with what must stand under it.
const ALWAYS = '.nykurs-projected > .hint:first-child, .nykurs-explore :is(.nykurs-figure figure, .captions p), .nykurs-wall-question, .nykurs-quiz legend';
const SCREEN = 1000; // one screen more weighs more than everything else
const NEVER = 3000;
const MUST = -SCREEN;
const LONELY = 1.05; // the share of a screen that has no room for what stands on all the others

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
const heads = node => node.matches(HEADS) || node.querySelector(':scope > strong')?.textContent === node.textContent || /:$/.test(node.textContent.trim());

// Shows exactly these of all pieces, as large as they may be, and no empty frame around the others.
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
  stageOf(roots)?.setAttribute(ROOM, rooms.get(on) ?? '');
}

const rooms = new WeakMap();
const stageOf = roots => roots[0]?.closest('.jp-WindowedPanel-outer');

export function showAll(roots) {
  for (const root of roots) root.querySelectorAll(`[${OFF}]`).forEach(node => node.removeAttribute(OFF));
  stageOf(roots)?.removeAttribute(ROOM);
}

// The screens of `roots`: lists of pieces. `keep` stands at the top of each of them.
export function paginate(stage, roots, keep = null) {
  showAll(roots);
  const all = ordered(roots.flatMap(atoms).filter(shown));
  const fits = on => {
    showOnly(roots, all, on);
    return stage.scrollHeight <= stage.clientHeight;
  };
  const broken = breaks(all);
  const pages = !broken.includes(MUST) && fits(all) ? [all] : parted(stage, roots, all, keptOf(all, keep), broken, fits);
  if (!all.some(atom => atom.closest('.nykurs-card'))) enlarge(stage, pages, fits);
  return { all, pages };
}

const keptOf = (all, keep) => (keep ? [keep] : all.filter(atom => atom.matches(ALWAYS)));

// How a board is used is told before it, where there is room.
function ordered(all) {
  const first = all.findIndex(atom => atom.matches('.nykurs-groupboard .nykurs-entry'));
  const help = atom => first >= 0 && atom.matches('.nykurs-wall > .nykurs-help');
  return [...all.slice(0, Math.max(first, 0)), ...all.filter(help), ...all.slice(Math.max(first, 0)).filter(atom => !help(atom))];
}

// What it costs to begin a screen with each piece; less than nothing where one must begin.
function breaks(all) {
  const boxes = all.map(atom => atom.getBoundingClientRect());
  return all.map((atom, at) => {
    if (!at) return 0;
    const before = all[at - 1];
    if (explains(atom) && !explains(before) && before.closest('.nykurs-quiz') && all.slice(0, at).some(answers)) return MUST;
    if (atom.matches('.nykurs-groupboard .nykurs-entry')) return MUST; // cards are seen to arrive where they are typed
    if (before.closest(WHOLES)?.contains(atom)) return NEVER;
    if (heads(before) || boxes[at].top < boxes[at - 1].bottom - 2) return NEVER;
    if (before.matches('figure') && atom.closest('.captions')) return NEVER;
    if (before.matches('.nykurs-explore *')) return atom.matches(':has(> .nykurs-range)') && !before.matches(':has(> .nykurs-range)') ? -0.3 : 0.3;
    const family = before.closest(FAMILIES);
    if (family?.contains(atom)) return 0.5 + (family.contains(all[at - 2]) && family.contains(all[at + 1]) ? 0 : 0.4);
    return atom.matches('h3, h4') ? -0.15 : 0;
  });
}

// The explanation of a question is a step of its own: the room thinks before it reads.
const explains = atom => atom.closest('.nykurs-explanation');
const answers = atom => atom.matches('.nykurs-option-row, .nykurs-steps *, .nykurs-field *, select');

function parted(stage, roots, all, kept, broken, fits) {
  showAll(roots);
  // Where pieces stand beside each other or in another order, a screen is judged by trying it.
  const tried = all.some(atom => atom.closest('.nykurs-explore, .nykurs-groupboard'));
  const measured = tried ? (start, end) => (fits(screen(all, start, end, kept)) ? 0.5 : lonely(start, end) ? LONELY : 2) : measure(stage, all, kept);
  const refused = new Set();
  // What stands on every screen gives way to what has no room beside it.
  const lonely = (start, end) => !all.slice(start, end).some(atom => kept.includes(atom)) && fits(all.slice(start, end));
  const made = (start, end) => {
    const whole = screen(all, start, end, kept);
    return !fits(whole) && (end - start === 1 || lonely(start, end)) ? all.slice(start, end) : whole;
  };
  for (;;) {
    const ends = evenly(all.length, broken, measured, refused);
    const pages = ends.map((end, at) => made(at ? ends[at - 1] : 0, end));
    const bad = ends.findIndex((end, at) => end - (ends[at - 1] ?? 0) > 1 && !fits(pages[at]));
    if (bad < 0) return pages;
    refused.add(`${ends[bad - 1] ?? 0} ${ends[bad]}`);
  }
}

// The pieces of one screen: a table that goes on has its head there too.
function screen(all, start, end, kept) {
  const own = all.slice(start, end);
  const head = own[0].closest('tbody') && all.find(atom => atom.matches('thead tr') && atom.closest('table') === own[0].closest('table'));
  const above = new Set([...kept, head].filter(atom => atom && !own.includes(atom)));
  return all.filter(atom => above.has(atom) || own.includes(atom));
}

// How much of the height of a screen the pieces from `start` to `end` take.
function measure(stage, all, kept) {
  const edge = stage.getBoundingClientRect().top;
  const boxes = all.map(atom => atom.getBoundingClientRect());
  const frame = boxes[0].top - edge;
  const again = kept.reduce((sum, atom) => sum + atom.getBoundingClientRect().height, 0);
  return (start, end) => {
    const own = boxes.slice(start, end);
    const height = Math.max(...own.map(box => box.bottom)) - Math.min(...own.map(box => box.top));
    return (height + frame + (all.slice(start, end).some(atom => kept.includes(atom)) ? 0 : again)) / stage.clientHeight;
  };
}

// Where the screens end.
function evenly(count, broken, measured, refused) {
  const best = [{ cost: 0, from: null }];
  for (let end = 1; end <= count; end += 1) {
    best[end] = { cost: Infinity, from: null };
    for (let start = end - 1; start >= 0; start -= 1) {
      const share = measured(start, end);
      const alone = end - start === 1;
      if (share > 1.1 && !alone) break;
      const cost = best[start].cost + SCREEN + share * share + (share === LONELY ? 2 * SCREEN : 0) + Math.max(broken[start], -1);
      if (cost < best[end].cost && (alone || !refused.has(`${start} ${end}`))) best[end] = { cost, from: start };
      if (broken[start] === MUST) break;
    }
  }
  const ends = [];
  for (let end = count; end; end = best[end].from) ends.unshift(end);
  return ends;
}

// Few words are written large. The screens of a slide are of one size, but its fixed boxes have one of their own.
function enlarge(stage, pages, fits) {
  const boxed = page => page.some(atom => atom.closest('.box'));
  const sheets = page => page.some(atom => atom.closest('.nykurs-projected'));
  const sets = pages.some(sheets) ? pages.map(page => [page]) : [pages.filter(boxed), pages.filter(page => !boxed(page))];
  for (const set of sets) {
    const size = room => page => {
      rooms.set(page, room);
      return fits(page);
    };
    const offered = pages.some(sheets) ? SMALLER : pages.length > 1 ? ROOMS.slice(1) : ROOMS;
    const room = offered.find(each => set.every(size(each)));
    set.forEach(page => rooms.set(page, room ?? ''));
  }
}
