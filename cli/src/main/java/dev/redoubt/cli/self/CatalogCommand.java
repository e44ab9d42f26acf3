// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.self;

import dev.redoubt.advisory.database.AdvisoryDatabase;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.scan.api.Extractor;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Need;
import dev.redoubt.scan.api.Plugin;
import dev.redoubt.scan.extractors.BuiltInExtractors;
import dev.redoubt.scan.matchers.BuiltInMatchers;
import dev.redoubt.scan.matchers.advisories.AdvisoryMatcher;
import dev.redoubt.secrets.Fingerprints;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Collectors;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt catalog`: lists every plugin with its id, its class, what it needs and its page.
public final class CatalogCommand implements Command {

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addOption(
            OptionSpec.builder("--markdown")
                .description("Print the tables of docs/catalog/README.md.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt catalog", "redoubt catalog --markdown > docs/catalog/README.md");
  }

  @Override
  public int run(Call call) {
    PrintStream out = call.world().out();
    if (call.has("--markdown")) {
      out.print(markdown(call.globals().dataDir()));
      return ExitCode.OK;
    }
    for (Plugin plugin : extractors()) {
      out.println(line("extractor", "extractors", plugin));
    }
    for (Plugin plugin : matchers(call.globals().dataDir())) {
      out.println(line("matcher", "matchers", plugin));
    }
    return ExitCode.OK;
  }

  private static String line(String kind, String folder, Plugin plugin) {
    return "%-9s  %-32s  %-12s  %s  docs/catalog/%s/%s.md"
        .formatted(
            kind, plugin.id(), needs(plugin), plugin.getClass().getName(), folder, plugin.id());
  }

  /// Returns the page that lists all plugins.
  static String markdown(Path dataDir) {
    StringBuilder text =
        new StringBuilder("# Catalogue\n\nPrinted by `redoubt catalog --markdown`.\n");
    table(text, "Extractors", "extractors", extractors());
    table(text, "Matchers", "matchers", matchers(dataDir));
    return text.toString();
  }

  /* With a repository, so that the list says who would read one. */
  private static List<Extractor> extractors() {
    return BuiltInExtractors.all(Fingerprints.NONE, Optional.of(Path.of(".m2", "repository")));
  }

  private static List<Matcher> matchers(Path dataDir) {
    List<Matcher> matchers = new ArrayList<>();
    matchers.add(new AdvisoryMatcher(AdvisoryDatabase.open(dataDir)));
    matchers.addAll(BuiltInMatchers.all());
    return matchers;
  }

  private static void table(
      StringBuilder text, String heading, String folder, List<? extends Plugin> plugins) {
    text.append("\n## ").append(heading).append("\n\n| id | class | needs |\n|---|---|---|\n");
    for (Plugin plugin : plugins) {
      text.append(
          "| [%s](%s/%s.md) | `%s` | %s |\n"
              .formatted(
                  plugin.id(),
                  folder,
                  plugin.id(),
                  plugin.getClass().getSimpleName(),
                  needs(plugin)));
    }
  }

  private static String needs(Plugin plugin) {
    String needs =
        plugin.needs().stream()
            .map(Need::name)
            .map(name -> name.toLowerCase(Locale.ROOT))
            .sorted()
            .collect(Collectors.joining(", "));
    return needs.isEmpty() ? "nothing" : needs;
  }
}
