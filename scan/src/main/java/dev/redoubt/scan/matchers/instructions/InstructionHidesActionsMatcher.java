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

/// Reports instructions to act behind the back of the user.
///
/// High: not telling what was done. Medium: not asking before doing it. A prohibition of either
/// ("never push without asking the user") and advice on what to say ("do not tell users to …") are
/// fine.
public final class InstructionHidesActionsMatcher implements Matcher {

  private static final PluginId ID = new PluginId("instruction-hides-actions");
  private static final String USER =
      "(?:the |any |your"
          + " )?(?:users?|humans?|operators?|developers?|owners?|reviewers?|anyone|anybody)\\b";
  private static final String ACT =
      "(?:this|these|that you|what you|about (?:this|these|it|that|the)|anything about|you"
          + " (?:are|have|did|ran|read|sent)|it\\b|any of (?:this|it))";

  /* Telling nobody what the agent did. "Do not tell the user to …" and "do not show users raw errors"
  are about the words of an answer and no concern of this rule. */
  private static final List<Pattern> CONCEALS =
      List.of(
          Pattern.compile(
              "(?i)\\b(?:do not|don['’]t|never|must not|should not|avoid) (?:ever"
                  + " )?(?:tell(?:ing)?|inform(?:ing)?|notify(?:ing)?|alert(?:ing)?|warn(?:ing)?|let)"
                  + " "
                  + USER
                  + " (?:know |see |notice )?(?:of |about |that )?"
                  + ACT),
          Pattern.compile(
              "(?i)\\b(?:do not|don['’]t|never|must not|should not|avoid) (?:ever"
                  + " )?(?:mention|reveal|disclose|show|report|explain|describe|admit|expose|display)(?:ing)?"
                  + " (?:(?:this|these|it|any of this|what you \\w+|that you \\w+)\\b|the"
                  + " (?:instruction|step|action|command|request|upload|call|transfer|change|file"
                  + " access)s?)[^.!?]{0,60}?(?: to | from | with )"
                  + USER),
          Pattern.compile(
              "(?i)\\b(?:do not|don['’]t|never|must not|should not) (?:ever"
                  + " )?(?:mention|reveal|disclose|acknowledge|refer to|talk about)"
                  + " (?:this|these|the (?:existence|presence) of (?:this|these)) (?:hidden |secret"
                  + " )?(?:instruction|step|action|file|note|rule|section|comment|message|tool"
                  + " call)s?\\b"),
          Pattern.compile(
              "(?i)\\bwithout (?:ever )?(?:telling|informing|notifying|alerting|letting) " + USER),
          Pattern.compile(
              "(?i)\\bwithout (?:ever"
                  + " )?(?:mentioning|revealing|disclosing|reporting|showing|acknowledging)"
                  + " (?:it|this|that|them|any of (?:it|this)|anything)\\b"),
          Pattern.compile(
              "(?i)\\bwithout (?:the )?(?:user|human|operator|owner)(?:['’]s|s['’])?"
                  + " (?:knowledge|knowing|noticing|awareness)"),
          Pattern.compile(
              "(?i)\\b(?:hide|conceal|keep) (?:this|it|that|these|them|all of this|your actions|the"
                  + " (?:action|command|step|output|change|request)s?)[^.!?]{0,40}?\\b(?:secret|hidden|from"
                  + " "
                  + USER
                  + ")"));

  private static final List<Pattern> WITHOUT_ASKING =
      List.of(
          Pattern.compile(
              "(?i)\\bwithout (?:first |ever |even"
                  + " )?(?:asking|prompting|waiting|requesting|requiring|seeking) (?:(?:the |a"
                  + " )?(?:user|human|operator)|(?:for )?(?:the |any |explicit |further |prior"
                  + " |user(?:['’]s)? )*(?:permission|confirmation|approval|consent))"),
          Pattern.compile(
              "(?i)\\b(?:do not|don['’]t|never) (?:ever )?(?:ask|wait|prompt)(?: the user| me)? for"
                  + " (?:any |user |explicit |further )*"
                  + "(?:permission|confirmation|approval|consent)"));

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
      search(passage, CONCEALS, Severity.HIGH, found);
      search(passage, WITHOUT_ASKING, Severity.MEDIUM, found);
    }
    return found.finding("Tells the agent to act behind the back of its user");
  }

  private static void search(
      Passages.Passage passage,
      List<Pattern> patterns,
      Severity severity,
      InstructionFinding found) {
    for (Pattern pattern : patterns) {
      var matcher = pattern.matcher(passage.text());
      while (matcher.find()) {
        if (!passage.isNegatedBefore(matcher.start())) {
          found.add(passage, matcher.start(), matcher.end(), severity);
        }
      }
    }
  }
}
