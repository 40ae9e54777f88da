// A native group of radio buttons or check boxes. Nothing is made again while it is in use, so the focus stays.
let groups = 0;

export default {
  render({ model, el }) {
    const name = `nykurs-group-${++groups}-${Math.random().toString(36).slice(2)}`;
    let inputs = new Map();   // option id -> { input, reply, row }

    const chosen = () => [...inputs].filter(([, parts]) => parts.input.checked).map(([id]) => id);

    // Heard at once and once, before a button that is pressed next. `toggled`: there may be more by now than this page knows.
    function change({ target }) {
      model.set('chosen', chosen());
      model.send({ changed: { chosen: chosen() }, toggled: { id: target.value, on: target.checked } });
    }

    function option({ id, text }, place) {
      const input = element('input', {
        type: model.get('many') ? 'checkbox' : 'radio', name, value: id, id: `${name}-${place}`,
        'aria-describedby': `${name}-${place}-reply`,
      });
      input.addEventListener('change', change);
      // Answered: still reachable, so that a screen reader can read choices and replies, but no longer changed.
      input.addEventListener('click', (event) => { if (model.get('locked')) event.preventDefault(); });
      const reply = element('div', { class: 'nykurs-reply', id: `${name}-${place}-reply` });
      const label = element('label', { class: 'nykurs-option', for: input.id }, input, element('span', {}, text));
      const row = element('div', { class: 'nykurs-option-row' }, label, reply);
      inputs.set(id, { input, reply, row });
      return row;
    }

    function build() {
      const held = [...inputs.values()].findIndex(({ input }) => input === document.activeElement);
      inputs = new Map();
      const part = model.get('part') ? [element('span', { class: 'nykurs-hidden' }, `${model.get('part')}: `)] : [];
      const legend = element('legend', { tabindex: '-1' }, ...part, model.get('legend'));
      const help = element('p', { class: 'nykurs-help', id: `${name}-help` }, model.get('help'));
      const rows = element('div', { class: model.get('row') ? 'nykurs-options nykurs-row' : 'nykurs-options' },
        ...model.get('options').map(option));
      const ends = [model.get('low'), model.get('high')].map((text) => element('span', {}, text));
      const scale = element('div', { class: 'nykurs-ends' }, ...ends);
      const group = element('fieldset', { class: 'nykurs-group', 'aria-describedby': model.get('help') ? help.id : null },
        legend, ...(model.get('help') ? [help] : []), rows, ...(model.get('low') || model.get('high') ? [scale] : []));
      el.replaceChildren(group);
      showChosen(); showReplies(); showLocked();
      // The option in use was made again or taken away: the focus stays at its place.
      if (held >= 0) [...inputs.values()].slice(0, held + 1).at(-1)?.input.focus();
    }

    function showChosen() {
      const ids = new Set(model.get('chosen'));
      inputs.forEach(({ input, row }, id) => {
        if (input.checked !== ids.has(id)) input.checked = ids.has(id);
        row.classList.toggle('nykurs-chosen', input.checked);
      });
    }

    function showReplies() {
      const replies = model.get('replies');
      inputs.forEach(({ reply, row }, id) => {
        const said = replies[id];
        row.dataset.tone = said ? said.tone : '';
        reply.replaceChildren();
        if (said) reply.append(element('strong', {}, said.mark), ' ', said.text);
      });
    }

    function showLocked() {
      inputs.forEach(({ input, row }) => {
        input.setAttribute('aria-disabled', String(model.get('locked')));
        row.classList.toggle('nykurs-locked', model.get('locked'));
      });
    }

    build();
    for (const trait of ['options', 'legend', 'help', 'many', 'row', 'low', 'high']) model.on(`change:${trait}`, build);
    model.on('change:chosen', showChosen);
    model.on('change:replies', showReplies);
    model.on('change:locked', showLocked);
    model.on('change:focus', () => el.querySelector('legend').focus());
  },
};
