# shellcheck shell=bash
# A newer ActionCable than the machine's own, unpacked into .run/rails and not installed: the tests cut its sockets as well,
# because it answers in another way. It comes from the next Debian release, through the machine's own apt sources with a
# state of its own; apt checks the signatures. Needs no root. Sourced by apt.sh.
rails_folder=$here/../.run/rails

# All of them run on any machine. What is compiled (nokogiri, nio4r, puma, websocket-driver) is the machine's own.
newer_rails=(
  ruby-actioncable ruby-actionpack ruby-actionview ruby-activesupport ruby-base64 ruby-builder ruby-concurrent
  ruby-connection-pool ruby-crass ruby-erubi ruby-globalid ruby-i18n ruby-loofah ruby-minitest ruby-rack ruby-rack-session
  ruby-rack-test ruby-rails-dom-testing ruby-rails-html-sanitizer ruby-redis ruby-redis-client ruby-tzinfo ruby-useragent
  ruby-zeitwerk
)

# Never fails: without it, the tests that need it say why they do not run.
unpack_newer_rails() {
  local folder=$rails_folder apt=$rails_folder/apt log
  ! dpkg --compare-versions "$(candidate ruby-actioncable)" ge 2:7.1 || return 0 # the machine's own is new enough
  if [ "$(os_field VERSION_CODENAME)" != bookworm ]; then
    say "ActionCable 7.2 is fetched for Debian 12 only; the tests that need it do not run on $(machine_name)."
    return
  fi
  say "Fetching ActionCable 7.2 from Debian 13 into .run/rails; about 11 MB to fetch, 10 MB on disk."
  rm -rf "$folder" && mkdir -p "$apt/sources" "$apt/lists/partial" "$apt/cache/archives/partial" "$apt/packages" "$folder/partial"
  if ! derive_suite bookworm trixie /etc/apt "$apt/sources/trixie"; then
    say "No apt source of this machine serves bookworm's main component; the tests that need ActionCable 7.2 do not run."
    return
  fi
  local options=(
    "${apt_options[@]}" -o APT::Sandbox::User=root -o Dir::Etc::sourcelist=/dev/null -o "Dir::Etc::sourceparts=$(cd "$apt/sources" && pwd)"
    -o "Dir::State::lists=$(cd "$apt/lists" && pwd)" -o Dir::State::status=/dev/null -o "Dir::Cache=$(cd "$apt/cache" && pwd)"
    -o Acquire::Languages=none -o Acquire::IndexTargets::deb::DEP-11::DefaultEnabled=false
  )
  if log=$(apt-get "${options[@]}" update </dev/null 2>&1 && cd "$apt/packages" && apt-get "${options[@]}" download "${newer_rails[@]}" </dev/null 2>&1); then
    local package
    for package in "$apt/packages"/*.deb; do dpkg-deb -x "$package" "$folder/partial"; done
    mv "$folder/partial" "$folder/newer"
  else
    say "Could not fetch it; the tests that need ActionCable 7.2 do not run. apt said:"
    say "$log"
  fi
  rm -rf "$apt" "$folder/partial"
  own_as_folder_above "$folder/newer"
}
