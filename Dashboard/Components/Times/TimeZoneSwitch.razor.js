// The cookie holds the browser's time zone; without it, times are in UTC.
const name = 'time-zone';

const isLocal = () => document.cookie.split(/;\s*/).some(one => one.startsWith(`${name}=`));

/** Remembers the choice, and returns the zone to show; null for UTC. */
export function choose(local) {
  const zone = local ? Intl.DateTimeFormat().resolvedOptions().timeZone : null;
  document.cookie = zone ? `${name}=${zone}; path=/; max-age=31536000; samesite=lax` : `${name}=; path=/; max-age=0; samesite=lax`;
  return zone;
}

/** The zone to show, as it was chosen before; null for UTC. A browser that has moved to another zone gets that one. */
export function chosen() {
  return isLocal() ? choose(true) : null;
}
