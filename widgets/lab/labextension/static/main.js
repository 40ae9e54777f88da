/* Puts the concerns together as JupyterLab plugins. */
import { keepAddress } from './address.js';
import { opened, preparePage, readCourse } from './course.js';
import { quietChrome } from './chrome.js';
import { makeDesk } from './desk.js';
import { foldMore, markLeader } from './cells.js';
import { makeHeader } from './header.js';
import { makeHome } from './home.js';
import { leaveWithOthers } from './ending.js';
import { coverWhenIdle } from './idle.js';
import { recallScript } from './manuscript.js';
import { closeAll, leavePage, settleEntries, shareKernel } from './kernel.js';
import { keepShortcutsAway } from './keys.js';
import { makeMessages } from './messages.js';
import { patchNames } from './patch.js';
import { makePresenter } from './present.js';
import { runOnOpen } from './run.js';
import { showTags } from './tags.js';

const PATIENCE = 4000; // how long the next page waits for the one before

// Ordinary JupyterLab, for those who write the course; only the tags of cells are added.
async function workshop(shared) {
  const { INotebookTracker } = await shared('@jupyterlab/notebook');
  return {
    id: 'nykurs-lab:tags',
    autoStart: true,
    requires: [INotebookTracker],
    activate: (_, tracker) => showTags(tracker),
  };
}

export async function plugins(shared) {
  const { PageConfig } = await shared('@jupyterlab/coreutils');
  const course = readCourse(PageConfig);
  if (!course) return PageConfig.getOption('nykursEdit') ? [await workshop(shared)] : [];
  if (course.leader) recallScript();
  await preparePage(course, import.meta.url);
  const application = await shared('@jupyterlab/application');
  const apputils = await shared('@jupyterlab/apputils');
  const { INotebookTracker } = await shared('@jupyterlab/notebook');
  const { KernelMessage } = await shared('@jupyterlab/services');
  const { DisposableDelegate } = await shared('@lumino/disposable');
  const { Widget } = await shared('@lumino/widgets');
  const messages = makeMessages(course);

  // Every tab has the same workspace, and nothing of it is kept: a page is what its address says.
  const workspace = {
    id: 'nykurs-lab:workspace',
    autoStart: true,
    provides: apputils.IWindowResolver,
    activate: () => ({ name: 'default' }),
  };
  const layout = {
    id: 'nykurs-lab:layout',
    autoStart: true,
    requires: [application.ILabShell],
    provides: application.ILayoutRestorer,
    activate: (app, shell) => {
      const restorer = new application.LayoutRestorer({
        connector: { fetch: async () => undefined, save: async () => {}, remove: async () => {}, list: async () => ({ ids: [], values: [] }) },
        first: app.started,
        registry: app.commands,
        mode: 'single-document',
      });
      shell.restoreLayout('single-document', restorer, {});
      return restorer;
    },
  };
  const connection = {
    id: 'nykurs-lab:connection',
    autoStart: true,
    provides: application.IConnectionLost,
    activate: () => async () => messages.connectionLost(),
  };
  const main = {
    id: 'nykurs-lab:course',
    autoStart: true,
    requires: [INotebookTracker, application.ILabShell, application.IRouter],
    activate: (app, tracker, shell, router) => {
      quietChrome(app, shell);
      keepShortcutsAway();
      patchNames(document.body);
      // One page at a time: a page that is left while its cells run would leave loose ends in the kernel.
      let running = Promise.resolve();
      let target;
      const go = async module => {
        target = module;
        const settled = running.then(() => settleEntries(course, tracker)).catch(() => {});
        await Promise.race([settled, new Promise(done => setTimeout(done, PATIENCE))]);
        if (target !== module) return; // another page has been chosen since
        if (module) await app.commands.execute('docmanager:open', { path: course.pathOf(module) });
        else showHome();
      };
      leaveWithOthers(course);
      const desk = makeDesk(course, app, tracker, KernelMessage);
      const hearState = () => course.ask('state').catch(() => {}); // nobody waits for it
      const home = makeHome(course, Widget, go);
      const presenter = makePresenter(course, tracker, shell);
      const header = makeHeader(course, shell, go, presenter.open);
      const showAddress = keepAddress(course, router, module => module !== target && go(module));
      const showHome = () => {
        target = null;
        closeAll(course, tracker);
        if (!home.isAttached) shell.add(home, 'main');
        shell.activateById(home.id);
        hearState();
      };
      app.docRegistry.addWidgetExtension('Notebook', {
        createNew: (panel, context) => {
          desk.hangUp();
          shareKernel(course, tracker, panel, context);
          return new DisposableDelegate(() => {});
        },
      });
      const open = async panel => {
        const module = course.moduleAt(panel.context.path);
        if (!module) return;
        target = module;
        await panel.context.ready;
        markLeader(course, panel);
        foldMore(course, panel, module);
        opened();
        header.follow(panel, module);
        messages.watch(panel);
        hearState();
        await runOnOpen(course, panel, messages);
        header.settle();
        presenter.opened(panel, module);
      };
      tracker.widgetAdded.connect((_, panel) => {
        running = open(panel).catch(fault => panel.isDisposed || messages.broken(fault));
      });
      shell.currentChanged.connect((_, { newValue }) => {
        if (!newValue) return;
        const module = (newValue.context && course.moduleAt(newValue.context.path)) || null;
        header.show(module);
        showAddress(module);
      });
      app.restored.then(() => {
        coverWhenIdle(course);
        if (!shell.currentWidget && !PageConfig.getOption('treePath')) showHome();
        opened();
      });
      window.addEventListener('pagehide', () => {
        leavePage(course, tracker);
        desk.hangUp();
      });
      // Back from the browser's own page cache: the cards were closed when the page was left.
      window.addEventListener('pageshow', event => event.persisted && location.reload());
    },
  };
  return [workspace, layout, connection, main];
}
