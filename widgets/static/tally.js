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

    const rows = options.map(({ id, text }, at) => {
      const number = element('span', { class: 'nykurs-tally-key', 'aria-hidden': 'true' }, String(at + 1));
      const label = element('span', { class: 'nykurs-tally-text' }, text);
      const mark = element('strong', { class: 'nykurs-tally-mark' });
      const hands = handLine({ id, text }, words, count);
      const reply = element('p', { class: 'nykurs-tally-reply' });
      const row = element(
        'li', { class: 'nykurs-tally-row', 'data-id': id },
        element('p', { class: 'nykurs-tally-head' }, number, label, mark), hands.line, reply,
      );
      list.append(row);
      return { id, row, hands, mark, reply };
    });

    board.addEventListener('keydown', event => {
      const row = event.target.closest('.nykurs-tally-row');
      const hand = handByKey(event, options, row ? row.dataset.id : last);
      if (!hand) return;
      event.preventDefault();
      event.stopPropagation();
      count(...hand);
    });

    function show() {
      const counts = model.get('counts');
      const replies = model.get('replies');
      for (const { id, row, hands, mark, reply } of rows) {
        hands.show(counts);
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
