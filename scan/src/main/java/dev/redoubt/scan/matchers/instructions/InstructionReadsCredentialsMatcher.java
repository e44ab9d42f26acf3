// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.matchers.instructions;

import dev.redoubt.model.Finding;
import dev.redoubt.model.InstructionFile;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Severity;
import dev.redoubt.scan.api.Matcher;
import dev.redoubt.scan.api.Matches;
import dev.redoubt.scan.api.PluginId;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reports instructions to read stored credentials: keys, credential files, key chains.
///
/// Only an imperative counts ("cat ~/.ssh/id_rsa"), not what a program does by itself ("kubectl
/// reads ~/.kube/config"), not a public key, not a prohibition. A project file `.env` is medium,
/// since reading it is often meant; copying `.env.example` is fine.
public final class InstructionReadsCredentialsMatcher implements Matcher {

  private static final PluginId ID = new PluginId("instruction-reads-credentials");
  private static final String STORE =
      "(?:~|\\$HOME|\\$\\{HOME}|%USERPROFILE%|/root|/home/\\w+|/Users/\\w+)?[/\\\\]?\\.ssh\\b(?![/\\\\](?:config|known_hosts)\\b)(?![/\\\\]\\S*\\.pub\\b)"
          + "|\\bid_(?:rsa|ed25519|ecdsa|dsa)\\b(?!\\.pub)"
          + "|\\.aws[/\\\\]credentials|\\.git-credentials|\\.netrc\\b|\\.pypirc\\b|[~/]\\.npmrc\\b"
          + "|\\.docker[/\\\\]config\\.json|[~/]\\.kube[/\\\\]config|gh[/\\\\]hosts\\.yml|/etc/shadow\\b|\\.gnupg\\b|wallet\\.dat|login\\.keychain|(?:the"
          + " |macos |system )?keychain\\b(?! access)|security"
          + " find-(?:generic|internet)-password|\\bLogin"
          + " Data\\b|gcloud[/\\\\](?:credentials|application_default_credentials)\\S*"
          + "|\\.config[/\\\\]gcloud";
  private static final String VERB =
      "(?:read|cat|open|print|output|include|copy|collect|grab|extract|dump|fetch|access|get|find|search|parse|paste|attach|echo|type|head|tail|less|more|base64|view|load|harvest|steal|retrieve|look"
          + " (?:in|into|at|for)|check)";
  private static final String FIRST =
      "(?:^|[.!?;:,(>*`-]"
          + " *|\\b(?:please|then|and|first|must|should|always|now|you|to|also|silently|just|or|\\d+[.)])"
          + " )[\"'`*_$ ]*(?:run |execute |use )?[\"'`]*";
  private static final Pattern READS =
      Pattern.compile(
          "(?i)" + FIRST + "\\b(" + VERB + ")\\b(?:[^.!?\\n]|\\.(?=\\S)){0,100}?(?:" + STORE + ")");
  private static final Pattern READS_ENV =
      Pattern.compile(
          "(?i)"
              + FIRST
              + "\\b(read|cat|print|output|include|dump|paste|show|collect|copy|echo|send|list)\\b"
              + "(?:[^.!?\\n]|\\.(?=\\S)){0,80}?(?<![\\w.])\\.env(?:\\.(?:local|production|development))?\\b(?!\\.|[\\w-])");
  private static final Pattern HARMLESS =
      Pattern.compile(
          "(?i)\\.env\\.?(?:example|sample|template|dist)|\\bto `?\\.env\\b|\\binto `?\\.env\\b"
              + "|dotenv|chmod|gitignore|\\.dockerignore|permission|do not commit|never commit");
  private static final Pattern GRANTS = Pattern.compile("(?i)(?:Read|Edit|Write|Bash)\\([^)]*\\)");

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
      search(passage, READS, Severity.HIGH, found);
      if (!HARMLESS.matcher(passage.text()).find()) {
        search(passage, READS_ENV, Severity.MEDIUM, found);
      }
    }
    return found.finding("Tells the agent to read stored credentials");
  }

  private static void search(
      Passages.Passage passage, Pattern pattern, Severity severity, InstructionFinding found) {
    var matcher = pattern.matcher(passage.text());
    while (matcher.find()) {
      boolean grant = GRANTS.matcher(passage.text()).find();
      if (!grant && !passage.isNegatedBefore(matcher.start(1))) {
        found.add(passage, matcher.start(1), matcher.end(), severity);
      }
    }
  }
}
