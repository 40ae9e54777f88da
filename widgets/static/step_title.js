// A heading that can take the focus, so that a screen reader starts reading where the new step begins.
export default {
  render({ model, el }) {
    const heading = document.createElement('h4');
    heading.className = 'nykurs-step-title';
    heading.tabIndex = -1;
    el.append(heading);
    const show = () => { heading.textContent = model.get('text'); };
    show();
    model.on('change:text', show);
    model.on('change:focus', () => heading.focus());
  },
};
