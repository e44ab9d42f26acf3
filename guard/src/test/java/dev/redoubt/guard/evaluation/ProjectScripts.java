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

      On 2026-11-22, with the guard of the commit that brought this section, the same was counted on
      text of others. No line was denied.

      | text of | lines | allowed | asked | denied |
      |---|---|---|---|---|
      | `package.json` of Express, Vite, Prettier, axios, Fastify and Nest | 106 | 19 | 87 | 0 |
      | Makefiles of fzf, Requests and Gin | 48 | 20 | 28 | 0 |
      | workflows of pyenv | 48 | 10 | 38 | 0 |

      Why asked there: programs, tasks and scripts of the project itself that no manual speaks of
      (`node bin/x.js`, `release-it`; 55 of the scripts, 6 of the recipes, 12 of the steps);
      installs, fixes and releases (26, 19, 2); templates and Python in place of shell (19 steps);
      variables nobody knows (6, 1, 4).
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
