# shellcheck shell=bash
# What this machine is and has. Sourced by install; changes nothing.

os_release=${OS_RELEASE_FILE:-/etc/os-release}

say() { printf '%s\n' "$*" >&2; }

os_field() { (. "$os_release" 2>/dev/null && eval "printf '%s' \"\${$1:-}\""); }

machine_name() { local name; name=$(os_field PRETTY_NAME); printf '%s' "${name:-a system without $os_release}"; }

# Debian from 12, Ubuntu from 24.04; testing and sid carry no VERSION_ID and are newer than both.
has_apt_we_know() {
  command -v apt-get >/dev/null || return 1
  local version; version=$(os_field VERSION_ID)
  case $(os_field ID) in
    debian) dpkg --compare-versions "${version:-99}" ge 12 ;;
    ubuntu) dpkg --compare-versions "${version:-99}" ge 24.04 ;;
    *) return 1 ;;
  esac
}

# Programs of which any one satisfies the need.
programs() {
  case $1 in
    server) echo "valkey-server redis-server" ;;
    valkey) echo "valkey-server" ;;
    redis) echo "redis-server" ;;
    chromium) echo "chromium chromium-browser google-chrome" ;;
    headless) echo "chromium-headless-shell" ;;
    exporter) echo "prometheus-redis-exporter" ;;
    rails) echo "puma" ;;
    newer-rails) echo "dpkg-deb" ;;
    sdk) echo "dotnet" ;;
    node) echo "npm" ;;
    *) say "setup/install: unknown need '$1'"; exit 2 ;;
  esac
}

describe() {
  case $1 in
    server) echo "valkey-server: the demo starts three of them (redis-server where there is none)" ;;
    valkey) echo "valkey-server: the tests run against real Valkey" ;;
    redis) echo "redis-server: the tests run against real Redis as well" ;;
    chromium) echo "chromium: the browser tests drive a real browser" ;;
    headless) echo "chromium-headless-shell: the same browser without its windows, for most browser tests at half the cost" ;;
    exporter) echo "prometheus-redis-exporter: the peer that the benchmarks compare with" ;;
    rails) echo "ActionCable, Puma and a session store, Debian's ruby-actioncable, ruby-globalid, ruby-redis, ruby-redis-actionpack and puma: the tests cut its sockets and end its sessions" ;;
    newer-rails) echo "ActionCable 7.2 beside an older one: it answers in another way" ;;
    sdk) echo "the .NET SDK $(wanted_sdk), or a later patch of it" ;;
    node) echo "Node.js 20 or newer with npm: it fetches the chart library at build time" ;;
    *) programs "$1" ;;
  esac
}

wanted_sdk() { sed -n 's/.*"version": *"\([^"]*\)".*/\1/p' "$here/../global.json"; }

# These come from their makers rather than from apt, in versions that apt does not have: install names them and stops.
is_for_a_person() { [[ $1 == sdk || $1 == node ]]; }

# These are unpacked into .run/, which needs no root.
is_unpacked() { [ "$1" = newer-rails ]; }

has_gems() { command -v ruby >/dev/null && ruby -e 'ARGV.each_slice(2) { |name, version| gem name, version }' "$@" 2>/dev/null; }

is_there() {
  [ "$1" != rails ] || { has_gems actioncable '>= 6.1' globalid '> 0' redis '> 0' redis-actionpack '> 0' puma '> 0'; return; }
  [ "$1" != newer-rails ] || { [ -d "$here/../.run/rails/newer" ] || has_gems actioncable '>= 7.1'; return; }
  [ "$1" != sdk ] || { (cd "$here/.." && dotnet --version >/dev/null 2>&1); return; }
  [ "$1" != node ] || { command -v node >/dev/null && command -v npm >/dev/null && [ "$(node -p 'process.versions.node.split(".")[0] >= 20')" = true ]; return; }
  # Elsewhere there is no such package: the whole browser does what it would.
  [ "$1" != headless ] || [ "$(os_field ID)" = debian ] || return 0
  local program
  for program in $(programs "$1"); do
    command -v "$program" >/dev/null && return 0
  done
  return 1
}
