// A card is chosen with a press and moved with its column's button or key, and the focus follows it.
let boards = 0;

export default {
  render({ model, el }) {
    const name = `nykurs-board-${++boards}-${Math.random().toString(36).slice(2)}`;
    const words = model.get('words');
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

    const lists = makeColumns(name, model.get('columns'), grid, ({ id, text }) => {
      const here = element('button', {
        type: 'button', class: 'nykurs-button nykurs-board-here', 'aria-label': words.move.replace('{text}', () => text),
      }, words.here);
      here.addEventListener('click', () => move(chosen, id));
      return here;
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

    function card({ text }) {
      const button = element('button', { type: 'button', class: 'nykurs-board-card', 'aria-pressed': 'false' }, text);
      button.addEventListener('click', () => choose(chosen === text ? null : text));
      button.addEventListener('keydown', event => {
        if (event.ctrlKey || event.altKey || event.metaKey) return;
        const sideways = { ArrowLeft: -1, ArrowRight: 1 }[event.key];
        const at = lists.findIndex(({ id }) => id === made.get(text).column);
        const to = sideways ? lists[at + sideways] : columnByDigit(event, lists);
        if (to) {
          choose(text);
          move(text, to.id);
        } else if (event.key === 'Delete') takeAway(text);
        else return;
        event.preventDefault();
        event.stopPropagation();
      });
      return { button, item: element('li', {}, button) };
    }

    function show(first) {
      const fresh = arrange(board, lists, model.get('cards'), made, card);
      if (!made.has(chosen)) chosen = null;
      if (fresh.length && first !== true) choose(fresh.at(-1)); // a card that was just typed can be moved at once
    }

    show(true);
    model.on('change:cards', () => show());
  },
};
