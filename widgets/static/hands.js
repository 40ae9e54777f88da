// What every show of hands is made of; it stands before the board's own code, see `script` in controls.py.

// Two big buttons, a bar and a number for one option. `count` takes its id and 1 or -1.
function handLine({ id, text }, words, count) {
  const press = (sign, said, by) => {
    const button = element('button', { type: 'button', class: 'nykurs-tally-button', 'aria-label': said.replace('{text}', () => text) }, sign);
    button.addEventListener('click', () => count(id, by));
    return button;
  };
  const bar = element('span', { class: 'nykurs-tally-bar' });
  const track = element('span', { class: 'nykurs-tally-track', 'aria-hidden': 'true' }, bar);
  const shown = element('span', { class: 'nykurs-tally-count' });
  const line = element('div', { class: 'nykurs-tally-line' }, press('−', words.take, -1), press('+', words.add, 1), track, shown);
  const show = (counts) => {
    const number = counts[id] || 0;
    shown.textContent = String(number);
    bar.style.width = `${(100 * number) / Math.max(10, ...Object.values(counts))}%`;
    bar.hidden = !number;
  };
  return { line, show };
}

// The hand that a key raises or takes down, as [id, 1 or -1]; plus and minus are about the option `here`.
function handByKey(event, options, here) {
  if (event.ctrlKey || event.altKey || event.metaKey) return null;
  const digit = /^(?:Digit|Numpad)([1-9])$/.exec(event.code);
  if (digit && (event.code.startsWith('Digit') || event.key === digit[1])) {
    const option = options[digit[1] - 1];
    return option ? [option.id, event.shiftKey ? -1 : 1] : null;
  }
  return here && (event.key === '-' || event.key === '+') ? [here, event.key === '-' ? -1 : 1] : null;
}

