// A show of hands: a row with a bar and two big buttons for each option. The rows are made once; only numbers and bars
// change, so the focus stays. Keys work while the focus is inside.
let tallies = 0;

export default {
  render({ model, el }) {
    const name = `nykurs-tally-${++tallies}-${Math.random().toString(36).slice(2)}`;
    const words = model.get('words');
    const options = model.get('options');
    const question = element('p', { class: 'nykurs-wall-question', id: `${name}-question` }, model.get('question'));
    const help = element('p', { class: 'nykurs-help', id: `${name}-help` }, model.get('help'));
    const list = element('ol', { class: 'nykurs-tally-rows' });
    const board = element(
      'div', { class: 'nykurs-wall', role: 'group', tabindex: '-1', 'aria-labelledby': question.id, 'aria-describedby': help.id },
      question, list, help,
    );
    el.append(board);
    let last = null; // the option that minus takes from when no row has the focus

    const count = (id, by) => {
      last = id;
      model.send({ id, by });
    };

    function press(sign, text, id, by) {
      const button = element('button', { type: 'button', class: 'nykurs-tally-button', 'aria-label': text }, sign);
      button.addEventListener('click', () => count(id, by));
      return button;
    }

    const rows = options.map(({ id, text }, at) => {
      const number = element('span', { class: 'nykurs-tally-key', 'aria-hidden': 'true' }, String(at + 1));
      const label = element('span', { class: 'nykurs-tally-text' }, text);
      const mark = element('strong', { class: 'nykurs-tally-mark' });
      const bar = element('span', { class: 'nykurs-tally-bar' });
      const track = element('span', { class: 'nykurs-tally-track', 'aria-hidden': 'true' }, bar);
      const shown = element('span', { class: 'nykurs-tally-count' });
      const take = press('−', words.take.replace('{text}', () => text), id, -1);
      const add = press('+', words.add.replace('{text}', () => text), id, 1);
      const reply = element('p', { class: 'nykurs-tally-reply' });
      const row = element(
        'li', { class: 'nykurs-tally-row', 'data-id': id },
        element('p', { class: 'nykurs-tally-head' }, number, label, mark),
        element('div', { class: 'nykurs-tally-line' }, take, add, track, shown), reply,
      );
      list.append(row);
      return { id, row, bar, shown, mark, reply };
    });

    board.addEventListener('keydown', event => {
      if (event.ctrlKey || event.altKey || event.metaKey) return;
      const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
      const row = event.target.closest('.nykurs-tally-row');
      const here = row ? row.dataset.id : last;
      let step = null;
      if (digit && (event.code.startsWith('Digit') || event.key === digit[1])) {
        const option = options[digit[1] - 1];
        step = option && [option.id, event.shiftKey ? -1 : 1];
      } else if (event.key === '-' || event.key === '+') {
        step = here && [here, event.key === '-' ? -1 : 1];
      }
      if (!step) return;
      event.preventDefault();
      event.stopPropagation();
      count(...step);
    });

    function show() {
      const counts = model.get('counts');
      const replies = model.get('replies');
      const widest = Math.max(10, ...Object.values(counts));
      for (const { id, row, bar, shown, mark, reply } of rows) {
        const number = counts[id] || 0;
        shown.textContent = String(number);
        bar.style.width = `${(100 * number) / widest}%`;
        bar.hidden = !number;
        const said = replies[id] || { text: '', mark: '' };
        mark.textContent = said.mark;
        row.classList.toggle('nykurs-tally-fitting', Boolean(said.mark));
        reply.textContent = said.text;
        reply.hidden = !said.text;
      }
    }

    show();
    model.on('change:counts', show);
    model.on('change:replies', show);
  },
};
