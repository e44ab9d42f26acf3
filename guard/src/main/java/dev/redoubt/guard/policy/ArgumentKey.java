// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What a text among the arguments of a tool is for, as far as the name of its argument says.
///
/// The name is one the server chose, so it makes judging milder in one case only: a link inside a
/// sentence of what is plainly written for readers.
enum ArgumentKey {
  /// An address, or a machine: judged as one with and without a scheme.
  ADDRESS,
  /// What is run: every address in it counts, on every line.
  COMMAND,
  /// What is read: an address among other words is quoted and not asked.
  PROSE,
  /// Anything else: an inner address among other words counts, a public one does not.
  OTHER;

  private static final Set<String> ADDRESSES =
      Set.of(
          "url",
          "urls",
          "uri",
          "uris",
          "href",
          "endpoint",
          "endpoints",
          "host",
          "hosts",
          "hostname",
          "webhook",
          "callback",
          "origin",
          "proxy",
          "upstream",
          "target",
          "link",
          "links",
          "src",
          "domain",
          "ip",
          "address",
          "server",
          "website",
          "site");
  private static final Set<String> COMMANDS =
      Set.of(
          "command",
          "commands",
          "cmd",
          "cmdline",
          "script",
          "shell",
          "bash",
          "sh",
          "exec",
          "args",
          "argv",
          "powershell");
  private static final Set<String> READ =
      Set.of(
          "text",
          "texts",
          "content",
          "contents",
          "body",
          "message",
          "messages",
          "msg",
          "title",
          "description",
          "summary",
          "comment",
          "comments",
          "note",
          "notes",
          "subject",
          "caption",
          "markdown",
          "question",
          "answer",
          "thought",
          "reason",
          "observation",
          "observations",
          "paragraph",
          "sentence",
          "reply",
          "feedback",
          "changelog",
          "explanation");

  /// Returns what the argument `key` is for: by the last of its words that says so.
  static ArgumentKey of(String key) {
    List<String> words = words(key);
    for (int i = words.size() - 1; i >= 0; i--) {
      String word = words.get(i);
      if (ADDRESSES.contains(word)) {
        return ADDRESS;
      }
      if (COMMANDS.contains(word)) {
        return COMMAND;
      }
      if (READ.contains(word)) {
        // The body of a command is a command.
        return words.stream().anyMatch(COMMANDS::contains) ? COMMAND : PROSE;
      }
    }
    return OTHER;
  }

  /* callbackUrl, callback_url and CALLBACK-URL have the same words. */
  private static List<String> words(String key) {
    List<String> words = new ArrayList<>();
    StringBuilder word = new StringBuilder();
    for (int i = 0; i < key.length(); i++) {
      char c = key.charAt(i);
      boolean letter = Character.isLetterOrDigit(c);
      boolean begins =
          i > 0 && Character.isUpperCase(c) && Character.isLowerCase(key.charAt(i - 1));
      if ((!letter || begins) && !word.isEmpty()) {
        words.add(word.toString().toLowerCase(Locale.ROOT));
        word.setLength(0);
      }
      if (letter) {
        word.append(c);
      }
    }
    if (!word.isEmpty()) {
      words.add(word.toString().toLowerCase(Locale.ROOT));
    }
    return words;
  }
}
