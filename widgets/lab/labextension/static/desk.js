/* Asks the kernel's desk (widgets/desk.py) and hears how things stand: what is kept, and what could not be saved.

   A comm on the connection of the open module, or on one of its own while no module is open. The messages are written
   here: JupyterLab's own comms would make the first page answer for every widget of the kernel, and only the oldest
   connection may have widgets. */
import { element } from './course.js';
import { QUIET, settleEntries } from './kernel.js';

const TARGET = 'nykurs';
const PATIENCE = 60000;
const PASSWORD_PATIENCE = 180000; // it is tried on every kept journal of the machine, which may be old
const SETTLING = 4000; // how long what was typed last is waited for
const WHOLE = ['create', 'open', 'lock', 'download']; // what was typed last belongs to these
const OPEN = 'import widgets.desk as _desk; _desk.open_desk()';

export function makeDesk(course, app, tracker, KernelMessage) {
  let line = null; // { kernel, own, send, waiting, leave }
  let turn = 0;
  let given = 0; // how often somebody has given up waiting for a password
  const listeners = new Set();
  course.state = { state: course.journal === false ? 'forbidden' : 'off', trouble: '', lockMinutes: 0 };

  const openPanel = () => {
    let found = null;
    tracker.forEach(panel => !panel.isDisposed && course.moduleAt(panel.context.path) && (found = panel));
    return found;
  };

  async function connect() {
    const panel = openPanel();
    if (panel) await panel.sessionContext.ready;
    const kernel = panel ? panel.sessionContext.session?.kernel : null;
    if (panel && !kernel) throw new Error('no kernel');
    if (line && !line.kernel.isDisposed && (kernel ? line.kernel === kernel : line.own)) return line;
    hangUp();
    const { kernels } = app.serviceManager;
    line = pickUp(kernel ?? kernels.connectTo({ model: { id: course.kernel, name: 'python3' }, handleComms: false }), !kernel);
    return line;
  }

  function pickUp(kernel, own) {
    const comm_id = crypto.randomUUID();
    const waiting = new Map();
    const send = (msgType, content) =>
      kernel.sendShellMessage(
        KernelMessage.createMessage({ msgType, channel: 'shell', session: kernel.clientId, username: kernel.username, content: { comm_id, ...content } })
      );
    const hear = (_, { header, content }) => header.msg_type === 'comm_msg' && content.comm_id === comm_id && take(content.data, waiting, send);
    kernel.iopubMessage.connect(hear);
    kernel.requestExecute({ code: OPEN, ...QUIET }).done.catch(() => {});
    send('comm_open', { target_name: TARGET, data: { language: course.language } });
    const leave = () => {
      if (kernel.isDisposed) return;
      kernel.iopubMessage.disconnect(hear);
      if (kernel.connectionStatus === 'connected') send('comm_close', { data: {} });
      if (own) kernel.dispose();
    };
    return { kernel, own, waiting, leave, send: data => send('comm_msg', { data }) };
  }

  function take(data, waiting, send) {
    const { state, trouble, lockMinutes, locked, entered } = data;
    course.state = { state, trouble, lockMinutes, locked, entered };
    listeners.forEach(listener => listener(course.state));
    // What a password opened is taken by the one who still waits for it, and by nobody else.
    if (data.ready) return waiting.has(data.turn) && send('comm_msg', { data: { action: 'take', turn: data.turn } });
    waiting.get(data.turn)?.(data);
    waiting.delete(data.turn);
  }

  // Before another module opens, or the page goes.
  function hangUp() {
    line?.leave();
    line = null;
  }

  const settled = () =>
    Promise.race([settleEntries(course, tracker).catch(() => {}), new Promise(done => setTimeout(done, SETTLING))]);

  course.onState = listener => listeners.add(listener);
  // Resolves to the answer, also when the kernel refuses: { refused: reason }. Rejects when nobody answers.
  course.ask = async (action, data = {}) => {
    const begun = given;
    if (WHOLE.includes(action)) await settled();
    const patience = 'password' in data ? PASSWORD_PATIENCE : PATIENCE;
    const { send, waiting } = await connect();
    if ('password' in data && given !== begun) throw new Error('given up');
    const mine = ++turn;
    return new Promise((answer, fail) => {
      const timer = setTimeout(() => {
        waiting.delete(mine);
        if ('password' in data) course.giveUp();
        fail(new Error('no answer'));
      }, patience);
      waiting.set(mine, reply => (clearTimeout(timer), answer(reply)));
      send({ ...data, action, turn: mine });
    });
  };
  // Nobody waits any longer for what a password opens.
  course.giveUp = () => {
    given++; // also what has not been sent yet
    if (line && !line.kernel.isDisposed) line.send({ action: 'give_up', turn: ++turn });
  };
  return { hangUp };
}

// A button, as dialogs have them.
export function offer(text, act, { first = false, ...more } = {}) {
  return element('button', { type: 'button', class: `nykurs-offer${first ? ' nykurs-offer-first' : ''}`, click: act, ...more }, text);
}
