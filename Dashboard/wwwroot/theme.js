// Runs before the first paint: sets the palette from the visitor's choice, else from the operating system, so that nothing flashes.
(() => {
  const dark = matchMedia('(prefers-color-scheme: dark)');
  const chosen = () => /(?:^|;\s*)theme=(light|dark)/.exec(document.cookie)?.[1];
  const apply = () => { document.documentElement.dataset.theme = chosen() ?? (dark.matches ? 'dark' : 'light'); };
  dark.addEventListener('change', apply);
  apply();

  // Light → dark → as the system: one button, no state of its own.
  window.dashboardTheme = {
    next() {
      const now = chosen();
      const next = now === undefined ? 'light' : now === 'light' ? 'dark' : undefined;
      document.cookie = next
        ? `theme=${next}; path=/; max-age=31536000; samesite=lax`
        : 'theme=; path=/; max-age=0; samesite=lax';
      apply();
      return next ?? 'system';
    },
    chosen: () => chosen() ?? 'system',
  };
})();
