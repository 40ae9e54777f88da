// The days as a native table in a part that opens and closes. Rows are changed in place and never made again, so the
// focus stays. On a narrow screen the table is shown as blocks, which takes its meaning away; the roles keep it.
const SHORT = 8;   // with more days than this the table waits behind its summary

export default {
  render({ model, el }) {
    const words = model.get('words');
    const columns = model.get('columns');
    const heads = columns.map((text) => element('th', { scope: 'col', role: 'columnheader' }, text));
    const body = element('tbody', { role: 'rowgroup' });
    const table = element('table', { class: 'nykurs-table', role: 'table', 'aria-label': words.caption },
      element('thead', { role: 'rowgroup' }, element('tr', { role: 'row' }, ...heads, element('td', { role: 'cell' }))), body);
    const summary = element('summary');
    const details = element('details', { class: 'nykurs-days' }, summary, table);
    const undo = element('button', { type: 'button', class: 'nykurs-button' }, words.undo);
    const rows = new Map();   // date -> { row, cells, remove }
    undo.addEventListener('click', () => model.send({ act: 'undo' }));
    el.append(details, element('div', { class: 'nykurs-buttons' }, undo));

    function make({ date, name }) {
      const cells = columns.slice(1).map((text) => element('td', { role: 'cell', 'data-label': text }));
      const remove = element('button', { type: 'button', class: 'nykurs-remove' }, words.remove);
      remove.addEventListener('click', () => model.send({ act: 'remove', date }));
      const row = element('tr', { role: 'row' }, element('th', { scope: 'row', role: 'rowheader' }, name), ...cells,
        element('td', { class: 'nykurs-remove-cell', role: 'cell' }, remove));
      rows.set(date, { row, cells, remove });
    }

    function show() {
      const wanted = model.get('rows');
      const dates = new Set(wanted.map(({ date }) => date));
      [...rows].filter(([date]) => !dates.has(date)).forEach(([date, { row }]) => {
        row.remove();
        rows.delete(date);
      });
      wanted.forEach((day, at) => {
        if (!rows.has(day.date)) make(day);
        const { row, cells, remove } = rows.get(day.date);
        day.cells.forEach((text, place) => { if (cells[place].textContent !== text) cells[place].textContent = text; });
        remove.setAttribute('aria-label', day.remove);
        if (body.children[at] !== row) body.insertBefore(row, body.children[at] || null);
      });
      summary.textContent = model.get('summary');
      details.hidden = !wanted.length;
      undo.hidden = !model.get('undo');
    }

    function go() {
      show();
      const there = rows.get(model.get('goto')[0]);
      if (there) details.open = true;
      (there ? there.remove : undo).focus();
    }

    details.open = model.get('rows').length <= SHORT;
    show();
    for (const trait of ['rows', 'summary', 'undo']) model.on(`change:${trait}`, show);
    model.on('change:goto', go);
  },
};
