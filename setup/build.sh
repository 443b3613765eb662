# shellcheck shell=bash
# Building quietly: it prints something only when it fails, and leaves no build server behind. Sourced.
export DOTNET_CLI_TELEMETRY_OPTOUT=1 DOTNET_NOLOGO=1 DOTNET_SKIP_FIRST_TIME_EXPERIENCE=1

build() {
  local log
  log=$(dotnet build "$@" --disable-build-servers --nologo -tl:off -v:q -clp:NoSummary </dev/null 2>&1) && return
  printf '%s\n' "$log" >&2
  return 1
}
