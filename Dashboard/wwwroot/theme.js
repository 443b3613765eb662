// Runs before the first paint, so that nothing flashes: sets the palette from the visitor's choice, else from the operating system, and the
// width of the navigation. It is on every page.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const after = { light: 'dark', dark: 'system', system: 'light' };
  const chosen = () => /(?:^|;\s*)theme=(light|dark)/.exec(document.cookie)?.[1] ?? 'system';
  const remember = (name, value) =>
    document.cookie = value ? `${name}=${value}; path=/; max-age=31536000; samesite=lax` : `${name}=; path=/; max-age=0; samesite=lax`;
  const apply = () => {
    root.dataset.nav = /(?:^|;\s*)nav=wide/.test(document.cookie) ? 'wide' : 'narrow';
    root.dataset.themeChoice = chosen();
    root.dataset.theme = chosen() !== 'system' ? chosen() : dark.matches ? 'dark' : 'light';
  };

  dark.addEventListener('change', apply);
  document.addEventListener('click', event => {
    if (event.target.closest?.('[data-nav-switch]')) {
      remember('nav', root.dataset.nav === 'wide' ? null : 'wide');
    } else if (event.target.closest?.('[data-theme-switch]')) {
      const next = after[chosen()];
      remember('theme', next === 'system' ? null : next);
    } else {
      return;
    }

    apply();
  });
  apply();

  // A page that answers a form is loaded again by F5 as a page, and the form is not sent a second time.
  history.replaceState(history.state, '', location.href);
})();
