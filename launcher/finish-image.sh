#!/bin/sh
# Finishes a program image: prepares its jars, trains the JDK's start-up caches and writes down how to start.
# usage: finish-image.sh IMAGE JAVA_HOME TOOLS   (called by the build, after the jars are in IMAGE/lib; TOOLS: classes of image/)
set -eu
image=$1
jdk=$2
tools=$3
rm -f "$image/start.conf"

jar=$image/lib/redoubt.jar

# JDK 25 puts pattern switches together anew at each start, cache or not (ADR 0100).
"$jdk/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable -Xlog:all=error:stderr \
  -cp "$tools:$jar" dev.redoubt.image.PlainJars "$image/lib" >&2

# The JVM does not notice a changed jar behind a cache, so the cache is named by all jars and the JVM, and by this file,
# which has the flags.
identity=$(cat "$image"/lib/*.jar "$jdk/release" "$0" | sha256sum 2>/dev/null | cut -c1-16) || identity=
[ -n "$identity" ] || identity=$(cat "$image"/lib/*.jar "$jdk/release" "$0" | shasum -a 256 | cut -c1-16)

# train NAME WHAT: leaves in $trained the file name of the cache for WHAT, or nothing.
# The flags are those of ./redoubt: a cache is refused when they differ. Records of how often methods ran are left out:
# the JVM would compile them at each start, which takes longer than it saves. Without a cache everything works, only
# slower, so a training run that fails is said and not fatal.
train() {
  trained=$1-$identity.aot
  [ ! -f "$image/$trained" ] || return 0
  rm -f "$image/$1"-*.aot "$image/$1"-*.aot.tmp
  folder=$(mktemp -d)
  if "$jdk/bin/java" --enable-native-access=ALL-UNNAMED -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable -Xlog:all=error:stderr \
    -XX:+UnlockDiagnosticVMOptions -XX:-AOTRecordTraining \
    -XX:AOTCacheOutput="$image/$trained.tmp" -cp "$jar" dev.redoubt.cli.StartupTraining "$2" "$folder" >/dev/null 2>"$image/training.log" \
    && [ -f "$image/$trained.tmp" ]; then
    mv "$image/$trained.tmp" "$image/$trained"
    chmod go-w "$image/$trained"
  else
    echo "redoubt: no start-up cache could be made, commands start slower; see $image/training.log" >&2
    trained=
  fi
  rm -rf "$folder"
}

train start others
start_cache=$trained
train scan scan
scan_cache=$trained
train guard guard
guard_cache=$trained
train hook hook
hook_cache=$trained
train run run
run_cache=$trained

{
  echo "jdk='$jdk'"
  echo "cache='$start_cache'"
  echo "scan_cache='$scan_cache'"
  echo "guard_cache='$guard_cache'"
  echo "hook_cache='$hook_cache'"
  echo "run_cache='$run_cache'"
} >"$image/start.conf.tmp"
mv "$image/start.conf.tmp" "$image/start.conf"
