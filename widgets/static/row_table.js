// A native table to write in, with rows to add and remove. Rows in use are never made again, so the focus and half-typed
// words stay; after adding, removing and undoing the focus goes to the row it was about.
let tables = 0;

export default {
  render({ model, el }) {
    const name = `nykurs-table-${++tables}-${Math.random().toString(36).slice(2)}`;
    const legend = element('legend');
    const help = element('p', { class: 'nykurs-help', id: `${name}-help` });
    const body = element('tbody');
    const words = model.get('words');
    const columns = model.get('columns');
    const heads = columns.map(({ text }) => element('th', { scope: 'col' }, text));
    const table = element('table', { class: 'nykurs-table' }, element('thead', {}, element('tr', {}, ...heads, element('td'))), body);
    const add = element('button', { type: 'button', class: 'nykurs-button' }, words.add);
    const undo = element('button', { type: 'button', class: 'nykurs-button' }, words.undo);
    const buttons = element('div', { class: 'nykurs-buttons' }, add, undo);
    el.append(element('fieldset', { class: 'nykurs-group', 'aria-describedby': help.id }, legend, help, table, buttons));
    let removed = null; // { at, row }, until it is put back or the page goes

    const rows = () => model.get('rows').map((row) => [...row]);

    function keep(changed) {
      model.set('rows', changed);
      model.save_changes();
    }

    function goTo(at) {
      const row = body.children[Math.min(at, body.children.length - 1)];
      (row ? row.querySelector('textarea') : add).focus();
    }

    function write(row, column, text) {
      const changed = rows();
      changed[[...body.children].indexOf(row)][column] = text;
      keep(changed);
    }

    function makeRow() {
      const row = element('tr');
      columns.forEach(({ text }, column) => {
        const cell = element('textarea', { rows: '2', class: 'nykurs-cell' });
        cell.addEventListener('input', () => write(row, column, cell.value));
        row.append(element('td', { 'data-label': text }, cell));
      });
      const remove = element('button', { type: 'button', class: 'nykurs-remove' }, words.remove);
      remove.addEventListener('click', () => removeRow([...body.children].indexOf(row)));
      row.append(element('td', { class: 'nykurs-remove-cell' }, remove));
      return row;
    }

    function removeRow(at) {
      const changed = rows();
      removed = { at, row: changed.splice(at, 1)[0] };
      body.children[at].remove();
      keep(changed);
      show();
      goTo(at);
    }

    function putIn(at, row) {
      const changed = rows();
      changed.splice(at, 0, row);
      body.insertBefore(makeRow(), body.children[at] || null);
      keep(changed);
      show();
      goTo(at);
    }

    add.addEventListener('click', () => putIn(body.children.length, columns.map(() => '')));
    undo.addEventListener('click', () => {
      if (!removed) return;
      const { at, row } = removed;
      removed = null;
      putIn(Math.min(at, body.children.length), row);
    });

    function show() {
      const part = model.get('part') ? [element('span', { class: 'nykurs-hidden' }, `${model.get('part')}: `)] : [];
      legend.replaceChildren(...part, model.get('legend'));
      help.textContent = model.get('help');
      help.hidden = !help.textContent;
      const texts = model.get('rows');
      while (body.children.length < texts.length) body.append(makeRow());
      while (body.children.length > texts.length) body.lastElementChild.remove();
      texts.forEach((row, at) => {
        const remove = body.children[at].querySelector('button');
        remove.setAttribute('aria-label', filled(words.remove_row, { row: at + 1 }));
        remove.hidden = texts.length === 1;
        body.children[at].querySelectorAll('textarea').forEach((cell, column) => {
          cell.setAttribute('aria-label', filled(words.cell, { column: columns[column].text, row: at + 1 }));
          if (cell.value !== (row[column] || '')) cell.value = row[column] || '';
        });
      });
      undo.hidden = !removed;
    }

    show();
    for (const trait of ['rows', 'legend', 'help']) model.on(`change:${trait}`, show);
  },
};
