# SPDX-License-Identifier: Apache-2.0
# The far side of the backend "ssh". POSIX sh; runs under bash, dash and busybox. Two lines above
# this one set root, the folder of the work, and d, the private folder of the session. Every word it
# is called with is a verb, an id or a number, so no login shell has anything to quote.

given=$(umask)
umask 077
LC_ALL=C
export LC_ALL
nl='
'

# Ends everything of the command $1, whose first process is $2. What left its group is found by a
# variable that every child inherits.
sweep() {
  if [ -n "$2" ]; then
    kill -9 "$2" "-$2" 2>/dev/null
  fi
  round=0
  while [ "$round" -lt 50 ]; do
    left=$(grep -lsF "REDOUBT_COMMAND=$1" /proc/[0-9]*/environ 2>/dev/null | cut -d/ -f3)
    [ -n "$left" ] || return 0
    kill -9 $left 2>/dev/null
    round=$((round + 1))
  done
}

# Ends the command whose folder is $1, started or not. One that has not begun never will.
stop() {
  : > "$1/killed"
  mkdir "$1/started" 2>/dev/null
  leader=
  [ -e "$1/leader" ] && leader=$(cat "$1/leader")
  sweep "${1##*/}" "$leader"
}

# Ends every command, and the session with its folder.
stop_all() {
  for c in "$d"/c/*; do
    [ -d "$c" ] && stop "$c"
  done
  rm -rf "$d"
}

# Says why there will be no session, and leaves nothing of one that never was.
refuse() {
  echo "$1"
  [ -e "$d/keeper" ] || rm -rf "$d"
  exit 1
}

# What all children of this shell used that were waited for, by them or by it, is in the second line.
count() {
  times > "$1/times"
}

ended() {
  echo "$2" > "$1/code.new" && mv "$1/code.new" "$1/code"
}

# Ends with a command's code. What ssh says for itself is 255, so 254 means: ask for the state.
leave() {
  [ "$1" -ge 254 ] && exit 254
  exit "$1"
}

# Writes what the command in $1 writes, from byte $2 of its output and byte $3 of its errors, and
# ends with its code. Both descriptors keep their place between the rounds.
follow() {
  until [ -e "$1/err" ] || [ -e "$1/code" ]; do
    [ -d "$1" ] || exit 255
    sleep "$short"
  done
  exec 5< "$1/out" 6< "$1/err" || exit 255
  [ "$2" -eq 0 ] || dd bs=1 count=0 skip="$2" <&5 >/dev/null 2>&1
  [ "$3" -eq 0 ] || dd bs=1 count=0 skip="$3" <&6 >/dev/null 2>&1
  round=0
  while :; do
    over=
    [ -e "$1/code" ] && over=yes
    cat <&5 || exit 255
    cat <&6 >&2 || exit 255
    [ -z "$over" ] || leave "$(cat "$1/code")"
    [ -d "$1" ] || exit 255
    if [ "$round" -lt 10 ]; then sleep "$short"; else sleep "$long"; fi
    round=$((round + 1))
  done
}

short=0.02
long=0.2
case $1 in
  go | follow) sleep 0.01 2>/dev/null || { short=1; long=1; } ;;
esac

# Not sha256sum: some systems have only shasum.
if command -v sha256sum >/dev/null 2>&1; then sum=sha256sum; else sum='shasum -a 256'; fi

case $1 in
  # Holds the session. Ends it when the link is gone for $2 seconds and nobody else holds it.
  keep)
    missing=
    for tool in cat cut dd find grep kill mkdir mv readlink rm rmdir setsid sleep tail tar tr xargs; do
      command -v "$tool" >/dev/null 2>&1 || missing="$missing $tool"
    done
    command -v "${sum%% *}" >/dev/null 2>&1 || missing="$missing sha256sum"
    [ -d /proc/self ] || missing="$missing /proc"
    (umask "$given" && mkdir -p "$root") 2>/dev/null || refuse "folder"
    real=$(cd "$root" 2>/dev/null && pwd -P) && [ -w "$root" ] || refuse "folder"
    home=$(cd 2>/dev/null && pwd -P)
    [ "$real" != / ] && [ "$real" != "$home" ] || refuse "unsuitable"
    [ -z "$missing" ] || refuse "missing$missing"
    mkdir -p "$d/c" || refuse "folder"
    echo $$ > "$d/keeper"
    echo ready
    exec >/dev/null 2>&1
    cat > /dev/null
    round=0
    while [ "$(cat "$d/keeper" 2>/dev/null)" = $$ ]; do
      [ "$round" -lt "$2" ] || { stop_all; exit 0; }
      sleep 1
      round=$((round + 1))
    done
    ;;

  # Ends the session and everything in it.
  end)
    stop_all
    ;;

  # Takes the script of the command $2, which ends with a line that says so.
  lay)
    c=$d/c/$2
    mkdir -p "$c" && cat > "$c/script.$$" || exit 1
    [ "$(tail -n 1 "$c/script.$$")" = "# end" ] && mv "$c/script.$$" "$c/script"
    ;;

  # Runs the command $2 once, its output kept, and follows it. Its whole input comes first, ended by
  # $3 so that a link that was cut is not taken for its end.
  go)
    c=$d/c/$2
    [ -e "$c/script" ] || exit 255
    cat > "$c/in.$$"
    size=$(($(wc -c < "$c/in.$$") - ${#3}))
    if [ "$size" -lt 0 ] || [ "$(tail -c "${#3}" "$c/in.$$")" != "$3" ]; then
      rm -f "$c/in.$$"
      exit 255
    fi
    if mkdir "$c/started" 2>/dev/null; then
      if [ "$size" -eq 0 ]; then : > "$c/in"; else head -c "$size" "$c/in.$$" > "$c/in"; fi
      rm -f "$c/in.$$"
      setsid sh "$d/far-side" watch "$2" </dev/null >/dev/null 2>&1 &
    fi
    follow "$c" 0 0
    ;;

  watch)
    c=$d/c/$2
    : > "$c/out"
    : > "$c/err"
    umask "$given"
    setsid sh "$c/script" <"$c/in" >>"$c/out" 2>>"$c/err" &
    leader=$!
    umask 077
    echo "$leader" > "$c/leader"
    [ -e "$c/killed" ] && sweep "$2" "$leader"
    wait "$leader"
    code=$?
    count "$c"
    sweep "$2" "$leader"
    ended "$c" "$code"
    ;;

  follow)
    follow "$d/c/$2" "$3" "$4"
    ;;

  # Runs the command $2 once on the streams of this link, which die with it.
  live)
    c=$d/c/$2
    [ -e "$c/script" ] && mkdir "$c/started" 2>/dev/null || exit 255
    exec 3<&0 </dev/null
    umask "$given"
    setsid sh "$c/script" <&3 3<&- &
    leader=$!
    umask 077
    exec 3<&- >/dev/null 2>&1
    echo "$leader" > "$c/leader"
    [ -e "$c/killed" ] && sweep "$2" "$leader"
    wait "$leader"
    code=$?
    count "$c"
    sweep "$2" "$leader"
    ended "$c" "$code"
    leave "$code"
    ;;

  # Runs the command $2 once on the terminal of this link, which it shares with what reads this: what
  # is typed to end it is not for this one.
  seen)
    c=$d/c/$2
    [ -e "$c/script" ] && mkdir "$c/started" 2>/dev/null || exit 255
    trap : INT QUIT TSTP
    trap 'stop "$c"; exit 255' HUP
    umask "$given"
    sh -c 'echo $$ > "$0/leader" && exec sh "$0/script"' "$c"
    code=$?
    umask 077
    count "$c"
    [ -e "$c/killed" ] && exit 255
    sweep "$2" ''
    ended "$c" "$code"
    leave "$code"
    ;;

  # Says how far the command $2 is.
  state)
    c=$d/c/$2
    if [ -e "$c/code" ]; then
      echo "ended $(cat "$c/code")"
    elif [ -d "$c/started" ]; then
      echo started
    elif [ -d "$c" ]; then
      echo new
    else
      echo unknown
    fi
    ;;

  # Makes sure that the command $2 will not start, unless it has.
  forbid)
    mkdir "$d/c/$2/started" 2>/dev/null && echo forbidden
    ;;

  kill)
    [ -d "$d/c/$2" ] && stop "$d/c/$2"
    ;;

  drop)
    rm -rf "$d/c/$2"
    ;;

  # Describes the folder of the work: folders, programs, links with where they lead, files with what
  # the file system says of each, or with their hashes where find cannot tell. Names of two lines are
  # left out. Says at its end whether all of it was seen. Takes away what was kept of the command $2.
  scan)
    if [ -n "$2" ]; then
      [ -e "$d/c/$2/times" ] && echo used && tail -n 1 "$d/c/$2/times"
      rm -rf "$d/c/$2"
    fi
    cd "$root" || exit 3
    whole=" whole"
    echo folders
    find . -xdev -name "*$nl*" -prune -o -type d -print || whole=
    echo programs
    find . -xdev -name "*$nl*" -prune -o -type f -perm -100 -print || whole=
    echo links
    find . -xdev -name "*$nl*" -prune -o -type l -exec sh -c '
      for l; do
        t=$(readlink "$l")
        case $t in *"$0"*) t=/ ;; esac
        printf "%s\n%s\n" "$l" "$t"
      done' "$nl" {} + || whole=
    now=$(date +%s.%N)
    told=$(find /dev/null -prune -printf '%i %s %T@ %C@' 2>/dev/null | wc -w)
    case $now in *[!0-9.]* | .* | *.) told=0 ;; esac
    if [ "$told" -eq 4 ]; then
      echo stamps
      echo "$now"
      find . -xdev -name "*$nl*" -prune -o -type f -printf '%i %s %T@ %C@ %p\n' || whole=
    else
      echo files
      find . -xdev -name "*$nl*" -prune -o -type f -exec $sum {} + || whole=
    fi
    echo "end$whole"
    ;;

  # Writes the hashes of the files that are named on its input, up to the line $2.
  hash)
    cd "$root" || exit 3
    cat > "$d/hash.$$"
    if [ "$(tail -n 1 "$d/hash.$$")" = "$2" ]; then
      echo files
      grep '^\./' "$d/hash.$$" | tr '\n' '\0' | xargs -0 $sum -- 2>/dev/null
      echo end
    fi
    rm -f "$d/hash.$$"
    ;;

  # Writes an archive of the files that are named on its input.
  fetch)
    cd "$root" || exit 3
    cat > "$d/fetch.$$"
    tar -cf - -T "$d/fetch.$$"
    rm -f "$d/fetch.$$"
    ;;

  # Takes an archive and then $2, so that a link that was cut changes nothing.
  put)
    cat > "$d/put.$$"
    if [ "$(tail -c "${#2}" "$d/put.$$")" = "$2" ]; then
      (umask "$given" && tar -xof "$d/put.$$" -C "$root")
      code=$?
    else
      code=255
    fi
    rm -f "$d/put.$$"
    exit "$code"
    ;;

  # Deletes what is named on its input, up to the line $2: files and links after an f, empty folders
  # after a d.
  delete)
    cd "$root" || exit 3
    cat > "$d/delete.$$"
    if [ "$(tail -n 1 "$d/delete.$$")" = "$2" ]; then
      grep '^f' "$d/delete.$$" | cut -c 2- | tr '\n' '\0' | xargs -0 rm -f --
      grep '^d' "$d/delete.$$" | cut -c 2- | tr '\n' '\0' | xargs -0 rmdir -- 2>/dev/null
      code=0
    else
      code=255
    fi
    rm -f "$d/delete.$$"
    exit "$code"
    ;;

  *)
    exit 64
    ;;
esac
