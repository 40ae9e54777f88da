/* A printed face on a page of ours: in a room of its own, where neither style can reach the other. */
function render({ model, el }) {
  const root = el.attachShadow({ mode: 'open' });
  const draw = () => {
    const style = Object.assign(document.createElement('style'), { textContent: model.get('look') });
    const paper = Object.assign(document.createElement('div'), { className: 'paper', innerHTML: model.get('markup') });
    root.replaceChildren(style, paper);
  };
  model.on('change:markup', draw);
  draw();
}
export default { render };
