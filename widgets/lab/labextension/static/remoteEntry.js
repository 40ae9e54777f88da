/* The container JupyterLab loads (module federation by hand, so that nothing has to be built): JupyterLab hands over
   its shared modules and asks for './extension', which lies in main.js beside this file. */
(() => {
  'use strict';
  const NAME = 'nykurs-lab';
  const here = document.currentScript.src;
  let scope = null;

  // JupyterLab's own copy of a module: the newest version in the share scope.
  async function shared(name) {
    const versions = scope[name];
    const newest = Object.keys(versions).sort((a, b) => a.localeCompare(b, undefined, { numeric: true })).pop();
    const factory = await versions[newest].get();
    return factory();
  }

  window._JUPYTERLAB = window._JUPYTERLAB || {};
  window._JUPYTERLAB[NAME] = {
    init(shareScope) {
      scope = shareScope;
    },
    async get() {
      const { plugins } = await import(new URL('./main.js', here));
      const made = await plugins(shared);
      return () => ({ __esModule: true, default: made });
    },
  };
})();
