// A field, suggestions and a list. Items are changed in place and never made again, so the focus stays.
let lists = 0;

export default {
  render({ model, el }) {
    const name = `nykurs-triggers-${++lists}-${Math.random().toString(36).slice(2)}`;
    const words = model.get('words');
    const act = (action, details = {}) => model.send({ action, ...details });

    // The field for own words.
    const field = element('input', { id: `${name}-text`, type: 'text', autocomplete: 'off', placeholder: words.text_hint });
    const submit = element('button', { type: 'submit', class: 'nykurs-primary' });
    const cancel = element('button', { type: 'button' }, words.cancel);
    const form = element('form', { class: 'nykurs-trigger-form' },
      element('label', { for: field.id }, words.text), field, submit, cancel);
    form.addEventListener('submit', (event) => {
      event.preventDefault();
      act(model.get('editing') ? 'save' : 'add', { text: field.value, id: model.get('editing') });
      if (field.value.trim()) empty();
      field.focus();
    });
    // JupyterLab keeps Enter from sending a form; a letter being composed also ends with Enter.
    field.addEventListener('keydown', (event) => {
      if (event.key !== 'Enter' || event.isComposing) return;
      event.preventDefault();
      event.stopPropagation();
      form.requestSubmit();
    });
    field.addEventListener('input', () => keep(field.value));
    cancel.addEventListener('click', () => { act('cancel'); empty(); field.focus(); });

    // A message for every letter: changes of a trait wait for each other, and a reload would lose the last ones.
    const keep = (text) => act('draft', { text });

    function empty() {
      field.value = '';
      keep('');
    }

    // Suggestions.
    const label = element('p', { class: 'nykurs-suggestions-label', id: `${name}-suggestions` });
    const row = element('div', { class: 'nykurs-suggestion-row' });
    const group = element('div', { role: 'group', 'aria-labelledby': label.id, class: 'nykurs-suggestions' }, label, row);

    function showSuggestions() {
      const texts = model.get('suggestions');
      group.hidden = !texts.length;
      label.textContent = model.get('suggestions_label');
      row.replaceChildren(...texts.map((text) => {
        const button = element('button', { type: 'button' }, text);
        button.addEventListener('click', () => act('suggest', { text }));
        return button;
      }));
    }

    // The list.
    const heading = element(`h${model.get('level')}`, { class: 'nykurs-trigger-title', tabindex: '-1', id: `${name}-title` });
    const none = element('p', {}, words.list_empty);
    const list = element('ol', { class: 'nykurs-trigger-list', 'aria-labelledby': heading.id });
    const undo = element('button', { type: 'button' }, words.undo);
    undo.addEventListener('click', () => act('undo'));
    const rows = new Map();   // trigger id -> { item, text, detail, edit, remove }

    function makeRow(id) {
      const parts = {
        text: element('strong'), detail: element('span', { class: 'nykurs-trigger-detail' }),
        edit: element('button', { type: 'button' }, words.edit), remove: element('button', { type: 'button' }, words.remove),
      };
      parts.edit.addEventListener('click', () => act('edit', { id }));
      parts.remove.addEventListener('click', () => act('remove', { id }));
      parts.item = element('li', {}, element('span', { class: 'nykurs-trigger-words' }, parts.text, parts.detail),
        element('span', { class: 'nykurs-trigger-acts' }, parts.edit, parts.remove));
      rows.set(id, parts);
      return parts;
    }

    function showRow({ id, text, detail }, place) {
      const parts = rows.get(id) || makeRow(id);
      parts.text.textContent = text;
      parts.detail.textContent = detail;
      parts.edit.setAttribute('aria-label', `${words.edit}: ${text}`);
      parts.remove.setAttribute('aria-label', `${words.remove}: ${text}`);
      if (list.children[place] !== parts.item) list.insertBefore(parts.item, list.children[place] || null);
    }

    function dropRows(kept) {
      let lost = null;    // the place of a removed item that had the focus
      [...rows].filter(([id]) => !kept.has(id)).forEach(([id, { item }]) => {
        if (item.contains(document.activeElement)) lost = [...list.children].indexOf(item);
        item.remove();
        rows.delete(id);
      });
      return lost;
    }

    function showItems() {
      const items = model.get('items');
      const lost = dropRows(new Set(items.map((item) => item.id)));
      items.forEach(showRow);
      heading.textContent = model.get('title');
      none.hidden = items.length > 0;
      list.hidden = !items.length;
      if (lost !== null) (list.children[lost]?.querySelector('button') || heading).focus();
    }

    function showEditing() {
      submit.textContent = model.get('editing') ? words.save : words.add;
      cancel.hidden = !model.get('editing');
    }

    function load() {
      const { text, focus } = model.get('load');
      field.value = text || '';
      if (focus) { field.focus(); field.select(); }
    }

    el.append(group, form, heading, none, list, element('div', { class: 'nykurs-trigger-acts' }, undo));
    field.value = model.get('draft');
    showSuggestions(); showItems(); showEditing();
    model.on('change:suggestions', showSuggestions);
    model.on('change:suggestions_label', showSuggestions);
    model.on('change:items', showItems);
    model.on('change:title', showItems);
    model.on('change:editing', showEditing);
    model.on('change:load', load);
    model.on('change:focus', () => rows.get(model.get('focus').id)?.edit.focus());
  },
};
