#!/bin/sh
# Finishes a program image: trains the JDK's start-up cache and writes down how to start.
# usage: finish-image.sh IMAGE JAVA_HOME        (called by the build, after the jars are in IMAGE/lib)
set -eu
image=$1
jdk=$2
rm -f "$image/start.conf"

jar=$image/lib/redoubt.jar
# The JVM does not notice a changed jar behind a cache, so the cache is named by all jars and the JVM.
identity=$(cat "$image"/lib/*.jar "$jdk/release" | sha256sum 2>/dev/null | cut -c1-16) || identity=
[ -n "$identity" ] || identity=$(cat "$image"/lib/*.jar "$jdk/release" | shasum -a 256 | cut -c1-16)
cache=$image/start-$identity.aot

if [ ! -f "$cache" ]; then
  rm -f "$image"/start-*.aot "$image"/start-*.aot.tmp
  # The flags are those of ./redoubt: a cache is refused when they differ. Without a cache everything
  # works, only slower, so a training run that fails is said and not fatal.
  if "$jdk/bin/java" -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Xlog:disable -Xlog:all=error:stderr \
    -XX:AOTCacheOutput="$cache.tmp" -cp "$jar" dev.redoubt.cli.StartupTraining >/dev/null 2>"$image/training.log" \
    && [ -f "$cache.tmp" ]; then
    mv "$cache.tmp" "$cache"
    chmod go-w "$cache"
  else
    echo "redoubt: no start-up cache could be made, commands start slower; see $image/training.log" >&2
    cache=
  fi
fi

{
  echo "jdk='$jdk'"
  echo "cache='${cache##*/}'"
} >"$image/start.conf.tmp"
mv "$image/start.conf.tmp" "$image/start.conf"
