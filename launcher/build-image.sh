# build_image HOME IMAGE: builds the program once, whoever else wants it at the same moment. Sourced by ./redoubt.

build_image() {
  lock=$1/cli/target/.image-lock
  if ! mkdir -p "$1/cli/target" 2>/dev/null || ! [ -w "$1/cli/target" ]; then
    echo "redoubt: it has to be built first, but $1 cannot be written: run ./redoubt --version there once as somebody who can" >&2
    return 4
  fi
  waited=
  while ! mkdir "$lock" 2>/dev/null; do
    owner=$(cat "$lock/pid" 2>/dev/null || :)
    if [ -n "$owner" ] && ! kill -0 "$owner" 2>/dev/null; then
      rm -rf "$lock"
      continue
    fi
    if [ -z "$waited" ]; then
      echo "redoubt: another build is running, waiting for it" >&2
      waited=y
    fi
    sleep 1
  done
  echo $$ >"$lock/pid"
  trap 'rm -rf "$lock"' EXIT
  trap 'exit 130' INT TERM

  if [ -n "$waited" ] && [ -r "$2/start.conf" ]; then
    status=0
  else
    echo "redoubt: building (the first time takes a few minutes)" >&2
    "$1/build" -q -Dgates=off -Dmaven.test.skip=true -pl cli -am package >"$1/cli/target/image-build.log" 2>&1
    status=$?
    if [ "$status" -eq 0 ] && [ ! -r "$2/start.conf" ]; then status=1; fi
    if [ "$status" -ne 0 ]; then
      tail -n 20 "$1/cli/target/image-build.log" >&2
      echo "redoubt: the build failed; all of it: $1/cli/target/image-build.log" >&2
      status=4
    fi
  fi
  rm -rf "$lock"
  trap - EXIT INT TERM
  return "$status"
}
