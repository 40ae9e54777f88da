/* What the projector's window and the leader's window say to each other: which slide stands there, and where to go.

   Only what is on the slides is ever told. Nothing that is for the leader alone is sent through here. */

const CHANNEL = 'nykurs-wall';

// The projector's end. `state()` is how things stand; `act(asked)` does what the leader's window asks for.
export function openWall(module, state, act) {
  const channel = new BroadcastChannel(CHANNEL);
  const tell = () => channel.postMessage({ is: 'wall', module, ...state() });
  channel.onmessage = ({ data }) => {
    if (data.module === module && data.is === 'asked') act(data);
  };
  const close = () => {
    window.removeEventListener('pagehide', close);
    channel.postMessage({ is: 'gone', module });
    channel.close();
  };
  window.addEventListener('pagehide', close);
  return { tell, close };
}

// The leader's end. `hear(state)` is called with null when nothing is shown any longer.
export function watchWall(module, hear) {
  const channel = new BroadcastChannel(CHANNEL);
  channel.onmessage = ({ data }) => {
    if (data.module !== module) return;
    if (data.is === 'wall') hear(data);
    if (data.is === 'gone') hear(null);
  };
  const ask = (act, values = {}) => channel.postMessage({ is: 'asked', module, act, ...values });
  ask('tell'); // a window that was there before answers
  return ask;
}
