// A form of native 0-10 groups and a native date. Everything that was chosen travels with the press. Nothing is made
// again while it is in use, so the focus stays.
let forms = 0;

export default {
  render({ model, el }) {
    const name = `nykurs-check-in-${++forms}-${Math.random().toString(36).slice(2)}`;
    const words = model.get('words');
    const inputs = [];   // { scale, number, input, row }; number is null for skipping

    function option(scale, number, text, said) {
      const id = `${name}-${scale}-${number ?? 'skip'}`;
      const input = element('input', { type: 'radio', name: `${name}-${scale}`, value: String(number ?? ''), id });
      const end = element('span', { class: 'nykurs-hidden' }, said ? ` ${said}` : '');
      const row = element('div', { class: 'nykurs-option-row' },
        element('label', { class: 'nykurs-option', for: id }, input, element('span', {}, text, end)));
      input.addEventListener('change', showChosen);
      inputs.push({ scale, number, input, row });
      return row;
    }

    function group({ id, label, hint, low, high }) {
      const help = element('p', { class: 'nykurs-help', id: `${name}-${id}-help` }, hint);
      const numbers = Array.from({ length: 11 }, (_, number) =>
        option(id, number, String(number), { 0: low, 10: high }[number]));
      // For the eye only: the words belong to the names of 0 and 10.
      const ends = element('div', { class: 'nykurs-ends', 'aria-hidden': 'true' }, element('span', {}, low), element('span', {}, high));
      const made = element('fieldset', { class: 'nykurs-group' }, element('legend', {}, label), ...(hint ? [help] : []),
        element('div', { class: 'nykurs-options nykurs-row' }, ...numbers), ends,
        element('div', { class: 'nykurs-options nykurs-row nykurs-skip' }, option(id, null, words.skip)));
      if (hint) made.setAttribute('aria-describedby', help.id);
      return made;
    }

    function showChosen() {
      inputs.forEach(({ input, row }) => row.classList.toggle('nykurs-chosen', input.checked));
    }

    const chosen = () => Object.fromEntries(inputs
      .filter(({ input, number }) => input.checked && number !== null)
      .map(({ scale, number }) => [scale, number]));

    const title = element('h4', { class: 'nykurs-step-title', tabindex: '-1', id: `${name}-title` }, words.title);
    const date = element('input', { type: 'date', id: `${name}-date`, class: 'nykurs-date' });
    // The browser writes the day in its own way, 03/10 or 10/03; here it stands in words too.
    const written = element('p', { class: 'nykurs-help', id: `${name}-written` });
    date.setAttribute('aria-describedby', written.id);
    const day = element('div', { class: 'nykurs-day' }, element('label', { for: date.id }, words.date), date, written);
    const add = element('button', { type: 'button', class: 'nykurs-button nykurs-primary' }, words.add);
    const undo = element('button', { type: 'button', class: 'nykurs-button' }, words.undo);
    const close = element('button', { type: 'button', class: 'nykurs-button' }, words.close);
    el.classList.add('nykurs-check-in-form');
    el.append(element('div', { role: 'group', 'aria-labelledby': title.id }, title,
      element('p', { class: 'nykurs-help' }, words.help), ...model.get('scales').map(group), day,
      element('div', { class: 'nykurs-buttons' }, add, undo, close)));

    add.addEventListener('click', () => model.send({ act: 'add', date: date.value, values: chosen() }));
    close.addEventListener('click', () => model.send({ act: 'close' }));
    undo.addEventListener('click', () => {
      model.send({ act: 'undo' });
      add.focus();   // this button goes away
    });

    const inWords = new Intl.DateTimeFormat(document.documentElement.lang || undefined, { dateStyle: 'full', timeZone: 'UTC' });
    const showWritten = () => { written.textContent = date.value ? inWords.format(date.valueAsDate) : ''; };
    const showDate = () => {
      date.value = model.get('date');
      showWritten();
    };
    date.addEventListener('input', showWritten);
    const showUndo = () => { undo.hidden = !model.get('undo'); };
    const clear = () => {
      inputs.forEach(({ input }) => { input.checked = false; });
      showChosen();
    };
    showDate(); showUndo();
    model.on('change:date', showDate);
    model.on('change:undo', showUndo);
    model.on('change:cleared', clear);
    // On the next frame: until then the form may still be hidden, and what is hidden takes no focus.
    model.on('change:focus', () => requestAnimationFrame(() => {
      showDate();
      title.focus();
    }));
  },
};
