// Two fields that always say which trigger they were written for, however late the message arrives.
let plans = 0;

export default {
  render({ model, el }) {
    const name = `nykurs-plan-${++plans}-${Math.random().toString(36).slice(2)}`;
    const words = model.get('words');
    const legend = element('legend');
    const fields = {};
    let id = '';

    function write() {
      model.send({ id, if_text: fields.if_text.value, then_text: fields.then_text.value });
    }

    function line(part) {
      const hint = element('p', { class: 'nykurs-help', id: `${name}-${part}-hint` }, words[`${part.split('_')[0]}_hint`]);
      fields[part] = element('textarea', { id: `${name}-${part}`, rows: '2', 'aria-describedby': hint.id });
      fields[part].addEventListener('input', write);
      return [element('label', { for: `${name}-${part}` }, words[`${part.split('_')[0]}_label`]), fields[part], hint];
    }

    const form = element('fieldset', { class: 'nykurs-group nykurs-plan' }, legend, ...line('if_text'), ...line('then_text'));

    function show() {
      const shown = model.get('shown');
      const other = shown.id !== id;
      id = shown.id || '';
      legend.textContent = shown.title || '';
      for (const [part, field] of Object.entries(fields)) {
        // What is being typed right now is newer than what comes back.
        if (other || document.activeElement !== field) field.value = shown[part] || '';
      }
    }

    el.append(form);
    show();
    model.on('change:shown', show);
  },
};
