// Reports at most once a minute that a person is active.
const everyMs = 60_000;

export const listen = guard => {
  let last = Date.now();
  const touch = () => {
    if (Date.now() - last > everyMs) {
      last = Date.now();
      guard.invokeMethodAsync('TouchAsync').catch(() => {});
    }
  };
  const kinds = ['pointerdown', 'keydown', 'touchstart'];
  kinds.forEach(kind => addEventListener(kind, touch, { passive: true, capture: true }));
  return { stop: () => kinds.forEach(kind => removeEventListener(kind, touch, { capture: true })) };
};
