// Every card has a button for each column. They are one stop for Tab, and the arrows go from one to the next. A card
// that was sorted out of the tray gives the focus to the next card that waits there; any other card takes it along.
let boards = 0;

export default {
  render({ model, el }) {
    const name = `nykurs-sorting-${++boards}-${Math.random().toString(36).slice(2)}`;
    const words = model.get('words');
    const columns = model.get('columns');
    const help = element('p', { class: 'nykurs-help', id: `${name}-help` }, model.get('help'));
    const keys = element('p', { class: 'nykurs-help nykurs-sort-keys', id: `${name}-keys` }, words.keys);
    const grid = element('div', { class: 'nykurs-board-columns' });
    const board = element('div', {
      class: 'nykurs-sort', role: 'group', tabindex: '-1',
      'aria-label': model.get('label'), 'aria-describedby': `${help.id} ${keys.id}`,
    }, help, keys, grid);
    el.append(board);
    const made = new Map(); // id -> { item, tools, column }

    const lists = makeColumns(name, columns, grid, ({ id }) => element('p', { class: 'nykurs-help' }, id ? words.none : words.all_sorted));

    const stop = ({ item }) => item.querySelector('button[tabindex="0"]');

    function leave(card) {
      if (!card.item.contains(document.activeElement)) return;
      const next = neighbour(card);
      (next ? stop({ item: next }) : board).focus({ preventScroll: true });
    }

    function move(id, column) {
      const card = made.get(id);
      if (card.column === column) return;
      if (!card.column && neighbour(card)) leave(card);
      model.send({ act: 'move', id, column });
    }

    function takeAway(id, own) {
      if (own) leave(made.get(id));
      model.send({ act: 'remove', id });
    }

    function press(event, { id, own }) {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const all = made.get(id).tools;
      const aside = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
      const to = columnByDigit(event, lists);
      if (aside) all[(all.indexOf(event.target) + aside + all.length) % all.length].focus();
      else if (to) move(id, to.id);
      else if (event.key === 'Delete') takeAway(id, own);
      else return;
      event.preventDefault();
      event.stopPropagation();
    }

    const tool = (attributes, act, ...children) => {
      const button = element('button', { type: 'button', class: 'nykurs-sort-tool', tabindex: '-1', ...attributes }, ...children);
      button.addEventListener('click', act);
      return button;
    };

    function card({ id, text, own }) {
      const label = element('span', { class: 'nykurs-sort-text', id: `${name}-card-${id}` }, text);
      const tools = columns.slice(1).map((column, at) => tool(
        { 'data-column': column.id, 'aria-pressed': 'false', 'aria-label': filled(words.press, { column: column.text, text }) },
        () => move(id, made.get(id).column === column.id ? '' : column.id),
        element('span', { class: 'nykurs-sort-title' }, column.text),
        element('span', { class: 'nykurs-sort-number' }, String(at + 1)),
      ));
      if (own) tools.push(tool({ 'aria-label': `${words.remove}: ${text}` }, () => takeAway(id, own), words.remove));
      tools[0].tabIndex = 0;
      const group = element('div', { class: 'nykurs-sort-tools', role: 'group', 'aria-labelledby': label.id }, ...tools);
      group.addEventListener('keydown', (event) => press(event, { id, own }));
      group.addEventListener('focusin', ({ target }) => { for (const each of tools) each.tabIndex = each === target ? 0 : -1; });
      return { item: element('li', { class: 'nykurs-sort-card' }, label, group), tools };
    }

    function show() {
      arrange(board, lists, model.get('cards'), made, card);
      for (const { column, tools } of made.values()) {
        for (const each of tools.filter(({ dataset }) => dataset.column)) {
          each.setAttribute('aria-pressed', String(each.dataset.column === column));
        }
      }
      for (const { list, under } of lists) under.hidden = list.children.length > 0;
    }

    show();
    model.on('change:cards', show);
  },
};
