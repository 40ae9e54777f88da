// Cards in columns. A card is chosen with a press and moved with its column's button or key. A card that moves is the
// same element in another place, so nothing that has the focus is made again, and the focus follows it.
let boards = 0;

export default {
  render({ model, el }) {
    const name = `nykurs-board-${++boards}-${Math.random().toString(36).slice(2)}`;
    const words = model.get('words');
    const columns = model.get('columns');
    const question = element('p', { class: 'nykurs-wall-question', id: `${name}-question` }, model.get('question'));
    const help = element('p', { class: 'nykurs-help', id: `${name}-help` }, model.get('help'));
    const remove = element('button', { type: 'button', class: 'nykurs-button' }, words.remove);
    const grid = element('div', { class: 'nykurs-board-columns' });
    const board = element(
      'div', { class: 'nykurs-wall', role: 'group', tabindex: '-1', 'aria-labelledby': question.id, 'aria-describedby': help.id },
      question, grid, element('div', { class: 'nykurs-buttons' }, remove), help,
    );
    el.append(board);
    const made = new Map(); // text -> { item, button, column }
    let chosen = null;

    const lists = columns.map(({ id, text }, at) => {
      const list = element('ul', { class: 'nykurs-board-cards', 'aria-labelledby': `${name}-head-${at}` });
      const head = element('h4', { class: 'nykurs-board-head', id: `${name}-head-${at}` }, text);
      const here = element('button', {
        type: 'button', class: 'nykurs-button nykurs-board-here', 'aria-label': words.move.replace('{text}', () => text),
      }, words.here);
      here.addEventListener('click', () => move(chosen, id));
      grid.append(element('section', { class: id ? 'nykurs-board-column' : 'nykurs-board-column nykurs-board-tray' }, head, list, here));
      return { id, list };
    });

    const move = (text, column) => model.send(text === null ? { act: 'none' } : { act: 'move', text, column });

    function takeAway(text) {
      if (text === null) return model.send({ act: 'none' });
      const texts = [...board.querySelectorAll('.nykurs-board-card')].map(button => button.textContent);
      const at = texts.indexOf(text);
      const next = texts[at + 1] ?? texts[at - 1];
      if (made.get(text).button === document.activeElement) (next === undefined ? board : made.get(next).button).focus();
      model.send({ act: 'remove', text });
    }

    remove.addEventListener('click', () => takeAway(chosen));

    function choose(text) {
      chosen = text;
      for (const [each, { button }] of made) button.setAttribute('aria-pressed', String(each === text));
    }

    function card(text) {
      const button = element('button', { type: 'button', class: 'nykurs-board-card', 'aria-pressed': 'false' }, text);
      button.addEventListener('click', () => choose(chosen === text ? null : text));
      button.addEventListener('keydown', event => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        const digit = /^[0-9]$/.test(event.key) ? Number(event.key) : -1;
        const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        const at = lists.findIndex(({ id }) => id === made.get(text).column);
        const to = sideways ? lists[at + sideways] : lists[digit];
        if (to) {
          choose(text);
          move(text, to.id);
        } else if (event.key === 'Delete') takeAway(text);
        else return;
        event.preventDefault();
        event.stopPropagation();
      });
      return { button, item: element('li', {}, button), column: null };
    }

    function show(first) {
      const cards = model.get('cards');
      const known = new Set(cards.map(({ text }) => text));
      for (const [text, { item }] of made) {
        if (known.has(text)) continue;
        item.remove();
        made.delete(text);
        if (chosen === text) chosen = null;
      }
      let fresh = null;
      for (const { text, column } of cards) {
        if (!made.has(text)) {
          made.set(text, card(text));
          fresh = text;
        }
        made.get(text).column = column;
      }
      const focused = document.activeElement;
      for (const { id, list } of lists) {
        const texts = cards.filter(({ column }) => column === id).map(({ text }) => text);
        texts.forEach((text, at) => {
          const { item } = made.get(text);
          if (list.children[at] !== item) list.insertBefore(item, list.children[at] || null);
        });
      }
      if (board.contains(focused) && focused !== document.activeElement) focused.focus();
      if (fresh !== null && first !== true) choose(fresh); // a card that was just typed can be moved at once
    }

    show(true);
    model.on('change:cards', () => show());
  },
};
