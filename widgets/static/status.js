// A polite live region that stays in place: assistive technology notices a change of text, not a new element.
export default {
  render({ model, el }) {
    const region = document.createElement('p');
        region.setAttribute('role', 'status');
    el.append(region);
    const show = () => {
      region.className = model.get('seen') ? 'nykurs-status' : 'nykurs-hidden';
      region.textContent = model.get('text');
    };
    show();
    model.on('change:turn', () => {
      region.textContent = '';          // so that the same sentence is spoken again
      requestAnimationFrame(show);
    });
  },
};
