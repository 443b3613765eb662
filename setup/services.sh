# shellcheck shell=bash
# Packages of servers bring a service that starts at once and at every boot. We start servers ourselves, so a service
# that was not on this machine before is neither started nor left enabled. Sourced by apt.sh.
our_services=(valkey-server redis-server prometheus-redis-exporter)
policy=/usr/sbin/policy-rc.d
policy_mark="# written by setup/install, which removes it"

# Until this shell ends. The policy refuses only services that are new, so even one left behind by kill -9 does no harm;
# the next run takes it away.
keep_services_off() {
  new_services=()
  local service
  for service in "${our_services[@]}"; do
    dpkg-query -W -f '${Status}' "$service" 2>/dev/null | grep -q '^install ok' || new_services+=("$service")
  done
  if [ ! -e "$policy" ] || grep -qxF "$policy_mark" "$policy"; then
    printf '#!/bin/sh\n%s\ncase $1 in %s) exit 101 ;; esac\nexit 104\n' "$policy_mark" "$(IFS='|'; echo "${new_services[*]:-none}")" >"$policy"
    chmod 755 "$policy"
  fi
  trap let_services_be EXIT
}

let_services_be() {
  local status=$? service
  grep -qxF "$policy_mark" "$policy" 2>/dev/null && rm -f "$policy"
  for service in "${new_services[@]}"; do
    dpkg-query -W -f '${Status}' "$service" 2>/dev/null | grep -q '^install ok installed' || continue
    # Started after all where another policy-rc.d stood in our place and allowed it.
    [ ! -d /run/systemd/system ] || systemctl --quiet stop "$service" </dev/null || true
    command -v systemctl >/dev/null && systemctl --quiet disable "$service" </dev/null >/dev/null 2>&1 || true
    say "$service is installed; its system service is off and stays off."
  done
  return "$status"
}
