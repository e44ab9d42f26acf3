// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Arguments.Used;
import java.util.Set;

/// `mvn`, its daemon and its wrapper.
///
/// Every call runs what the checkout says, `--version` too: `.mvn/jvm.config` and
/// `.mvn/extensions.xml` are read first. Phases that stay in `target` and goals that check are a
/// build; goals by full coordinates, `exec:exec`, `deploy` and another project file are questions.
/// Of the properties only those pass that select, skip or show.
///
/// Sources: `mvn --help` of Maven 3.9 and 4, the pages of the lifecycle and of each plugin named.
final class MavenManual implements Manual {

  private static final Set<String> NAMES = Set.of("mvn", "mvnd", "mvnw");

  private static final Table TABLE =
      Table.of(Nature.BUILD, "builds with what the workspace says")
          .words()
          .flags("-q --quiet -B --batch-mode -o --offline -X --debug -e --errors -V --show-version")
          .flags("-v --version -h --help -am --also-make -amd --also-make-dependents -fae -ff -fn")
          .flags("--fail-at-end --fail-fast --fail-never -N --non-recursive -U --update-snapshots")
          .flags("-nsu --no-snapshot-updates -ntp --no-transfer-progress -C --strict-checksums")
          .flags("-r --resume -itr --ignore-transitive-repositories --non-interactive -x --verbose")
          .values("-T --threads -pl --projects -rf --resume-from --color -P --activate-profiles")
          .prefixes(Meaning.HARMLESS, "-T -P -D")
          .values("-D --define")
          .values(Meaning.WRITES, "-l --log-file")
          .values(Meaning.CHANGES, "-f --file -s --settings -gs --global-settings -t --toolchains")
          .values(Meaning.CHANGES, "-gt --global-toolchains -is --install-settings -b --builder")
          .values(Meaning.CHANGES, "-ps --project-settings -emp --encrypt-master-password -ep")
          .values(Meaning.CHANGES, "--encrypt-password")
          .build();

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    Arguments arguments = TABLE.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions(call.name(), TABLE, arguments));
    for (Used one : arguments.used()) {
      if (one.name().equals("-D") || one.name().equals("--define")) {
        property(draft, one.value() instanceof Arg.Known(String text) ? text : "");
      }
    }
    for (Arg goal : arguments.operands()) {
      if (!(goal instanceof Arg.Known(String text)) || !isPlain(text)) {
        draft.raise(Nature.UNKNOWN, call.name() + " " + goal.shown() + " is not a plain goal");
      }
    }
    boolean asks = arguments.has("-v", "--version", "-h", "--help");
    if (arguments.operands().isEmpty() && !asks) {
      draft.raise(Nature.UNKNOWN, call.name() + " without a goal does what the project says");
    }
    return Builds.done(draft, arguments);
  }

  private static boolean isPlain(String goal) {
    return switch (goal) {
      case "validate", "initialize", "generate-sources", "process-sources", "generate-resources" ->
          true;
      case "process-resources", "compile", "process-classes", "generate-test-sources" -> true;
      case "process-test-sources", "generate-test-resources", "process-test-resources" -> true;
      case "test-compile", "process-test-classes", "test", "prepare-package", "package" -> true;
      case "pre-integration-test", "integration-test", "post-integration-test", "verify" -> true;
      case "clean", "pre-clean", "post-clean", "site" -> true;
      case "dependency:tree", "dependency:list", "dependency:analyze", "dependency:resolve" -> true;
      case "help:describe", "help:evaluate", "help:effective-pom", "help:active-profiles" -> true;
      case "help:all-profiles", "versions:display-dependency-updates", "enforcer:enforce" -> true;
      case "versions:display-plugin-updates", "versions:display-property-updates" -> true;
      case "compiler:compile", "compiler:testCompile", "resources:resources", "surefire:test" ->
          true;
      case "resources:testResources", "failsafe:integration-test", "failsafe:verify" -> true;
      case "spotless:check", "checkstyle:check", "checkstyle:checkstyle", "pmd:check" -> true;
      case "pmd:pmd", "spotbugs:check", "spotbugs:spotbugs", "license:check", "fmt:check" -> true;
      case "formatter:validate", "jacoco:report", "jacoco:check", "javadoc:javadoc" -> true;
      default -> false;
    };
  }

  private static void property(Draft draft, String text) {
    if (text.startsWith("expression=") && !text.startsWith("expression=project.")) {
      draft.raise(Nature.UNKNOWN, "the value of \"" + text + "\" could be a secret");
    }
    int equals = text.indexOf('=');
    String name = equals < 0 ? text : text.substring(0, equals);
    boolean plain =
        switch (name) {
          case "skipTests", "skipITs", "skipUTs", "skipIT", "maven.test.skip", "test", "it.test" ->
              true;
          case "surefire.failIfNoSpecifiedTests", "failIfNoTests", "failIfNoSpecifiedTests" -> true;
          case "surefire.failIfNoTests", "failsafe.failIfNoSpecifiedTests", "groups" -> true;
          case "excludedGroups", "maven.test.failure.ignore", "surefire.rerunFailingTestsCount" ->
              true;
          case "surefire.useFile", "trimStackTrace", "style.color", "enforcer.skip" -> true;
          case "surefire.printSummary", "surefire.reportFormat", "surefire.trimStackTrace" -> true;
          case "checkstyle.skip", "spotless.check.skip", "spotbugs.skip", "pmd.skip", "cpd.skip" ->
              true;
          case "jacoco.skip", "rat.skip", "license.skip", "maven.javadoc.skip" -> true;
          case "maven.source.skip", "maven.compiler.release", "maven.compiler.source" -> true;
          case "maven.compiler.target", "maven.compiler.showWarnings", "verbose", "includes" ->
              true;
          case "excludes", "scope", "detail", "expression", "forceStdout", "outputType" -> true;
          case "java.awt.headless", "file.encoding", "project.build.sourceEncoding" -> true;
          case "goal", "plugin", "org.slf4j.simpleLogger.defaultLogLevel" -> true;
          default -> name.startsWith("org.slf4j.simpleLogger.log.org.apache.maven.");
        };
    if (!plain) {
      draft.raise(Nature.UNKNOWN, "what the property \"" + name + "\" does is not known");
    }
  }
}
