# shellcheck shell=bash
# Derives another suite, such as the machine's backports, from its own apt entries. Sourced by apt.sh.

# derive_backports CODENAME ETC_APT OUT
# Fills the folder OUT with links to all sources in ETC_APT plus a copy of each entry that serves CODENAME's main
# component, asking for CODENAME-backports instead: same URI, same key, same options. False when there is no such entry.
# apt is then pointed at OUT, so /etc/apt stays as it is; the next plain update removes the lists it fetches.
derive_backports() {
  local codename=$1 etc=$2 out=$3
  [ -n "$codename" ] || return 1
  rm -rf "$out" && mkdir -p "$out"
  local file
  for file in "$etc"/sources.list.d/*.list "$etc"/sources.list.d/*.sources; do [ -f "$file" ] && ln -s "$file" "$out/"; done
  derive_suite "$codename" "$codename-backports" "$etc" "$out/zz-backports"
}

# derive_suite CODENAME SUITE ETC_APT OUT: writes OUT.list and OUT.sources, such entries with SUITE instead of CODENAME.
derive_suite() {
  local codename=$1 suite=$2 etc=$3 out=$4
  local lists=() sources=() file
  for file in "$etc/sources.list" "$etc"/sources.list.d/*.list; do [ -f "$file" ] && lists+=("$file"); done
  for file in "$etc"/sources.list.d/*.sources; do [ -f "$file" ] && sources+=("$file"); done
  [ ${#lists[@]} -eq 0 ] || suite_of_lists "$codename" "$suite" "${lists[@]}" >"$out.list"
  [ ${#sources[@]} -eq 0 ] || suite_of_sources "$codename" "$suite" "${sources[@]}" >"$out.sources"
  own_as_folder_above "$out"
  [ -s "$out.list" ] || [ -s "$out.sources" ]
}

# One line each: deb [options] URI SUITE COMPONENT...
suite_of_lists() {
  awk -v suite="$1" -v wanted="$2" '
    $1 == "deb" {
      rest = $0; options = ""
      sub(/^[ \t]*deb[ \t]+/, "", rest)
      if (match(rest, /^\[[^]]*\][ \t]+/)) { options = substr(rest, 1, RLENGTH); rest = substr(rest, RLENGTH + 1) }
      sub(/#.*/, "", rest)
      n = split(rest, word, /[ \t]+/)
      if (word[2] != suite) next
      for (i = 3; i <= n; i++) if (word[i] == "main") { print "deb " options word[1] " " wanted " main"; next }
    }' "${@:3}"
}

# Paragraphs of "Field: value" with indented continuation lines (a key may be embedded in Signed-By that way).
suite_of_sources() {
  awk -v suite="$1" -v wanted="$2" '
    function has(field, wanted,   word, n, i) {
      n = split(value[field], word, /[ \t\n]+/)
      for (i = 1; i <= n; i++) if (word[i] == wanted) return 1
      return 0
    }
    function finish(   field) {
      if (has("types", "deb") && has("suites", suite) && has("components", "main") && tolower(value["enabled"]) !~ /no|false|off|0/)
        printf "Types: deb\nSuites: %s\nComponents: main\n%s\n", wanted, kept
      for (field in value) delete value[field]
      kept = ""
    }
    FNR == 1 { finish() }
    /^[ \t]*$/ { finish(); next }
    /^#/ { next }
    /^[^ \t]/ { field = tolower($0); sub(/:.*/, "", field) }
    {
      text = $0
      if (text ~ /^[^ \t]/) sub(/^[^:]*:/, "", text)
      value[field] = value[field] " " text
      if (field !~ /^(types|suites|components|enabled)$/) kept = kept $0 "\n"
    }
    END { finish() }' "${@:3}"
}

# What root creates in a person's checkout belongs to that person.
own_as_folder_above() { chown -R --reference="$here" "$(dirname "$1")" 2>/dev/null || true; }
