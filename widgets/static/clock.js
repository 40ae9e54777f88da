// A clock for those who want to see time pass: hidden until asked for, and it only counts. Nothing waits for it, nothing
// moves but its digits, and a screen reader is not told each second.
export default {
  render({ model, el }) {
    const button = document.createElement('button');
    button.type = 'button';
    button.className = 'nykurs-clock-button';
    const face = document.createElement('span');
    face.className = 'nykurs-clock';
    face.setAttribute('role', 'timer');
    el.append(button, face);
    let since = Date.now();
    let ticking = 0;

    const write = () => {
      const seconds = Math.floor((Date.now() - since) / 1000);
      face.textContent = `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, '0')}`;
    };
    const show = (shown) => {
      button.textContent = model.get(shown ? 'hide' : 'show');
      button.setAttribute('aria-expanded', String(shown));
      face.hidden = !shown;
      clearInterval(ticking);
      if (!shown) return;
      write();
      ticking = setInterval(write, 1000);
    };
    button.addEventListener('click', () => show(face.hidden));
    model.on('change:started', () => {
      since = Date.now();
      write();
    });
    show(false);
    return () => clearInterval(ticking);
  },
};
