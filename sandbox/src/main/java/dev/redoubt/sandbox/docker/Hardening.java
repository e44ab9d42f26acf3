// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import dev.redoubt.sandbox.wall.ResourceLimits;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// Hardens one line.
final class Hardening {
  private final RunLine line;
  private final HardenedRun.Terms terms;
  private final List<String> kept = new ArrayList<>();
  private final List<ContainerMount> mounts = new ArrayList<>();
  private String user;

  Hardening(RunLine line, HardenedRun.Terms terms) {
    this.line = line;
    this.terms = terms;
    this.user = terms.user();
  }

  /// Returns what becomes of the line.
  HardenedRun harden() {
    for (RunLine.Given given : line.options()) {
      Optional<String> objection = take(given);
      if (objection.isPresent()) {
        return new HardenedRun.Refused(objection.get());
      }
    }
    List<String> argv = new ArrayList<>(List.of(line.program(), "run"));
    argv.addAll(kept);
    argv.addAll(ours());
    argv.add(line.image());
    argv.addAll(line.arguments());
    return new HardenedRun.Hardened(argv, line.image(), mounts);
  }

  private List<String> ours() {
    ResourceLimits limits = terms.limits();
    return List.of(
        "--rm=true",
        "--pull=never",
        "--network=" + terms.network(),
        "--user=" + user,
        "--cap-drop=ALL",
        "--security-opt=no-new-privileges",
        "--read-only=true",
        "--tmpfs=/tmp:rw,nosuid,nodev,exec,mode=1777,size=" + limits.temporaryBytes(),
        "--ipc=private",
        "--pids-limit=" + limits.processes(),
        "--memory=" + limits.memoryBytes(),
        "--memory-swap=" + limits.memoryBytes(),
        "--cpus=" + ContainerPlan.cpus(limits));
  }

  private Optional<String> take(RunLine.Given given) {
    return switch (given.option().treatment()) {
      case KEEP -> {
        if (!given.option().name().equals("rm")) {
          kept.add(given.word());
        }
        yield Optional.empty();
      }
      case DROP -> Optional.empty();
      case REFUSE ->
          given.option().taking() == RunOption.Taking.NOTHING && !given.isOn()
              ? Optional.empty()
              : refusal(given);
      case JUDGE -> judge(given);
    };
  }

  private Optional<String> judge(RunLine.Given given) {
    String value = given.value();
    return switch (given.option().name()) {
      case "volume" -> mount(given, MountText.ofVolume(value));
      case "mount" -> mount(given, MountText.ofMount(value));
      case "tmpfs" -> {
        int colon = value.indexOf(':');
        String target = colon < 0 ? value : value.substring(0, colon);
        yield MountText.isTarget(target) ? empty(target) : refusal(given);
      }
      case "user" -> {
        user = isOrdinary(value) ? value : user;
        yield Optional.empty();
      }
      case "network", "net" -> isShared(value) ? refusal(given) : Optional.empty();
      case "privileged", "oom-kill-disable", "detach" ->
          given.isOn() ? refusal(given) : Optional.empty();
      case "ipc" ->
          switch (value) {
            case "", "none", "private" -> Optional.empty();
            default -> refusal(given);
          };
      case "cgroupns" ->
          switch (value) {
            case "", "private" -> Optional.empty();
            default -> refusal(given);
          };
      case "security-opt" ->
          switch (value) {
            case "no-new-privileges", "no-new-privileges:true", "no-new-privileges=true" ->
                Optional.empty();
            default -> refusal(given);
          };
      default -> value.isEmpty() ? Optional.empty() : refusal(given);
    };
  }

  /* Two numbers above nothing: a name is whatever the image says it is. */
  private static boolean isOrdinary(String user) {
    String[] parts = user.split(":", -1);
    if (parts.length > 2) {
      return false;
    }
    for (String part : parts) {
      boolean number =
          !part.isEmpty()
              && part.length() <= 9
              && part.chars().allMatch(c -> c >= '0' && c <= '9')
              && Long.parseLong(part) > 0;
      if (!number) {
        return false;
      }
    }
    return parts.length == 2;
  }

  private static boolean isShared(String network) {
    return network.equals("host") || network.indexOf(':') >= 0 || network.indexOf('=') >= 0;
  }

  private Optional<String> mount(RunLine.Given given, MountText text) {
    return switch (text) {
      case MountText.Bad(String reason) ->
          Optional.of("--%s %s".formatted(given.option().name(), reason));
      case MountText.Empty(String target) -> empty(target);
      case MountText.Kept(String name, String target, ContainerMount.Mode mode) -> {
        kept.add(
            "--mount=type=volume,source=%s,target=%s%s"
                .formatted(
                    name, target, mode == ContainerMount.Mode.READ_ONLY ? ",readonly=true" : ""));
        yield target.indexOf(',') >= 0 || target.indexOf('"') >= 0
            ? refusal(given)
            : Optional.empty();
      }
      case MountText.OfMachine(ContainerMount mount) -> {
        Optional<String> objection = terms.objection().apply(mount);
        if (objection.isEmpty()) {
          mounts.add(mount);
          kept.add("--mount=" + mount.option(ContainerMount.Recursion.OLD));
        }
        yield objection;
      }
    };
  }

  private Optional<String> empty(String target) {
    kept.add(
        "--tmpfs=%s:rw,nosuid,nodev,mode=1777,size=%d"
            .formatted(target, terms.limits().temporaryBytes()));
    return Optional.empty();
  }

  private static Optional<String> refusal(RunLine.Given given) {
    return Optional.of("%s gives a container more than it may have".formatted(given.word()));
  }
}
