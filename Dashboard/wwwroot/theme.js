// Runs before the first paint, so that nothing flashes: sets the palette from the visitor's choice, else from the operating system.
(() => {
  const root = document.documentElement;
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const after = { light: 'dark', dark: 'system', system: 'light' };
  const chosen = () => /(?:^|;\s*)theme=(light|dark)/.exec(document.cookie)?.[1] ?? 'system';
  const apply = () => {
    root.dataset.themeChoice = chosen();
    root.dataset.theme = chosen() !== 'system' ? chosen() : dark.matches ? 'dark' : 'light';
  };

  dark.addEventListener('change', apply);
  document.addEventListener('click', event => {
    if (!event.target.closest?.('[data-theme-switch]')) return;
    const next = after[chosen()];
    document.cookie = next === 'system' ? 'theme=; path=/; max-age=0; samesite=lax' : `theme=${next}; path=/; max-age=31536000; samesite=lax`;
    apply();
  });
  apply();
})();
