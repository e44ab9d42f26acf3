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

/// Reports instructions to send secrets, code or conversations to an address.
///
/// In words ("upload the contents of .env to https://…") and in commands (`curl -d @.env
/// https://…`). Medium: an image whose address is to be filled in by the agent. This machine as a
/// target, what carries no secret, and a prohibition are fine.
public final class InstructionExfiltrationMatcher implements Matcher {

  private static final PluginId ID = new PluginId("instruction-exfiltration");
  private static final String SECRET =
      "(?:secrets?|credentials?|(?:access |auth |api )?tokens?|api["
          + " _-]?keys?|passwords?|passphrases?|private keys?|ssh keys?|env(?:ironment)?"
          + " (?:variables?|vars?|file)|\\.env\\b|cookies|chat history|conversations?(?:"
          + " history)?|system prompt|source"
          + " code|\\.ssh|id_rsa|\\.aws|(?:file|repository|repo|workspace|project)"
          + " contents?|contents? of (?:the |all |every |this |each"
          + " )?(?:file|repo|workspace|project|~|/|\\.))";
  private static final String WITHIN = "(?:[^.!?\\n]|\\.(?=\\S)|\\?(?=\\S))";
  private static final String TARGET =
      "(?:https?://(?!localhost|127\\.0\\.0\\.1|\\[::1])\\S+|\\bwebhook\\b|\\b[\\w.-]+\\.(?:ngrok|requestbin|webhook)\\S*)";
  private static final Pattern SENDS =
      Pattern.compile(
          "(?i)\\b(?:send|post|upload|transmit|forward|submit|exfiltrate|leak|ship|push|copy|put|append|deliver"
              + "|share|beacon|report)\\b"
              + WITHIN
              + "{0,160}?"
              + SECRET
              + WITHIN
              + "{0,120}?\\b(?:to|at|via|using|in)\\b"
              + WITHIN
              + "{0,80}?"
              + TARGET);
  private static final Pattern SENDS_TO =
      Pattern.compile(
          "(?i)\\b(?:send|post|upload|transmit|forward|submit|exfiltrate|leak|push|deliver|make a"
              + " (?:get|post) request)\\b"
              + WITHIN
              + "{0,40}?\\bto\\b"
              + WITHIN
              + "{0,40}?"
              + TARGET
              + WITHIN
              + "{0,60}?\\b(?:with|containing|including|carrying)\\b"
              + WITHIN
              + "{0,60}?"
              + SECRET);
  /* "read ~/.aws/credentials and send them to …": the secret is named first, the sending says "them". */
  private static final Pattern THEN_SENDS =
      Pattern.compile(
          "(?i)(?:"
              + SECRET
              + "|\\.npmrc|\\.netrc|keychain)"
              + WITHIN
              + "{0,120}?\\b(?:send|post|upload|transmit|forward|submit|exfiltrate|push|deliver|report)\\s+(?:it|them|that|those|this|everything|all"
              + " of (?:it|them)|the (?:\\w+ )?(?:results?|output|values?|contents?))\\b"
              + WITHIN
              + "{0,60}?\\b(?:to|via|using)\\b"
              + WITHIN
              + "{0,60}?"
              + TARGET);
  private static final Pattern COMMAND =
      Pattern.compile(
          "(?i)\\b(?:curl|wget|invoke-webrequest|iwr|nc|ncat)\\b[^\\n]{0,200}?(?:-d|--data(?:-\\w+)?|-F|--form|-T|--upload-file|--post-(?:data|file)|-body|<)["
              + " =]?[\"']?[^\\n]{0,60}?(?:@|\\$\\(|`|< ?)[^\\n]{0,60}?"
              + "(?:\\.env\\b|\\.ssh|id_rsa|id_ed25519|\\.aws|\\.npmrc|\\.netrc|credentials|printenv|\\benv\\b|/etc/passwd|\\.git-credentials|history)");
  private static final Pattern PIPED =
      Pattern.compile(
          "(?i)(?:\\b(?:cat|head|tail|base64)\\b[^|\\n]{0,80}?(?:\\.env\\b|\\.ssh|id_rsa|id_ed25519|\\.aws|credentials|\\.npmrc|\\.netrc)"
              + "|\\b(?:printenv|env)\\b)[^|\\n]{0,80}(?:\\|[^|\\n]{0,80}){0,2}\\|\\s*(?:curl|nc|ncat|wget)\\b");
  private static final Pattern IMAGE =
      Pattern.compile(
          "(?i)!\\[[^\\]\\n]{0,100}]\\(https?://[^)\\s]{1,200}[?&][\\w-]{1,40}=(?:\\{|\\$|<|%7b|\\[)[^)]{0,100}\\)");

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
      for (Pattern pattern : List.of(SENDS, SENDS_TO, THEN_SENDS, COMMAND, PIPED)) {
        search(passage, pattern, Severity.HIGH, found);
      }
      search(passage, IMAGE, Severity.MEDIUM, found);
    }
    return found.finding("Tells the agent to send secrets, code or conversations to an address");
  }

  private static void search(
      Passages.Passage passage, Pattern pattern, Severity severity, InstructionFinding found) {
    var matcher = pattern.matcher(passage.text());
    while (matcher.find()) {
      if (!passage.isNegatedBefore(matcher.start())) {
        found.add(passage, matcher.start(), matcher.end(), severity);
      }
    }
  }
}
