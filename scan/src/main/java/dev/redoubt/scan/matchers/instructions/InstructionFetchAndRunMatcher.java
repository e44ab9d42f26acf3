// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.instructions;

import dev.redoubt.model.Finding;
import dev.redoubt.model.InstructionFile;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reports instructions to download something and run it.
///
/// High: a script that is piped into an interpreter or run after it was fetched. Medium: a package
/// installed straight from an address. Low: the documented installer of a well-known tool, over
/// HTTPS from its own host. A warning against it is fine.
public final class InstructionFetchAndRunMatcher implements Matcher {

  private static final PluginId ID = new PluginId("instruction-fetch-and-run");
  private static final String FETCH =
      "(?:curl|wget|fetch|iwr|irm|invoke-webrequest|invoke-restmethod)\\b";
  private static final String SHELL =
      "(?:sudo (?:-\\S+ )*)?(?:/usr)?(?:/bin/)?(?:env"
          + " )?(?:(?:ba|z|da|k|a)?sh|python3?|node|perl|ruby|pwsh"
          + "|powershell|iex|invoke-expression)\\b";
  private static final List<Pattern> RUNS =
      List.of(
          Pattern.compile("(?i)\\b" + FETCH + "[^|\\n]{0,300}\\|\\s*" + SHELL),
          Pattern.compile(
              "(?i)\\b(?:iex|invoke-expression)\\b[^\\n]{0,80}?(?:iwr|irm|invoke-|downloadstring|webclient)"),
          Pattern.compile(
              "(?i)\\b(?:(?:ba|z|da|k)?sh(?: -\\w+)*|eval|source|\\.) +[\"']?(?:\\$\\(|<\\(|`)"
                  + " *(?:curl|wget)\\b"),
          Pattern.compile(
              "(?i)\\b(?:curl|wget)\\b[^\\n|]{0,300}?(?:&&|;) *(?:sudo )?(?:chmod"
                  + " \\+?[0-7a-z]*x|(?:ba|z)?sh |python3? |node |\\./)"),
          Pattern.compile("(?i)\\bbase64 (?:-d|-D|--decode)[^|\\n]{0,80}\\| *" + SHELL));
  private static final List<Pattern> INSTALLS =
      List.of(
          Pattern.compile("(?i)\\bpip3? install [^\\n]{0,80}?https?://"),
          Pattern.compile(
              "(?i)\\b(?:npx|bunx|pnpm dlx|npm (?:install|i|exec))(?: -{1,2}[\\w-]+)*"
                  + " (?:https?://|git\\+|github:)"),
          Pattern.compile("(?i)\\b(?:uvx|uv tool run|pipx run)[^\\n]{0,60}? (?:git\\+)?https?://"));
  private static final Pattern KNOWN_INSTALLER =
      Pattern.compile(
          "(?i)https://(?:astral\\.sh|sh\\.rustup\\.rs|static\\.rust-lang\\.org|get\\.docker\\.com|bun\\.sh|deno\\.land"
              + "|get\\.pnpm\\.io|install\\.python-poetry\\.org|deb\\.nodesource\\.com|fnm\\.vercel\\.app|mise\\.run"
              + "|pyenv\\.run|get\\.sdkman\\.io|nixos\\.org|starship\\.rs|claude\\.ai/install"
              + "|raw\\.githubusercontent\\.com/(?:Homebrew/install|nvm-sh/nvm)/)[^\\s]*");

  @Override
  public PluginId id() {
    return ID;
  }

  @Override
  public Matches match(Inventory inventory) {
    return Matches.of(
        inventory.instructions().stream().flatMap(file -> finding(file).stream()).toList());
  }

  private static Optional<Finding> finding(InstructionFile file) {
    InstructionFinding found = new InstructionFinding(ID, file);
    for (Passages.Passage passage : Passages.of(file.text())) {
      for (Pattern pattern : RUNS) {
        search(passage, pattern, Severity.HIGH, found);
      }
      for (Pattern pattern : INSTALLS) {
        search(passage, pattern, Severity.MEDIUM, found);
      }
    }
    return found.finding("Tells the agent to download something and run it");
  }

  private static void search(
      Passages.Passage passage, Pattern pattern, Severity severity, InstructionFinding found) {
    var matcher = pattern.matcher(passage.text());
    while (matcher.find()) {
      if (!passage.isNegatedBefore(matcher.start())) {
        boolean known = KNOWN_INSTALLER.matcher(matcher.group()).find();
        found.add(passage, matcher.start(), matcher.end(), known ? Severity.LOW : severity);
      }
    }
  }
}
