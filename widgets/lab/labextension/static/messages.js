/* Says calmly what has happened and what is gone when the kernel or the connection is, and shows the way back. */
import { element } from './course.js';

const PATIENCE = 2500; // a connection that comes back by itself within this time is nobody's business

export function makeMessages(course) {
  let bar = null;
  let leaving = false;
  let timer = 0;
  window.addEventListener('pagehide', () => (leaving = true));

  const say = (key, { action = reconnect, label = 'reconnect' } = {}) => {
    if (leaving) return;
    const button = element('button', { type: 'button', class: 'nykurs-offer nykurs-offer-first' }, course.say(label));
    button.addEventListener('click', () => action(button));
    const next = element('div', { class: 'nykurs-message', role: 'alert' }, element('p', {}, course.say(key)), button);
    if (bar?.firstChild?.textContent === course.say(key)) return;
    bar?.remove();
    bar = next;
    document.getElementById('nykurs-header').after(bar);
  };
  const clear = () => {
    bar?.remove();
    bar = null;
  };

  async function reconnect(button) {
    button.disabled = true;
    try {
      if (!(await course.kernelRuns())) await course.empty();
      location.reload();
    } catch {
      button.disabled = false;
      say('no_answer');
      bar.querySelector('button').focus();
    }
  }

  // What cannot be received any more cannot be entered.
  const lock = panel => panel.node.querySelectorAll('.jp-OutputArea').forEach(area => (area.inert = true));
  const stopped = panel => {
    if (panel.isDisposed) return;
    clearTimeout(timer);
    lock(panel);
    say(course.state.state === 'open' ? 'stopped_kept' : 'stopped');
  };

  return {
    stopped,
    connectionLost: () => say('lost'),
    broken: fault => {
      console.error(fault);
      say('broken', { action: () => location.reload(), label: 'reload' });
    },
    watch: panel => {
      const context = panel.sessionContext;
      let lost = false;
      // JupyterLab's own dialog about this is in English whatever the language; our message says what is gone.
      if (panel._onSessionStatusChanged) context.statusChanged.disconnect(panel._onSessionStatusChanged, panel);
      context.statusChanged.connect((_, status) => {
        if (status === 'dead' || status === 'autorestarting' || status === 'restarting') stopped(panel);
      });
      context.kernelChanged.connect((_, { oldValue, newValue }) => oldValue && !newValue && stopped(panel));
      context.connectionStatusChanged.connect((_, status) => {
        clearTimeout(timer);
        if (panel.isDisposed || leaving) return;
        if (status === 'connected') {
          if (lost) say('back', { action: () => location.reload(), label: 'reload' });
          lost = false;
        } else if (panel.node.dataset.nykursReady) {
          timer = setTimeout(async () => {
            lost = true;
            const runs = await course.kernelRuns().catch(() => true);
            if (!runs) stopped(panel);
            else if (lost && !panel.isDisposed) say('lost');
          }, status === 'disconnected' ? 0 : PATIENCE);
        }
      });
      panel.disposed.connect(clear);
    },
  };
}
