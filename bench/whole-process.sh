#!/bin/sh
# Runs a command several times and prints minimum, median and maximum of its wall time, processor time and
# largest resident set. With --vs the two commands run in turn, so that a machine that slows down slows both.
# usage: bench/whole-process.sh [-n RUNS] [-w WARM-UP RUNS] [--vs 'OTHER COMMAND'] -- COMMAND [ARGUMENT ...]
# Needs GNU time (Debian package "time") and GNU date. Output and errors of the command are thrown away.
set -eu

runs=10
warm=2
other=
while [ $# -gt 0 ]; do
  case $1 in
    -n) runs=$2; shift 2 ;;
    -w) warm=$2; shift 2 ;;
    --vs) other=$2; shift 2 ;;
    --) shift; break ;;
    *) sed -n '2,5p' "$0" >&2; exit 2 ;;
  esac
done
[ $# -gt 0 ] || { sed -n '2,5p' "$0" >&2; exit 2; }
[ -x /usr/bin/time ] || { echo "whole-process: /usr/bin/time is not there: install the Debian package time" >&2; exit 4; }

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT
trap 'exit 130' INT TERM

# measure NAME COMMAND...: appends "wall user sys rss code" to the results of NAME.
measure() {
  name=$1
  shift
  from=$(date +%s%N)
  code=0
  /usr/bin/time -q -o "$results/last" -f '%U %S %M' "$@" >/dev/null 2>&1 </dev/null || code=$?
  to=$(date +%s%N)
  echo "$(((to - from) / 1000)) $(cat "$results/last") $code" >>"$results/$name"
}

i=0
while [ "$i" -lt $((warm + runs)) ]; do
  phase=counted
  [ "$i" -ge "$warm" ] || phase=warm
  measure "$phase-A" "$@"
  if [ -n "$other" ]; then
    measure "$phase-B" sh -c "exec $other"
  fi
  i=$((i + 1))
done

# column NAME LABEL EXPRESSION: prints minimum, median and maximum of an expression over the runs.
column() {
  awk "{ print $3 }" "$results/counted-$1" | sort -n | awk -v label="$1 $2" '
    { value[NR] = $1 }
    END {
      middle = NR % 2 ? value[(NR + 1) / 2] : (value[NR / 2] + value[NR / 2 + 1]) / 2
      printf "%-12s %10.1f %10.1f %10.1f\n", label, value[1], middle, value[NR]
    }'
}

echo "A = $*"
[ -z "$other" ] || echo "B = $other"
printf '%-12s %10s %10s %10s   (%s runs, exit %s)\n' "" min median max "$runs" \
  "$(awk '{ print $5 }' "$results/counted-A" | sort -u | tr '\n' ' ' | sed 's/ $//')"
for name in A ${other:+B}; do
  column "$name" "wall ms" '$1 / 1000'
  column "$name" "cpu ms" '($2 + $3) * 1000'
  column "$name" "rss MiB" '$4 / 1024'
done
