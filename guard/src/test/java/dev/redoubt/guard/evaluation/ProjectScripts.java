// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.evaluation;

import dev.redoubt.guard.Decision;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/// What the guard says to the scripts of projects when an agent runs their text as a command.
final class ProjectScripts {

  /* Counted by hand on files that are not in this repository; a test cannot repeat it. */
  private static final String ELSEWHERE =
      """

      On 2026-11-22 the same was counted on text of others, before and with the commit that brought
      manuals for bundlers, checkers and runners of many projects. No line was denied. The scripts of
      the first row were read while those manuals were written, the second row was counted only
      afterwards for the first time (23 allowed then); it was read after that too, for common forms.

      | text of | lines | allowed before | allowed | asked |
      |---|---|---|---|---|
      | `package.json` of Express, Vite, axios, Fastify and RxJS, and old ones of Nest and Prettier | 121 | 27 | 50 | 71 |
      | `package.json` of Koa, Yargs, Winston, Commander, Socket.IO, Zod and Got | 59 | 18 | 28 | 31 |
      | Makefiles of fzf, Requests and Gin, not repeated | 48 | 20 | | 28 |
      | workflows of pyenv, not repeated | 48 | 10 | | 38 |

      Why still asked: scripts and programs of the project itself that no manual can speak of
      (`node bin/x.js`, `borp`); what fixes, formats in place, deletes, installs or releases
      (`eslint --fix`, `rimraf dist`); what stays (`vitest`, `nodemon`); modules that are loaded by
      path (`mocha --require test/setup`); tasks whose name says nothing plain (`docs:dev`).
      """;

  private ProjectScripts() {}

  static List<Corpus.Line> lines() {
    return Corpus.text("project-scripts.txt");
  }

  static String section() {
    Map<String, int[]> groups = new LinkedHashMap<>();
    Map<String, Integer> rules = new TreeMap<>();
    for (Corpus.Line line : lines()) {
      int[] count = groups.computeIfAbsent(line.group(), _ -> new int[4]);
      Decision decision = Bench.judge(line.text()).decision();
      count[0]++;
      count[1 + decision.strictness()]++;
      if (decision.strictness() > 0) {
        rules.merge(decision.rule(), 1, Integer::sum);
      }
    }
    StringBuilder page =
        new StringBuilder("\n## Scripts of projects\n\n")
            .append(
                "The text of a script run as a command. A task runner that is asked to run the\n")
            .append("script by its name is one line of the ordinary corpus.\n\n")
            .append("| kind | lines | allowed | asked | denied |\n|---|---|---|---|---|\n");
    groups.forEach((group, count) ->
        page.append(
            "| %s | %d | %d | %d | %d |\n"
                .formatted(group, count[0], count[1], count[2], count[3])));
    page.append("\nWhy asked: ");
    rules.entrySet().stream()
        .sorted(
            Map.Entry.<String, Integer>comparingByValue(Comparator.reverseOrder())
                .thenComparing(Map.Entry.comparingByKey()))
        .forEach(rule -> page.append("`%s` %d, ".formatted(rule.getKey(), rule.getValue())));
    page.setLength(page.length() - 2);
    return page.append(".\n").append(ELSEWHERE).toString();
  }
}
