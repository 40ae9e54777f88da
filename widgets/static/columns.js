// What every board of cards in columns is made of; it stands before the board's own code, see `script` in controls.py.
// A card that moves is the same element in another place, so nothing that has the focus is made again.
const keyOf = ({ id, text }) => id ?? text;

// A section for each column; `below` gives what stands under its cards.
function makeColumns(name, columns, grid, below) {
  return columns.map(({ id, text }, at) => {
    const list = element('ul', { class: 'nykurs-board-cards', 'aria-labelledby': `${name}-head-${at}` });
    const head = element('h4', { class: 'nykurs-board-head', id: `${name}-head-${at}` }, text);
    const look = id ? 'nykurs-board-column' : 'nykurs-board-column nykurs-board-tray';
    const under = below({ id, text });
    grid.append(element('section', { class: look }, head, list, under));
    return { id, list, under };
  });
}

// The column whose number was pressed; the tray is 0.
const columnByDigit = (event, lists) => (/^[0-9]$/.test(event.key) ? lists[Number(event.key)] : undefined);

// Each card into its column, and those that are gone away. `made`: key -> { item, column, … }. The new ones' keys.
function arrange(board, lists, cards, made, make) {
  const known = new Set(cards.map(keyOf));
  for (const [key, { item }] of made) {
    if (known.has(key)) continue;
    item.remove();
    made.delete(key);
  }
  const fresh = cards.filter((each) => !made.has(keyOf(each)));
  for (const each of fresh) made.set(keyOf(each), make(each));
  const focused = document.activeElement;
  for (const { id, list } of lists) {
    cards.filter(({ column }) => column === id).forEach((each, at) => {
      const card = made.get(keyOf(each));
      card.column = id;
      if (list.children[at] !== card.item) list.insertBefore(card.item, list.children[at] || null);
    });
  }
  if (board.contains(focused) && focused !== document.activeElement) focused.focus();
  return fresh.map(keyOf);
}

// Where the focus goes when a card leaves: to the one after it, else the one before it.
const neighbour = ({ item }) => item.nextElementSibling || item.previousElementSibling;

