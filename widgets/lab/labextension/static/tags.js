/* For those who write the course: every cell shows its tags, because they decide who sees it. */

export function showTags(tracker) {
  const open = async panel => {
    await panel.context.ready;
    const cells = panel.content.model.cells;
    const showAll = () => panel.content.widgets.forEach(show);
    const settle = () => {
      showAll();
      // The widgets are made after the models.
      if (!panel.isDisposed && panel.content.widgets.length < cells.length) requestAnimationFrame(settle);
    };
    cells.changed.connect(() => requestAnimationFrame(settle));
    settle();
  };
  tracker.widgetAdded.connect((_, panel) => open(panel));
  tracker.forEach(open);
}

function show(cell) {
  if (cell.node.querySelector(':scope > .nykurs-tags')) return;
  const line = document.createElement('div');
  line.className = 'nykurs-tags';
  line.style.cssText = 'position: absolute; top: 0; right: 0.5rem; z-index: 1; font: 600 12px/1.6 sans-serif; color: #1d5c63; background: #fff;';
  const write = () => (line.textContent = (cell.model.getMetadata('tags') ?? []).join(' · '));
  cell.model.metadataChanged.connect(write);
  write();
  cell.node.prepend(line);
}
