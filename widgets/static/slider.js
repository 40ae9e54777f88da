// A native slider: named by its label, moved by arrow keys, and spoken in words, because a number here would look like
// an amount. `rested` counts up when it has stood still for a moment, so that a screen reader is not flooded.
let sliders = 0;
const REST = 700; // milliseconds

export default {
  render({ model, el }) {
    const id = `nykurs-slider-${++sliders}-${Math.random().toString(36).slice(2)}`;
    const label = document.createElement('label');
    label.className = 'nykurs-slider-label';
    label.htmlFor = id;
    const input = document.createElement('input');
    input.type = 'range';
    input.id = id;
    input.className = 'nykurs-range';
    const ends = document.createElement('div');
    ends.className = 'nykurs-ends';
    ends.setAttribute('aria-hidden', 'true'); // said by the slider itself
    const [low, high] = [document.createElement('span'), document.createElement('span')];
    ends.append(low, high);
    el.append(label, input, ends);
    let timer = 0;

    function inWords() {
      const [from, to] = [model.get('minimum'), model.get('maximum')];
      const share = (Number(input.value) - from) / (to - from || 1);
      const words = model.get('words');
      const end = share < 0.5 ? model.get('low') : model.get('high');
      const away = Math.min(share, 1 - share);
      if (away <= 0) return end;
      if (Math.abs(share - 0.5) < 0.01) return words.middle;
      return filled(away <= 0.21 ? words.close : words.nearer, { end });
    }

    function show() {
      label.textContent = model.get('label');
      low.textContent = model.get('low');
      high.textContent = model.get('high');
      for (const [name, trait] of [['min', 'minimum'], ['max', 'maximum'], ['step', 'step']]) input[name] = model.get(trait);
      if (Number(input.value) !== model.get('value')) input.value = model.get('value');
      input.setAttribute('aria-valuetext', inWords());
    }

    function rest() {
      model.set('rested', model.get('rested') + 1);
      model.save_changes();
    }

    input.addEventListener('input', () => {
      model.set('value', Number(input.value));
      model.save_changes();
      input.setAttribute('aria-valuetext', inWords());
      clearTimeout(timer);
      timer = setTimeout(rest, REST);
    });
    show();
    for (const trait of ['label', 'low', 'high', 'minimum', 'maximum', 'step', 'value', 'words']) {
      model.on(`change:${trait}`, show);
    }
    return () => clearTimeout(timer);
  },
};
