/* What the server tells the page about the course, and the few helpers every concern needs. */

export function readCourse(PageConfig) {
  const text = PageConfig.getOption('nykurs');
  if (!text) return null; // an ordinary JupyterLab, for those who write the course
  const course = JSON.parse(text);
  course.baseUrl = PageConfig.getBaseUrl();
  course.token = PageConfig.getToken();
  course.say = (key, values = {}) =>
    (course.words[key] ?? key).replace(/\{(\w+)\}/g, (whole, name) => values[name] ?? whole);
  course.moduleAt = path => course.modules.find(module => `${module.name}.ipynb` === path);
  course.pathOf = module => `${module.name}.ipynb`;
  course.addressOf = module => `${course.baseUrl}lab/tree/${encodeURIComponent(course.pathOf(module))}`;
  course.request = (path, options = {}) =>
    fetch(course.baseUrl + path, {
      ...options,
      headers: { 'Content-Type': 'application/json', Authorization: `token ${course.token}`, ...xsrf() },
    });
  course.kernelRuns = async () => {
    const reply = await course.request('api/kernels');
    if (!reply.ok) throw new Error(`kernels: ${reply.status}`);
    return (await reply.json()).some(kernel => kernel.id === course.kernel);
  };
  // Everything entered is forgotten, and the kernel behind the same id is new and warm.
  course.empty = async () => {
    const reply = await course.request('nykurs/kernel', { method: 'POST', body: '{"action": "empty"}' });
    if (!reply.ok) throw new Error(`empty: ${reply.status}`);
  };
  return course;
}

function xsrf() {
  const cookie = document.cookie.match(/(?:^|;\s*)_xsrf=([^;]+)/);
  return cookie ? { 'X-XSRFToken': cookie[1] } : {};
}

// Language, classes and style sheets, before JupyterLab paints anything.
export async function preparePage(course, base) {
  keepLanguage(course.language);
  document.body.classList.add('nykurs');
  if (course.leader) document.body.classList.add('nykurs-leader');
  document.body.append(element('p', { id: 'nykurs-opening', role: 'status' }, course.say('opening')));
  await Promise.all(['theme.css', 'pocket.css', 'exercises.css', 'chrome.css', 'present.css', 'session.css'].map(name => styleSheet(new URL(name, base))));
}

// JupyterLab writes its own locale there when its words have arrived.
function keepLanguage(language) {
  const root = document.documentElement;
  const set = () => root.lang !== language && (root.lang = language);
  new MutationObserver(set).observe(root, { attributes: true, attributeFilter: ['lang'] });
  set();
}

function styleSheet(address) {
  return new Promise(done => {
    const link = element('link', { rel: 'stylesheet', href: address.href });
    link.onload = link.onerror = done;
    document.head.append(link);
  });
}

export function opened() {
  document.getElementById('nykurs-opening')?.remove();
}

// An element with attributes (functions become listeners) and children.
export function element(name, attributes = {}, ...children) {
  const node = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (typeof value === 'function') node.addEventListener(key, value);
    else if (value === true) node.setAttribute(key, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(key, value);
  }
  node.append(...children.filter(child => child !== null && child !== undefined));
  return node;
}

// Kept for this browser tab only, and never anything that was entered in an exercise.
export const tab = {
  get: key => sessionStorage.getItem(`nykurs-${key}`),
  set: (key, value) => sessionStorage.setItem(`nykurs-${key}`, value),
  remove: key => sessionStorage.removeItem(`nykurs-${key}`),
};
