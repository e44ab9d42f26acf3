// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Nature;
import java.util.List;
import java.util.Set;

/// `webpack` and `webpack build`; `serve`, `watch`, `init` and the other verbs are questions.
///
/// Source: the command-line reference of webpack-cli 6.
final class WebpackManual implements Manual {

  private static final Set<String> NAMES = Set.of("webpack", "webpack-cli");

  private static final Table TABLE =
      BundleShelf.bundles()
          .configured("webpack")
          .flags("-h --help --version --bail --no-bail --cache --no-cache --color --no-color")
          .flags("--fail-on-warnings --no-stats --no-devtool --no-progress --profile --merge")
          .flags("--disable-interpret --no-optimization-minimize --optimization-minimize")
          .following("--stats --progress")
          .values("--mode --env --node-env --config-node-env --config-name --name -dt --devtool")
          .values("--target --output-filename --output-public-path")
          .values(Meaning.READS, "--entry")
          .values(Meaning.CONFIG, "-c --config --extends")
          .values(Meaning.WRITES, "-o --output-path")
          .following(Meaning.WRITES, "-j --json")
          .flags(Meaning.CHANGES, "-w --watch --analyze --hot --output-clean")
          .operands(Operands.READ)
          .build();

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of webpack", List.of());
    }
    List<Arg> arguments = call.arguments();
    String first = arguments.isEmpty() ? "" : Builds.texts(arguments).getFirst();
    boolean verb = first.equals("build") || first.equals("bundle");
    Arguments read = TABLE.read(verb ? arguments.subList(1, arguments.size()) : arguments);
    Draft draft = new Draft(TableReading.of("webpack", TABLE, read));
    for (Arg operand : read.operands()) {
      // A word without a slash or a dot can be a verb.
      if (operand instanceof Arg.Known(String text) && !text.contains("/") && !text.contains(".")) {
        draft.raise(Nature.UNKNOWN, "webpack " + text + " is not judged");
      }
    }
    return Builds.withoutAddresses(call, Builds.here(draft.done()));
  }
}
