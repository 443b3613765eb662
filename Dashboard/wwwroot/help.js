// Escape closes the explanation of a number: it is open while its name has the focus or the mouse is over it.
document.addEventListener('keydown', event => {
  const name = document.activeElement;
  if (event.key === 'Escape' && name?.matches('.help')) {
    name.blur();
  }
});
