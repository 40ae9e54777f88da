/* Makes JupyterLab's own furniture step aside. What CSS alone can hide is in chrome.css. */

const FURNITURE = ['jp-top-panel', 'jp-menu-panel', 'jp-bottom-panel', 'jp-header-panel', 'jp-down-stack'];

export function quietChrome(app, shell) {
  app.restored.then(() => {
    shell.collapseLeft();
    shell.collapseRight();
    for (const side of ['left', 'right']) if (shell.isSideTabBarVisible(side)) shell.toggleSideTabBarVisibility(side);
    hideFurniture(shell);
  });
  // The browser's own menu (copy, spelling) instead of JupyterLab's.
  window.addEventListener('contextmenu', event => event.stopPropagation(), true);
  // A double click selects a word; in JupyterLab it would open the text's source.
  window.addEventListener('dblclick', event => event.stopPropagation(), true);
  // A file dropped beside a text field would replace the page.
  for (const name of ['dragover', 'drop']) {
    window.addEventListener(name, event => {
      if (event.dataTransfer?.types.includes('Files')) event.preventDefault();
    });
  }
}

// Through JupyterLab's layout, so that what is hidden takes no room either.
function hideFurniture(widget) {
  for (const child of widget.children?.() ?? []) {
    if (FURNITURE.includes(child.id) || child.hasClass('jp-SideBar')) child.hide();
    else hideFurniture(child);
  }
}
