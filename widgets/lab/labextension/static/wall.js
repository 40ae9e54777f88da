/* What the projector's window and the leader's window say to each other: which slide stands there, and where to go.

   Only what is on the slides is ever told. Nothing that is for the leader alone is sent through here. */

const CHANNEL = 'nykurs-wall';

// The projector's end. `state()` is how things stand; `act(asked)` does what the leader's window asks for, or what
// follows when another meeting has been chosen.
export function openWall(module, state, act) {
  const channel = new BroadcastChannel(CHANNEL);
  const tell = () => channel.postMessage({ is: 'wall', module: module.name, title: module.title, ...state() });
  channel.onmessage = ({ data }) => {
    const mine = data.module === module.name;
    if (data.is === 'asked' && (mine || data.act === 'tell')) act(data);
    if (data.is === 'meeting' && mine) act({ act: 'meeting' });
  };
  const close = () => {
    window.removeEventListener('pagehide', close);
    channel.postMessage({ is: 'gone', module: module.name });
    channel.close();
  };
  window.addEventListener('pagehide', close);
  return { tell, close };
}

// The leader's end. `hear(state)` is called with null when nothing is shown any longer, `other` with a module that has
// come on the wall instead (null: no longer), and `planned` when another meeting has been chosen.
export function watchWall(module, { hear, other, planned }) {
  const channel = new BroadcastChannel(CHANNEL);
  const ask = (act, values = {}) => channel.postMessage({ is: 'asked', module, act, ...values });
  channel.onmessage = ({ data }) => {
    if (data.is === 'wall' && data.module !== module) return other(data);
    if (data.is === 'gone') {
      if (data.module === module) hear(null);
      other(null);
      ask('tell'); // a second window may still show something
    }
    if (data.module !== module) return;
    if (data.is === 'wall') hear(data);
    if (data.is === 'meeting') planned();
  };
  ask('tell'); // a window that was there before answers
  return ask;
}

// From the form where a meeting is chosen, to both.
export function tellMeeting(module) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.postMessage({ is: 'meeting', module });
  channel.close();
}
