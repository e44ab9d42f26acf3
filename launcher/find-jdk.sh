# Sets $jdk to the home of a JDK 25 or newer and returns 0, or returns 1. Sourced by ./build and ./redoubt.
# A JDK says its version in its "release" file, so nothing has to be started to ask.

is_jdk_25() {
  [ -n "$1" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] || return 1
  while IFS= read -r line; do
    case $line in
      'JAVA_VERSION="25'[.\"]* | 'JAVA_VERSION="25'-*) return 0 ;;
    esac
  done <"$1/release"
  return 1
}

find_jdk() {
  for jdk in "${JAVA_HOME:-}" "${JDK25_HOME:-}" \
    /usr/lib/jvm/*25* /usr/lib64/jvm/*25* /usr/java/*25* /opt/*jdk*25* /opt/java/*25* \
    "${HOME:-/nonexistent}"/.sdkman/candidates/java/25* "${HOME:-/nonexistent}"/.jdks/*25* \
    "${HOME:-/nonexistent}"/.local/share/mise/installs/java/*25* "${HOME:-/nonexistent}"/.asdf/installs/java/*25* \
    /Library/Java/JavaVirtualMachines/*25*/Contents/Home /opt/homebrew/opt/openjdk@25/libexec/openjdk.jdk/Contents/Home; do
    if is_jdk_25 "$jdk"; then return 0; fi
  done
  if command -v javac >/dev/null 2>&1; then
    jdk=$(CDPATH= cd -- "$(dirname -- "$(readlink -f -- "$(command -v javac)")")/.." && pwd -P)
    if is_jdk_25 "$jdk"; then return 0; fi
  fi
  jdk=
  return 1
}
