// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import dev.redoubt.sandbox.wall.ResourceLimits;
import dev.redoubt.sandbox.wall.WallException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Set;

/// What an operator's `options.sandbox.docker.extra-args` come to.
///
/// Only options on a written list are taken, each as `--name VALUE` or `--name=VALUE` with its long
/// name. None of them can widen what a container sees, reaches or may use: limits only go down.
///
/// @param limits what a container may use, lowered
/// @param options the further options, ready for `docker run`
record ExtraArgs(ResourceLimits limits, List<String> options) {

  private static final Set<String> HARMLESS =
      Set.of("--label", "--env", "--hostname", "--shm-size", "--cpu-shares", "--stop-timeout");
  private static final String TAKEN =
      "--label, --env NAME=VALUE, --hostname, --shm-size, --cpu-shares, --stop-timeout, --ulimit"
          + " nofile=N, --cpus, --memory, --pids-limit";

  ExtraArgs {
    options = List.copyOf(options);
  }

  /// Returns what `args` come to beside `limits`.
  ///
  /// @throws WallException if one of them is not on the list
  static ExtraArgs of(List<String> args, ResourceLimits limits) throws WallException {
    ResourceLimits lowered = limits;
    List<String> options = new ArrayList<>();
    for (Iterator<String> rest = args.iterator(); rest.hasNext(); ) {
      String arg = rest.next();
      int equals = arg.indexOf('=');
      String name = equals < 0 ? arg : arg.substring(0, equals);
      if (!isTaken(name)) {
        throw WallException.refused(
            "\"%s\" is not an option a container may be given".formatted(arg),
            "options.sandbox.docker.extra-args takes " + TAKEN);
      }
      if (equals < 0 && !rest.hasNext()) {
        throw refused(name, "", "it has no value");
      }
      String value = equals < 0 ? rest.next() : arg.substring(equals + 1);
      switch (name) {
        case "--cpus", "--memory", "--pids-limit" -> lowered = lowered(lowered, name, value);
        default -> options.add(name + "=" + harmless(name, value));
      }
    }
    return new ExtraArgs(lowered, options);
  }

  /// Returns the same for an engine of `cpus` processors, which refuses to be asked for more.
  ExtraArgs on(int cpus) {
    return new ExtraArgs(
        new ResourceLimits(
            limits.processes(),
            limits.memoryBytes(),
            limits.fileBytes(),
            limits.temporaryBytes(),
            Math.min(limits.cpus(), Math.max(1, cpus) * 100)),
        options);
  }

  private static boolean isTaken(String name) {
    return HARMLESS.contains(name)
        || switch (name) {
          case "--cpus", "--memory", "--pids-limit", "--ulimit" -> true;
          default -> false;
        };
  }

  private static String harmless(String name, String value) throws WallException {
    boolean good =
        switch (name) {
          case "--label" -> !value.isEmpty() && !value.startsWith(Leftovers.LABEL);
          case "--env" -> isAssignment(value);
          case "--hostname" -> isHostName(value);
          case "--shm-size" -> bytes(value) > 0 && bytes(value) <= 1L << 30;
          case "--ulimit" -> value.startsWith("nofile=") && isNumber(value.substring(7));
          default -> isNumber(value);
        };
    if (!good) {
      throw refused(name, value, "that value is not taken");
    }
    return value;
  }

  /* Without a value the client would take its own, which is this machine's. */
  private static boolean isAssignment(String value) {
    int equals = value.indexOf('=');
    return equals > 0 && ContainerEnvironment.isName(value.substring(0, equals));
  }

  private static boolean isHostName(String value) {
    return !value.isEmpty()
        && value.length() <= 63
        && value
            .chars()
            .allMatch(c -> c == '-' || c == '.' || (c < 128 && Character.isLetterOrDigit(c)));
  }

  private static boolean isNumber(String value) {
    return !value.isEmpty()
        && value.length() <= 9
        && value.chars().allMatch(c -> c >= '0' && c <= '9');
  }

  private static ResourceLimits lowered(ResourceLimits limits, String name, String value)
      throws WallException {
    long given =
        switch (name) {
          case "--memory" -> bytes(value);
          case "--cpus" -> hundredths(value);
          default -> isNumber(value) ? Long.parseLong(value) : -1;
        };
    long most =
        switch (name) {
          case "--memory" -> limits.memoryBytes();
          case "--cpus" -> limits.cpus();
          default -> limits.processes();
        };
    if (given < 1 || given > most) {
      throw refused(name, value, "a limit only goes down here, and not to nothing");
    }
    return new ResourceLimits(
        name.equals("--pids-limit") ? (int) given : limits.processes(),
        name.equals("--memory") ? given : limits.memoryBytes(),
        limits.fileBytes(),
        limits.temporaryBytes(),
        name.equals("--cpus") ? (int) given : limits.cpus());
  }

  /* 64, 64b, 64k, 64m, 64g, in either case. */
  private static long bytes(String value) {
    if (value.isEmpty()) {
      return -1;
    }
    int shift =
        switch (value.charAt(value.length() - 1)) {
          case 'b', 'B' -> 0;
          case 'k', 'K' -> 10;
          case 'm', 'M' -> 20;
          case 'g', 'G' -> 30;
          default -> -1;
        };
    String number = shift < 0 ? value : value.substring(0, value.length() - 1);
    return isNumber(number) ? Long.parseLong(number) << Math.max(0, shift) : -1;
  }

  private static long hundredths(String value) {
    int point = value.indexOf('.');
    String whole = point < 0 ? value : value.substring(0, point);
    String part = point < 0 ? "" : value.substring(point + 1);
    if (!isNumber(whole) || whole.length() > 4 || (point >= 0 && !isNumber(part))) {
      return -1;
    }
    return Long.parseLong(whole) * 100 + Long.parseLong((part + "00").substring(0, 2));
  }

  private static WallException refused(String name, String value, String reason) {
    return WallException.refused(
        "\"%s %s\" in options.sandbox.docker.extra-args: %s".formatted(name, value, reason), "");
  }
}
