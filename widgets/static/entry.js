// A text field with its button. What was typed travels with the press, so the last letters are never lost; a core
// button's click can overtake them.
let entries = 0;

export default {
  render({ model, el }) {
    const id = `nykurs-entry-${++entries}-${Math.random().toString(36).slice(2)}`;
    const label = document.createElement('label');
    label.htmlFor = id;
    label.className = 'nykurs-entry-label';
    const input = document.createElement('input');
    input.type = 'text';
    input.id = id;
    input.autocomplete = 'off';
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'nykurs-button';
    const row = document.createElement('div');
    row.className = 'nykurs-entry-row';
    row.append(input, button);
    el.classList.add('nykurs-entry');
    el.append(label, row);

    const show = () => {
      label.textContent = model.get('label');
      button.textContent = model.get('button');
      if (!input.value) input.value = model.get('draft');
    };
    const enter = () => {
      model.send({ text: input.value });
      input.focus();
    };
    button.addEventListener('click', enter);
    input.addEventListener('keydown', (event) => { if (event.key === 'Enter') enter(); });
    input.addEventListener('input', () => {
      model.set('draft', input.value);
      model.save_changes();
    });
    show();
    model.on('change:label', show);
    model.on('change:button', show);
    model.on('msg:custom', ({ clear }) => { if (clear) input.value = ''; });
  },
};
