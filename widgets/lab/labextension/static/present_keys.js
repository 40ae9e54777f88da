/* The keys of the presenter: a clicker's, letters for what the bar offers, and G with a number for a slide.

   A focused exercise has its own keys, Escape too; Escape once more leaves it. Page Up, Page Down and F9 are never its. */

const ALWAYS = { PageDown: 'next', PageUp: 'previous', F9: 'leave' };
const KEYS = {
  ArrowRight: 'next',
  ArrowDown: 'next',
  ' ': 'next',
  ArrowLeft: 'previous',
  ArrowUp: 'previous',
  Home: 'first',
  End: 'last',
  b: 'blank',
  '.': 'blank',
  l: 'companion',
  t: 'dark',
  m: 'more',
  f: 'full',
  Escape: 'leave',
};

// `acts`: what can be done, by name. `goTo(number)`: to a slide. `asking(text)`: the number so far, or null.
export function makeKeys(acts, { goTo, asking, isBlank }) {
  let typed = null;
  let escaped = false;

  const ask = text => {
    typed = text;
    asking(text);
  };

  // What a key does here, or nothing.
  function actOf({ key, target }) {
    if (ALWAYS[key]) return acts[ALWAYS[key]];
    if (target.closest?.('.nykurs-card')) return outOf(key, target);
    if (typed !== null) return digit(key);
    if (isBlank() && key === 'Escape') return acts.blank;
    if (target.closest?.('button, a') && (key === ' ' || key === 'Enter')) return null;
    const name = key.length === 1 ? key.toLowerCase() : key;
    return name === 'g' ? () => ask('') : acts[KEYS[name]];
  }

  function outOf(key, target) {
    if (key === 'Escape' && escaped) return () => ((escaped = false), target.blur());
    escaped = key === 'Escape';
    return null;
  }

  function digit(key) {
    if (/^\d$/.test(key)) return () => ask((typed + key).slice(0, 3));
    if (key === 'Backspace') return () => ask(typed.slice(0, -1));
    if (key === 'Escape') return () => ask(null);
    if (key !== 'Enter') return null;
    return () => {
      const number = Number(typed);
      ask(null);
      if (number) goTo(number);
    };
  }

  return { actOf, forgetEscape: () => (escaped = false) };
}
