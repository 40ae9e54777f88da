// A list whose items are moved by buttons. The elements themselves move, so the focus stays on the pressed button.
let lists = 0;

export default {
  render({ model, el }) {
    const name = `nykurs-steps-${++lists}-${Math.random().toString(36).slice(2)}`;
    const list = element('ol', { class: 'nykurs-steps' });
    const legend = element('legend', { tabindex: '-1' });
    const help = element('p', { class: 'nykurs-help', id: `${name}-help` });
    const moved = element('p', { class: 'nykurs-hidden', role: 'status' });
    el.append(element('fieldset', { class: 'nykurs-group', 'aria-describedby': help.id }, legend, help, list, moved));
    let rows = new Map();     // item id -> li

    function move(id, step) {
      const items = [...model.get('items')];
      const from = items.findIndex((item) => item.id === id);
      const to = from + step;
      if (to < 0 || to >= items.length || model.get('locked')) return;
      items.splice(to, 0, ...items.splice(from, 1));
      model.set('items', items);
      model.send({ changed: { items } }); // heard at once and once, before a button that is pressed next
      moved.textContent = filled(model.get('words').moved, { text: items[to].text, place: to + 1, count: items.length });
    }

    function arrow(id, text, step, word, sign) {
      const button = element('button', { type: 'button', class: 'nykurs-arrow', 'aria-label': `${word}: ${text}` }, sign);
      button.addEventListener('click', () => { move(id, step); button.focus(); });
      return button;
    }

    function row({ id, text }) {
      const words = model.get('words');
      const buttons = element('span', { class: 'nykurs-arrows' },
        arrow(id, text, -1, words.up, '↑'), arrow(id, text, 1, words.down, '↓'));
      return element('li', {}, element('div', { class: 'nykurs-step' }, element('span', {}, text), buttons),
        element('div', { class: 'nykurs-reply' }));
    }

    function showItems() {
      const items = model.get('items');
      if (items.length !== rows.size || items.some((item) => !rows.has(item.id))) {
        rows = new Map(items.map((item) => [item.id, row(item)]));
        list.replaceChildren();
      }
      list.classList.toggle('nykurs-locked', model.get('locked'));
      const focused = el.contains(document.activeElement) ? document.activeElement : null;
      items.forEach((item, place) => {
        if (list.children[place] !== rows.get(item.id)) list.insertBefore(rows.get(item.id), list.children[place] || null);
      });
      if (focused && focused !== document.activeElement) focused.focus();
      items.forEach((item, place) => {
        const [up, down] = rows.get(item.id).querySelectorAll('button');
        // aria-disabled, not disabled: a disabled button would drop the focus of the person who just pressed it.
        up.setAttribute('aria-disabled', String(place === 0 || model.get('locked')));
        down.setAttribute('aria-disabled', String(place === items.length - 1 || model.get('locked')));
      });
    }

    function showTexts() {
      legend.textContent = model.get('legend');
      help.textContent = model.get('help');
    }

    function showReplies() {
      const replies = model.get('replies');
      rows.forEach((item, id) => {
        const said = replies[id];
        const reply = item.querySelector('.nykurs-reply');
        item.dataset.tone = said ? said.tone : '';
        reply.replaceChildren();
        if (said) reply.append(element('strong', {}, said.mark), ' ', said.text);
      });
    }

    const show = () => { showTexts(); showItems(); showReplies(); };
    show();
    for (const trait of ['items', 'legend', 'help', 'replies', 'locked']) model.on(`change:${trait}`, show);
    model.on('change:focus', () => legend.focus());
  },
};
