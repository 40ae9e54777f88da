// A native table to write in over things with an id. A row belongs to its id and not to its place, and what is typed
// travels with that id, so it lands where it belongs also when the list has changed meanwhile.
let tables = 0;

export default {
  render({ model, el }) {
    const name = `nykurs-keyed-${++tables}-${Math.random().toString(36).slice(2)}`;
    const words = model.get('words');
    const columns = model.get('columns');
    const rows = new Map(); // id -> { row, cells, remove }
    const part = model.get('part') ? [element('span', { class: 'nykurs-hidden' }, `${model.get('part')}: `)] : [];
    const legend = element('legend', {}, ...part, model.get('legend'));
    const help = element('p', { class: 'nykurs-help', id: `${name}-help` }, model.get('help'));
    help.hidden = !help.textContent;
    const heads = columns.map(({ text }) => element('th', { scope: 'col' }, text));
    const body = element('tbody');
    const head = element('thead', {}, element('tr', {}, ...heads, element('td')));
    const add = element('button', { type: 'button', class: 'nykurs-button' }, words.add);
    const undo = element('button', { type: 'button', class: 'nykurs-button' }, words.undo);
    el.append(element('fieldset', { class: 'nykurs-group', 'aria-describedby': help.id }, legend, help,
      element('table', { class: 'nykurs-table' }, head, body),
      element('div', { class: 'nykurs-buttons' }, add, undo)));
    let turn = model.get('shown').turn;

    function act(message) {
      turn += 1;
      model.send({ ...message, turn });
    }

    function makeRow(id) {
      const row = element('tr');
      const cells = columns.map((column) => {
        const cell = element('textarea', { rows: '2', class: 'nykurs-cell' });
        cell.addEventListener('input', () => act({ action: 'write', id, column: column.id, text: cell.value }));
        row.append(element('td', { 'data-label': column.text }, cell));
        return cell;
      });
      const remove = element('button', { type: 'button', class: 'nykurs-remove' }, words.remove);
      remove.addEventListener('click', () => act({ action: 'remove', id }));
      row.append(element('td', { class: 'nykurs-remove-cell' }, remove));
      rows.set(id, { row, cells, remove });
      return rows.get(id);
    }

    function show() {
      const shown = model.get('shown');
      const wanted = new Set(shown.rows.map(({ id }) => id));
      rows.forEach(({ row }, id) => {
        if (wanted.has(id)) return;
        row.remove();
        rows.delete(id);
      });
      shown.rows.forEach(({ id, cells }, at) => {
        const made = rows.get(id) || makeRow(id);
        // A row in use is not moved or taken out, or it would lose the focus.
        if (body.children[at] !== made.row) body.insertBefore(made.row, body.children[at] || null);
        made.remove.setAttribute('aria-label', filled(words.remove_row, { row: at + 1 }));
        made.remove.hidden = shown.rows.length === 1;
        made.cells.forEach((cell, place) => {
          cell.setAttribute('aria-label', filled(words.cell, { column: columns[place].text, row: at + 1 }));
          // What was typed after this was sent is newer than what it says.
          if (shown.turn >= turn && cell.value !== cells[place]) cell.value = cells[place];
        });
      });
      undo.hidden = !shown.undo;
    }

    add.addEventListener('click', () => act({ action: 'add' }));
    undo.addEventListener('click', () => act({ action: 'undo' }));
    show();
    model.on('change:shown', show);
    model.on('change:goto', () => (rows.get(model.get('goto').id)?.cells[0] || add).focus());
  },
};
