/* The presenter: which module is on the wall, when it begins, and whether the same meeting goes on.

   What begins anew begins empty, and is asked for. A reload is the same meeting and comes back to its slide. */
import { hideScript } from './manuscript.js';
import { beginEmpty } from './present_dialog.js';
import { hasShown, isRunning, shownOf } from './present_memory.js';
import { makeShow } from './present_show.js';
import { fullScreen } from './screen.js';

export const offered = course => Boolean(course.leader || course.present);

const isReload = () => performance.getEntriesByType('navigation')[0]?.type === 'reload';

export function makePresenter(course, tracker, shell) {
  let show = null;
  let landed = location.pathname; // where a reload has come to, until a module has opened
  let asking = false;

  const canOpen = panel => !show && panel && !panel.isDisposed && panel.node.dataset.nykursReady;
  function open(panel, goOn) {
    if (!canOpen(panel)) return;
    hideScript();
    const module = course.moduleAt(panel.context.path);
    show = makeShow(course, shell, panel, module, () => (show = null));
    show.begin(goOn, goOn ? shownOf(module) : {});
  }
  async function openFull() {
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
  }
  function press(event) {
    if (show) return show.key(event);
    if (event.key !== 'F9' || event.ctrlKey || event.altKey || event.metaKey || document.querySelector('dialog[open]')) return;
    event.preventDefault();
    openFull();
  }

  // `build present` goes straight in. There a reload goes on also when the presenter was left by mistake just before.
  const wasHere = module => landed === new URL(course.addressOf(module), location.href).pathname;
  function opened(panel, module) {
    if (!offered(course)) return;
    const goOn = isRunning(module) || (course.present && isReload() && wasHere(module) && hasShown(module));
    landed = null;
    if (goOn || course.present) open(panel, goOn);
    panel.disposed.connect(() => show?.of(panel) && show.leave());
  }

  if (offered(course)) window.addEventListener('keydown', press, true);
  return { open: openFull, opened };
}
