// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.docker;

import static java.util.Objects.requireNonNull;

import java.nio.file.Path;
import java.util.List;

/// A folder or file of this machine that a container sees.
///
/// @param source on this machine, absolute
/// @param target in the container, absolute
/// @param mode whether it may be changed there
public record ContainerMount(Path source, String target, Mode mode) {

  /// Whether a mount may be changed.
  public enum Mode {
    READ_ONLY,
    WRITABLE,
    /// The source is a staging area: an overlay of what it lies over, which takes up every change.
    STAGED
  }

  public ContainerMount {
    requireNonNull(source, "source");
    requireNonNull(target, "target");
    requireNonNull(mode, "mode");
    if (!source.isAbsolute() || !target.startsWith("/")) {
      throw new IllegalArgumentException(
          "\"%s\" or \"%s\" is not an absolute path".formatted(source, target));
    }
  }

  /// Returns the value of `--mount`. What is mounted below the source does not come along: an
  /// engine leaves it writable below a read-only mount.
  String option(Recursion recursion) {
    List<String> fields = mode == Mode.STAGED ? overlay() : bind(recursion);
    return String.join(",", fields.stream().map(ContainerMount::quoted).toList());
  }

  /* Without "nocopy" the engine fills it with what the image has there. It goes with the container:
   * it has no name. */
  private List<String> overlay() {
    return List.of(
        "type=volume",
        "target=" + target,
        "volume-nocopy=true",
        "volume-driver=local",
        "volume-opt=type=overlay",
        "volume-opt=device=overlay",
        "volume-opt=o=lowerdir=%1$s/lower,upperdir=%1$s/upper,workdir=%1$s/work-docker,userxattr,index=off,xino=off"
            .formatted(source));
  }

  private List<String> bind(Recursion recursion) {
    return List.of(
        "type=bind",
        "source=" + source,
        "target=" + target,
        recursion.off(),
        mode == Mode.READ_ONLY ? "readonly=true" : "readonly=false");
  }

  /* The client reads the value as a line of comma separated values. */
  private static String quoted(String field) {
    return field.indexOf(',') < 0 && field.indexOf('"') < 0
        ? field
        : "\"" + field.replace("\"", "\"\"") + "\"";
  }

  /// How a client is told not to take along what is mounted below: the word changed with version
  /// 25.
  enum Recursion {
    OLD("bind-nonrecursive=true"),
    NEW("bind-recursive=disabled");

    private final String off;

    Recursion(String off) {
      this.off = off;
    }

    String off() {
      return off;
    }

    static Recursion of(int clientMajor) {
      return clientMajor >= 25 ? NEW : OLD;
    }
  }
}
