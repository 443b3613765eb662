// When what has the focus vanishes, such as the button of an act that is done, the browser leaves the focus on the body, and whoever uses a
// keyboard or a screen reader starts over. Here it goes to the nearest thing that is left and says what came of it: the row, the region, the
// heading of the section, at last that of the page. A button that is disabled for a moment gets it back.
const overlays = '.mud-dialog, dialog';
const places = 'tr, li, [role=region], section[aria-label], section[aria-labelledby]';
let last = null; // What had the focus.
let opener = null; // The same outside of dialogs: what a dialog was opened from.

const placeOf = element => {
  const ancestors = [];
  for (let each = element.parentElement; each; each = each.parentElement) {
    ancestors.push(each);
  }
  return { element, ancestors };
};

const nearest = place => {
  const left = place.ancestors.find(each => each.isConnected && each.matches(places));
  const heading = left?.getAttribute('aria-labelledby');
  return (heading ? document.getElementById(heading) : left) ?? document.querySelector('main h1');
};

const give = element => {
  if (element.tabIndex < 0 && !element.hasAttribute('tabindex')) {
    element.tabIndex = -1;
  }
  element.focus({ preventScroll: true });
};

document.addEventListener('focusin', event => {
  last = placeOf(event.target);
  if (!event.target.closest(overlays)) {
    opener = last;
  }
});

// People who click beside it want no focus. A dialog takes it from its button before it goes.
document.addEventListener('focusout', event => {
  const { target, relatedTarget } = event;
  if (!relatedTarget) {
    setTimeout(() => {
      if (last?.element === target && target.isConnected && !target.disabled && !target.closest(overlays)) {
        last = null;
      }
    });
  }
});

new MutationObserver(() => {
  if (!last || document.activeElement !== document.body || document.querySelector(overlays + '[open], .mud-dialog')) {
    return;
  }

  // A list that was open over the page gives the focus back itself.
  if (last.ancestors.some(each => each.matches('.mud-popover'))) {
    return;
  }

  const place = !last.element.isConnected && last.ancestors.some(each => each.matches(overlays)) ? opener : last;
  if (place?.element.isConnected) {
    if (!place.element.disabled) {
      give(place.element);
    }
    return;
  }

  const next = place && nearest(place);
  if (next) {
    give(next);
  }
}).observe(document.body, { childList: true, subtree: true, attributes: true, attributeFilter: ['disabled', 'open'] });
