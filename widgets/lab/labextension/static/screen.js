/* The full screen, whoever took it: the presenter's own key or the browser's. */

const whole = window.matchMedia('(display-mode: fullscreen)'); // F11 is told of nowhere else
const isFull = () => Boolean(document.fullscreenElement) || whole.matches;

// A browser says no when nobody has pressed anything; then the window is presented as it is.
export function fullScreen() {
  document.documentElement.requestFullscreen?.().catch(() => {});
}

export function leaveFullScreen() {
  if (document.fullscreenElement) document.exitFullscreen().catch(() => {});
}

// Calls `gone` when the full screen is left by any means. `spare`: the next time is not meant so.
export function watchScreen(gone) {
  let full = isFull();
  let spared = false;
  const look = () => {
    const was = full;
    full = isFull();
    if (!was || full) return;
    if (!spared) return gone();
    spared = false;
  };
  document.addEventListener('fullscreenchange', look);
  whole.addEventListener('change', look);
  return {
    spare: on => (spared = on && Boolean(document.fullscreenElement)),
    end: () => {
      document.removeEventListener('fullscreenchange', look);
      whole.removeEventListener('change', look);
    },
  };
}
