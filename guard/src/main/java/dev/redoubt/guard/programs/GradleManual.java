// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.Set;

/// `gradle` and its wrapper.
///
/// Every call runs the build scripts, `--version` of the wrapper too. Another script or settings
/// file, properties, `--include-build` and `--scan`, which publishes, are questions. `properties`
/// is none of the plain tasks because it prints the person's own.
///
/// Sources: the command-line reference of Gradle 8 and 9.
final class GradleManual implements Manual {

  private static final Set<String> NAMES = Set.of("gradle", "gradlew");

  private static final Table TABLE =
      Table.of(Nature.BUILD, "builds with what the workspace says")
          .flags("-qiwdsSmavh --quiet --info --warn --debug --stacktrace --full-stacktrace --help")
          .flags("--offline --parallel --no-parallel --daemon --no-daemon --build-cache --version")
          .flags("--no-build-cache --configuration-cache --no-configuration-cache --continue")
          .flags("--no-continue --dry-run --rerun-tasks --rerun --no-rebuild --profile --no-scan")
          .flags("--refresh-dependencies --watch-fs --no-watch-fs --configure-on-demand --status")
          .flags("--no-configure-on-demand --foreground --problems-report --no-problems-report")
          .flags("--fail-fast --all --no-search-upward")
          .values("-x --exclude-task --tests --configuration --dependency --console --task")
          .values("--warning-mode --max-workers --priority")
          .values(Meaning.FOLDER, "-p --project-dir")
          .flags(Meaning.CHANGES, "--scan --stop -t --continuous --write-locks")
          .values(Meaning.CHANGES, "-I --init-script -b --build-file -c --settings-file -g")
          .values(Meaning.CHANGES, "--gradle-user-home --project-cache-dir -DP --include-build")
          .values(Meaning.CHANGES, "--system-prop --project-prop --update-locks -F -M")
          .values(Meaning.CHANGES, "--dependency-verification --write-verification-metadata")
          .build();

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    Arguments arguments = TABLE.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions(call.name(), TABLE, arguments));
    for (Arg task : arguments.operands()) {
      if (!(task instanceof Arg.Known(String path)) || !isPlain(path)) {
        draft.raise(Nature.UNKNOWN, call.name() + " " + task.shown() + " is not a plain task");
      }
    }
    return Builds.done(draft, arguments);
  }

  /// Whether the last part of `:module:task` is a plain task.
  private static boolean isPlain(String path) {
    String task = path.substring(path.lastIndexOf(':') + 1);
    return switch (task) {
      case "tasks", "projects", "dependencies", "buildEnvironment", "dependencyInsight" -> true;
      case "outgoingVariants", "resolvableConfigurations", "javaToolchains" -> true;
      default -> Tasks.isPlain(task);
    };
  }
}
