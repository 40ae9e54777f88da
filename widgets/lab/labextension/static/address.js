/* The address says which page is open, so that a reload, a bookmark and the browser's Back show that page. */

export function keepAddress(course, router, go) {
  const moduleHere = () => {
    const file = decodeURIComponent(location.pathname).match(/\/tree\/([^/]+)$/)?.[1];
    return (file && course.moduleAt(file)) || null;
  };
  // JupyterLab writes addresses of its own, with an entry in the browser's history for each change of view.
  const navigate = router.navigate.bind(router);
  router.navigate = (path, options = {}) => options.skipRouting || navigate(path, options);
  window.addEventListener('popstate', () => go(moduleHere()));
  return module => {
    const address = module ? course.addressOf(module) : `${course.baseUrl}lab`;
    if (location.href === address) return;
    const change = moduleHere() === module ? 'replaceState' : 'pushState';
    history[change]({}, '', address);
  };
}
