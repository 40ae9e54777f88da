// One place of a story at a time. A choice puts another in its place, and the focus goes to its heading, which is never
// made again. While hands are counted, only numbers and bars change, and keys count as long as the focus is inside.
let scenarios = 0;

export default {
  render({ model, el }) {
    const name = `nykurs-scenario-${++scenarios}-${Math.random().toString(36).slice(2)}`;
    const words = model.get('words');
    const part = (kind, look) => element(kind, { class: look, id: `${name}-${look}` });
    const reply = part('p', 'nykurs-scenario-reply');
    const heading = element('h4', { class: 'nykurs-step-title', tabindex: '-1', id: `${name}-title` });
    const person = element('p', { class: 'nykurs-scenario-person' }, element('strong', {}, `${words.person}: `), model.get('person'));
    const text = part('p', 'nykurs-scenario-text');
    const onward = part('p', 'nykurs-scenario-next');
    const question = part('p', 'nykurs-story-question');
    const list = element('ol', { class: 'nykurs-tally-rows', 'aria-labelledby': question.id });
    const help = part('p', 'nykurs-help');
    const press = (said, look, act) => {
      const button = element('button', { type: 'button', class: `nykurs-button ${look}` }, said);
      button.addEventListener('click', act);
      return button;
    };
    const another = press(words.another, 'nykurs-primary', () => send('another'));
    const back = press(words.back, '', () => send('back'));
    const counts = press(words.count, '', () => {
      model.set('counting', !model.get('counting'));
      model.save_changes();
    });
    const board = element(
      'div', { class: 'nykurs-wall nykurs-story', role: 'group', tabindex: '-1', 'aria-labelledby': heading.id },
      person, heading, reply, text, onward, question, list, help, element('div', { class: 'nykurs-buttons' }, another, back, counts),
    );
    el.append(board);
    let rows = [];
    let turn = null;
    let last = null;

    const send = (act, more = {}) => model.send({ act, turn: model.get('place').turn, ...more });
    const count = (id, by) => {
      last = id;
      send('count', { id, by });
    };

    function option({ id, text, tried }, at) {
      const number = element('span', { class: 'nykurs-tally-key', 'aria-hidden': 'true' }, String(at + 1));
      const mark = tried ? [' ', element('em', { class: 'nykurs-story-tried' }, `(${words.tried})`)] : [];
      const label = element('span', { class: 'nykurs-tally-text' }, text, ...mark);
      const button = element('button', { type: 'button', class: 'nykurs-story-way' }, number, label);
      button.addEventListener('click', () => send('choose', { id }));
      const hands = handLine({ id, text }, words, count);
      const row = element('li', { class: 'nykurs-tally-row', 'data-id': id }, button, hands.line);
      return { row, hands };
    }

    function put(paragraph, said) {
      paragraph.replaceChildren(...[said].flat());
      paragraph.hidden = !said || !said.length;
    }

    function showPlace() {
      const place = model.get('place');
      const inside = board.contains(document.activeElement);
      heading.textContent = place.heading;
      person.hidden = !place.first;
      put(reply, place.reply);
      put(text, place.text);
      put(onward, place.next_step ? [element('strong', {}, `${words.next_step}: `), place.next_step] : []);
      put(question, place.question ? [element('strong', {}, place.question)] : []);
      rows = place.options.map(option);
      last = null;
      list.replaceChildren(...rows.map(({ row }) => row));
      list.hidden = counts.hidden = !rows.length;
      another.hidden = rows.length > 0;
      back.hidden = place.first;
      showCounts();
      showCounting();
      if ((turn !== null && turn !== place.turn) || (inside && !board.contains(document.activeElement))) heading.focus();
      turn = place.turn;
    }

    function showCounts() {
      for (const { hands } of rows) hands.show(model.get('counts'));
    }

    function showCounting() {
      const counting = model.get('counting');
      counts.setAttribute('aria-pressed', String(counting));
      list.classList.toggle('nykurs-story-counting', counting);
      for (const { hands } of rows) hands.line.hidden = !counting;
      put(help, rows.length ? (counting ? words.help_count : words.help) : '');
    }

    board.addEventListener('keydown', event => {
      const row = event.target.closest('.nykurs-tally-row');
      const hand = model.get('counting') && handByKey(event, model.get('place').options, row ? row.dataset.id : last);
      if (!hand) return;
      event.preventDefault();
      event.stopPropagation();
      count(...hand);
    });

    showPlace();
    model.on('change:place', showPlace);
    model.on('change:counts', showCounts);
    model.on('change:counting', showCounting);
  },
};
