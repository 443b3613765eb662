#!/bin/sh
# child-process.sh SECONDS LOG PROGRAM ARGUMENT...   becomes PROGRAM, which is asked to end with the process at the other end of standard
# input, and killed where it takes longer than SECONDS.
# The shell becomes the program, so they share one process id. The watcher is not the program's child: it must not surprise it.
exec 3<&0 </dev/null
grace=$1 log=$2
shift 2
pid=$$
started() { cut -d ' ' -f 22 "/proc/$pid/stat" 2>/dev/null; }
born=$(started)
# Neither another process with the same number nor a zombie.
alive() { ! grep -q ') Z ' "/proc/$pid/stat" 2>/dev/null && [ "$(started)" = "$born" ]; }
watch() {
  trap '' HUP INT TERM
  read -r _ <&3
  # A stopped process handles SIGTERM only once it continues, and a busy one perhaps never.
  alive && kill -TERM "$pid" && kill -CONT "$pid"
  tries=0
  while alive; do
    [ "$tries" -lt $((grace * 10)) ] || kill -KILL "$pid"
    tries=$((tries + 1))
    sleep 0.1
  done
}
(watch >/dev/null 2>&1 &)
exec "$@" 3<&- >>"$log" 2>&1
