/* One kernel for all notebooks of the course, at an id that the server has chosen.

   jupyter_server attaches a session to that kernel if it runs and otherwise starts one at exactly this id: no list, no
   race, nothing to remember over a reload. */

export const QUIET = { silent: true, store_history: false, stop_on_error: false };

function coursePanels(course, tracker) {
  const panels = [];
  tracker.forEach(panel => course.moduleAt(panel.context.path) && panels.push(panel));
  return panels;
}

// Runs while a panel is made: its context exists, its session has not been started.
export function shareKernel(course, tracker, panel, context) {
  if (!course.moduleAt(context.path)) return;
  // The older panel goes first and at once. While an older connection to the kernel exists, a new one gets no comms,
  // shares the old widget manager and loses it later.
  closeAll(course, tracker, { except: panel });
  context.sessionContext.kernelPreference = {
    ...context.sessionContext.kernelPreference,
    id: course.kernel,
    shouldStart: true,
    canStart: true,
    autoStartDefault: true,
    shutdownOnDispose: false, // else closing one notebook ends the kernel of them all
  };
}

// Closes the open course notebooks and their cards.
export function closeAll(course, tracker, { except = null } = {}) {
  for (const panel of coursePanels(course, tracker)) {
    if (panel === except) continue;
    leaveField(panel);
    closeCards(panel);
    whenManaged(panel, models => setTimeout(() => models.forEach(model => model.close(true)), 0));
    panel.context.model.dirty = false;
    panel.dispose();
  }
}

// Before another page is opened: what was typed last is in the kernel.
export async function settleEntries(course, tracker) {
  for (const panel of coursePanels(course, tracker)) await settle(panel);
}

export async function settle(panel) {
  leaveField(panel);
  const kernel = panel.sessionContext.session?.kernel;
  if (kernel?.connectionStatus !== 'connected') return;
  // A widget holds a change back until the kernel has answered the one before. After two answers all is sent.
  for (let turn = 0; turn < 2; turn++) await kernel.requestCommInfo({ target_name: 'jupyter.widget' });
}

// The whole page is going away, and nothing can be waited for: what is held back is sent now.
export function leavePage(course, tracker) {
  for (const panel of coursePanels(course, tracker)) {
    leaveField(panel);
    const managed = whenManaged(panel, models => {
      models.forEach(sendHeldBack);
      closeCards(panel);
    });
    if (!managed) closeCards(panel);
  }
}

// Half-typed text is entered when its field is left.
function leaveField(panel) {
  const focused = document.activeElement;
  if (focused && panel.node.contains(focused)) focused.blur();
}

function sendHeldBack(model) {
  if (!model._msg_buffer) return;
  model.send_sync_message(model._msg_buffer, model._msg_buffer_callbacks ?? {});
  model._msg_buffer = null;
}

// Asked over the panel's own connection, so that it is done before the next page runs its cells.
function closeCards(panel) {
  const kernel = panel.sessionContext.session?.kernel;
  if (kernel?.connectionStatus !== 'connected') return;
  const code = `import sys\nif "widgets.pages" in sys.modules: sys.modules["widgets.pages"].close_page("${panel.id}")`;
  kernel.requestExecute({ code, ...QUIET }).done.catch(() => {});
}

// Gives the widget models of a panel to `act`; false when it has none. jupyterlab-manager keeps the manager of a closed
// notebook alive, so its models are closed one by one. There is no public way to them.
function whenManaged(panel, act) {
  const renderers = panel.content.widgets.flatMap(cell =>
    (cell.outputArea?.widgets ?? []).flatMap(output => [...output.children()])
  );
  const manager = renderers.find(renderer => renderer._manager?.promise)?._manager.promise;
  manager?.then(found => Promise.all(Object.values(found._models ?? {}))).then(act, () => {});
  return Boolean(manager);
}

// Tells the kernel that this page is about to run its cells.
export async function openPage(course, panel) {
  const kernel = panel.sessionContext.session.kernel;
  // The widget manager asks a kernel for its widgets when it connects; models made meanwhile would not be found.
  for (let turn = 0; turn < 3; turn++) await kernel.requestCommInfo({ target_name: 'jupyter.widget' });
  const reply = await course.request(`api/kernels/${course.kernel}`);
  const alone = reply.ok && (await reply.json()).connections <= 1;
  const code = `import widgets.pages as _pages; _pages.open_page("${panel.id}", ${alone ? 'True' : 'False'})`;
  kernel.requestExecute({ code, ...QUIET }).done.catch(() => {});
}
