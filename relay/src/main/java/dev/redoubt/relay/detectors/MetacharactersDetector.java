// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.document.Node;
import dev.redoubt.model.Severity;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Notices commands of a shell and of SQL where a name or an identifier belongs.
///
/// Which arguments are one is said by their own name and, where it is known, by the schema of the
/// tool: a field for a command, a query, code or a text is none.
final class MetacharactersDetector implements Detector {

  private static final int LONGEST = 512;
  private static final Set<String> NAMES =
      Set.of(
          "id",
          "name",
          "slug",
          "branch",
          "tag",
          "ref",
          "table",
          "column",
          "user",
          "username",
          "login",
          "owner",
          "repo",
          "repository",
          "package",
          "version",
          "container",
          "image",
          "key",
          "bucket",
          "region",
          "zone",
          "project",
          "namespace",
          "database",
          "collection",
          "index",
          "sku",
          "email",
          "hostname",
          "host",
          "pid",
          "uuid",
          "issue",
          "number",
          "ticket",
          "account",
          "city",
          "symbol");
  private static final List<String> OTHER =
      List.of(
          "command", "query", "sql", "code", "script", "text", "body", "content", "message",
          "display");
  private static final Pattern SHELL =
      Pattern.compile(
          "\\$\\([^)]{1,200}\\)|\\$\\{IFS\\}|`[^`]{1,200}`"
              + "|(?:;|\\||\\|\\||&&|&|\\n)\\s{0,4}(?:/[a-z/]{1,20}/)?(?:rm|cat|curl|wget|nc|ncat|bash|sh|zsh|id|whoami|ls|env|python3?|perl|ruby|node|chmod|sleep|ping|nslookup|dig|touch|echo|uname|kill|dd|mkfifo|powershell|cmd|printenv|base64|tee|xargs|telnet|ssh|scp|shutdown|reboot|eval|exec|sudo)\\b"
              + "|>\\s{0,2}/(?:tmp|etc|dev|home|root|var)/",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SQL =
      Pattern.compile(
          "['\"`)]\\s{0,4}(?:or|and|\\|\\||&&)\\s{0,4}['\"(]?[\\w]{1,30}['\"]?\\s{0,4}(?:=|like|>|<|is\\b|in\\b|between\\b)"
              + "|\\bor\\s{1,4}(\\d{1,6})\\s{0,3}=\\s{0,3}\\1\\b"
              + "|\\bunion(?:\\s|/\\*.{0,20}\\*/|\\+){1,4}(?:all\\s{1,4})?select\\b"
              + "|;\\s{0,4}(?:drop|delete|insert|update|alter|truncate|create|grant|exec|shutdown|select|declare|attach|copy)\\s{1,4}\\w"
              + "|['\"]\\s{0,4};|['\"]\\s{0,4}(?:--|#|/\\*)"
              + "|\\b(?:sleep|benchmark|pg_sleep|waitfor\\s{1,3}delay|load_file|xp_cmdshell|extractvalue|updatexml)\\s{0,3}[('\"]",
          Pattern.CASE_INSENSITIVE);
  private static final Pattern SIGNS = Pattern.compile("[;|`<>]|\\$\\(|&&|--\\s|/\\*|\\\\x");

  @Override
  public String id() {
    return "mcp.metacharacters";
  }

  @Override
  public Severity severity() {
    return Severity.CRITICAL;
  }

  @Override
  public List<Alert> look(Matter matter) {
    if (matter.place() != Place.ARGUMENT) {
      return List.of();
    }
    List<Alert> alerts = new ArrayList<>();
    for (Piece piece : matter.pieces()) {
      if (piece.text().length() <= LONGEST && isName(piece, matter)) {
        found(piece).ifPresent(alerts::add);
      }
    }
    return alerts;
  }

  private Optional<Alert> found(Piece piece) {
    String text = Escapes.decoded(Escapes.decoded(piece.text()));
    String folded = Folding.fold(text);
    if (SHELL.matcher(text).find() || SHELL.matcher(folded).find()) {
      return say(piece, Severity.CRITICAL, "a command of a shell where a name belongs");
    }
    if (SQL.matcher(folded).find()) {
      return say(piece, Severity.CRITICAL, "a command of SQL where a name belongs");
    }
    return SIGNS.matcher(folded).find()
        ? say(piece, Severity.MEDIUM, "signs of a shell or of SQL where a name belongs")
        : Optional.empty();
  }

  private Optional<Alert> say(Piece piece, Severity severity, String what) {
    return Optional.of(new Alert(id(), severity, piece.path(), what));
  }

  private static boolean isName(Piece piece, Matter matter) {
    String name = snake(piece.name());
    for (String other : OTHER) {
      if (name.contains(other)) {
        return false;
      }
    }
    int last = name.lastIndexOf('_');
    if (NAMES.contains(name) || NAMES.contains(name.substring(last + 1))) {
      return true;
    }
    return matter
        .surroundings()
        .tool()
        .flatMap(tool -> tool.get("inputSchema"))
        .flatMap(schema -> schema.get("properties"))
        .flatMap(properties -> properties.get(top(piece.path())))
        .filter(MetacharactersDetector::describesName)
        .isPresent();
  }

  private static String top(String path) {
    String below = path.startsWith("arguments.") ? path.substring("arguments.".length()) : path;
    int end = 0;
    while (end < below.length() && below.charAt(end) != '.' && below.charAt(end) != '[') {
      end++;
    }
    return below.substring(0, end);
  }

  private static boolean describesName(Node property) {
    String format = property.text("format").orElse("");
    if (format.equals("uuid") || format.equals("hostname") || format.equals("email")) {
      return true;
    }
    String told =
        (property.text("title").orElse("") + " " + property.text("description").orElse(""))
            .toLowerCase(Locale.ROOT);
    boolean says =
        told.contains("identifier")
            || told.contains(" id ")
            || told.startsWith("id ")
            || told.endsWith(" id")
            || told.contains("the name of")
            || told.startsWith("name of");
    return says && OTHER.stream().noneMatch(told::contains);
  }

  /* userName and user-name are user_name */
  private static String snake(String name) {
    StringBuilder out = new StringBuilder(name.length() + 4);
    for (int i = 0; i < name.length() && i < 100; i++) {
      char c = name.charAt(i);
      if (Character.isUpperCase(c) && i > 0 && Character.isLowerCase(name.charAt(i - 1))) {
        out.append('_');
      }
      out.append(c == '-' || c == '.' ? '_' : Character.toLowerCase(c));
    }
    return out.toString();
  }
}
