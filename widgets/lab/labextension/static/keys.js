/* Keys belong to the exercises. JupyterLab's shortcuts are switched off in the settings of the start command; what is
   left of its keys is kept away here too. */

export function keepShortcutsAway() {
  // On the focused element itself: JupyterLab tests each element for this attribute before its own selectors.
  document.addEventListener('focusin', event => event.target.setAttribute?.('data-lm-suppress-shortcuts', 'true'));
  window.addEventListener(
    'keydown',
    event => {
      // There is nothing to save, and the browser's own save would put a copy of the page on the disk.
      if ((event.ctrlKey || event.metaKey) && event.key.toLowerCase() === 's') event.preventDefault();
    },
    true
  );
}
