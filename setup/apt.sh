# shellcheck shell=bash
# Installing with apt, without a trace beyond the packages themselves. Sourced by install.
. "$here/backports.sh"
. "$here/services.sh"
. "$here/rails.sh"

apt_options=(
  -q -o DPkg::Lock::Timeout=300 -o Acquire::Retries=3 -o Acquire::http::Timeout=30 -o Acquire::https::Timeout=30
  -o Dpkg::Options::=--force-confdef -o Dpkg::Options::=--force-confold -o Dpkg::Use-Pty=0
)

# Continues as root by starting install again through sudo, or names the command that a person has to run.
become_root() {
  [ "$(id -u)" -eq 0 ] && return
  local sudo=(sudo)
  [ -t 0 ] || sudo+=(-n) # no one is there to type a password
  if command -v sudo >/dev/null; then
    say "Installing needs root; asking sudo."
    "${sudo[@]}" "$here/install" "$@" && exit 0
    say "sudo failed."
  fi
  say "Installing needs root. Run this command as root, then the same command as before:"
  say "  $here/install $*"
  exit 1
}

install_missing() {
  export DEBIAN_FRONTEND=noninteractive NEEDRESTART_SUSPEND=1
  keep_services_off
  refresh_lists
  local need
  for need in "$@"; do "install_$need"; done
}

# Another program (unattended upgrades on a new machine) may hold the lists: apt-get update itself does not wait.
# Any other failure is reported and ignored: the lists may be good enough, and if not the install says so.
refresh_lists() {
  local log try
  for try in {1..60}; do
    log=$(apt-get "${apt_options[@]}" "$@" update </dev/null 2>&1) && return
    [[ $log == *"Could not get lock"* ]] || break
    [ "$try" -gt 1 ] || say "Another program is using apt; waiting for it (up to 5 minutes)."
    sleep 5
  done
  say "apt-get update failed; continuing with the existing package lists. Its output:"
  say "$log"
}

candidate() { LC_ALL=C apt-cache "${@:2}" policy "$1" 2>/dev/null | awk '$1 == "Candidate:" && $2 != "(none)" { print $2 }'; }

get() {
  local log
  log=$(apt-get "${apt_options[@]}" "${extra_sources[@]}" install -y --no-install-recommends "$@" </dev/null 2>&1) && return
  say "$log"
  say "Could not install $*: apt's message is above. Fix what it names, then run the same command again."
  exit 1
}
extra_sources=()

install_valkey() { find_valkey || { say "Neither $(machine_name) nor its backports offer valkey-server 7.2 or newer."; exit 1; }; get_valkey; }

install_server() {
  if find_valkey; then get_valkey; return; fi
  say "Neither $(machine_name) nor its backports offer valkey-server 7.2 or newer: installing redis-server instead."
  get redis-server
}

# Searches the distribution first, then its backports.
find_valkey() {
  valkey_is_new_enough && return
  local sources=$here/../.run/apt
  derive_backports "$(os_field VERSION_CODENAME)" /etc/apt "$sources" || return 1
  extra_sources=(-o "Dir::Etc::sourceparts=$(cd "$sources" && pwd)")
  refresh_lists "${extra_sources[@]}"
  valkey_is_new_enough
}

valkey_is_new_enough() {
  local version; version=$(candidate valkey-server "${extra_sources[@]}")
  [ -n "$version" ] && dpkg --compare-versions "$version" ge 7.2
}

get_valkey() {
  local from="the distribution"
  [ ${#extra_sources[@]} -eq 0 ] || from="the distribution's backports (entry derived from your own apt sources, kept in .run/apt)"
  say "Installing valkey-server $(candidate valkey-server "${extra_sources[@]}") from $from."
  get valkey-server
}

install_redis() { say "Installing redis-server."; get redis-server; }
install_exporter() { say "Installing prometheus-redis-exporter."; get prometheus-redis-exporter; }

install_rails() {
  say "Installing ruby-actioncable, ruby-globalid, ruby-redis, ruby-redis-actionpack and puma; about 9 MB to fetch."
  get ruby-actioncable ruby-globalid ruby-redis ruby-redis-actionpack puma
}

install_headless() { say "Installing chromium-headless-shell; about 65 MB to fetch."; get chromium-headless-shell; }

# Ubuntu's chromium package only installs a snap, which a container cannot run.
install_chromium() {
  if [ "$(os_field ID)" = debian ]; then
    say "Installing chromium; about 120 MB to fetch."
    get chromium
  elif command -v snap >/dev/null; then
    say "Installing the chromium snap."
    snap install chromium >&2 </dev/null
  else
    say "Ubuntu offers Chromium only as a snap, and there is no snapd here."
    say "Install chromium or google-chrome so that it is found in PATH, then run the same command again."
    exit 1
  fi
}
