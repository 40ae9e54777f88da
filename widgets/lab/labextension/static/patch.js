/* Names, roles and states that core ipywidgets leave out, and a browser that remembers nothing of what is entered. Runs
   when something is put into the page. */

let groups = 0;

export function patchNames(root) {
  let queued = false;
  const observer = new MutationObserver(() => {
    if (queued) return;
    queued = true;
    requestAnimationFrame(() => {
      queued = false;
      patch(root);
    });
  });
  observer.observe(root, { childList: true, subtree: true, attributes: true, attributeFilter: ['class', 'tabindex'] });
}

// A browser keeps fields for its own restoring, offers them to others, and can send them away to be spelled or improved.
export const FORGETFUL = { autocomplete: 'off', autocorrect: 'off', spellcheck: 'false', writingsuggestions: 'false' };

function patch(root) {
  root.querySelectorAll('.nykurs-page :is(input, textarea, select):not([writingsuggestions])').forEach(field =>
    Object.entries(FORGETFUL).forEach(([name, value]) => set(field, name, value))
  );
  root.querySelectorAll('.nykurs-page').forEach(plainPage);
  root.querySelectorAll('.widget-slider').forEach(nameSlider);
  root.querySelectorAll('.widget-radio:not([role])').forEach(groupRadios);
  root.querySelectorAll('.widget-toggle-button, .widget-toggle-buttons button').forEach(button =>
    set(button, 'aria-pressed', String(button.classList.contains('mod-active')))
  );
}

// JupyterLab calls the page a tab with a feed of code cells. To a reader it is a page with text.
function plainPage(page) {
  drop(page, 'role', 'aria-labelledby');
  drop(page.querySelector('.jp-Notebook'), 'role', 'aria-label', 'tabindex');
  drop(page.querySelector('.jp-WindowedPanel-viewport'), 'role', 'aria-label');
  page.querySelectorAll('.jp-Cell').forEach(cell => drop(cell, 'aria-label', 'tabindex'));
}

function drop(node, ...names) {
  for (const name of names) if (node?.hasAttribute(name)) node.removeAttribute(name);
}

function set(node, name, value) {
  if (node.getAttribute(name) !== value) node.setAttribute(name, value);
}

function labelOf(box) {
  return box.querySelector(':scope > .widget-label')?.textContent.trim() ?? '';
}

function nameSlider(box) {
  const handle = box.querySelector('[role=slider]');
  const label = labelOf(box);
  if (handle && label) set(handle, 'aria-label', label);
  const readout = box.querySelector('.widget-readout');
  // The number beside a slider can be edited, which a keyboard user does with the handle itself.
  if (readout) {
    set(readout, 'contenteditable', 'false');
    set(readout, 'aria-hidden', 'true');
    readout.removeAttribute('tabindex');
  }
}

function groupRadios(box) {
  box.setAttribute('role', 'radiogroup');
  if (labelOf(box)) box.setAttribute('aria-label', labelOf(box));
  const name = `nykurs-radio-${++groups}`;
  box.querySelectorAll('input[type=radio]').forEach(radio => (radio.name = name));
}
