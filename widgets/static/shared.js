// Stands before every control's own code, see `script` in controls.py.
function element(name, attributes = {}, ...children) {
  const made = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== undefined && value !== null && value !== false) made.setAttribute(key, value);
  }
  made.append(...children);
  return made;
}

const filled = (text, values) => text.replace(/\{(\w+)\}/g, (_, name) => values[name]);

