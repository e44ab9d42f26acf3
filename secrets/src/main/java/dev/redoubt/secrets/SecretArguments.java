// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import dev.redoubt.model.Credential;
import dev.redoubt.model.Credential.Channel;
import dev.redoubt.model.Credential.Form;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/// Finds the secrets on a command line: after a flag, in an assignment, in a header, in an address,
/// or standing alone.
public final class SecretArguments {

  /// A command line without its secrets, and what was found on it.
  public record Shown(List<String> arguments, List<Credential> credentials) {
    public Shown {
      arguments = List.copyOf(arguments);
      credentials = List.copyOf(credentials);
    }
  }

  /// One argument as written, and its line.
  public record Argument(String text, int line) {}

  private static final Set<String> HEADER_FLAGS = Set.of("-H", "--header", "--headers");
  private static final Set<String> VARIABLE_FLAGS = Set.of("-e", "--env");
  private static final Pattern VARIABLE = Pattern.compile("[A-Za-z_][A-Za-z0-9_]{0,100}");
  private static final Pattern ASSIGNMENT =
      Pattern.compile("([A-Z_][A-Z0-9_]{1,100})=(.*)", Pattern.DOTALL);
  private static final Pattern ADDRESS = Pattern.compile("[A-Za-z][A-Za-z0-9+.-]{1,30}://\\S+");
  private static final Pattern PAIRS =
      Pattern.compile("(?:[A-Za-z][A-Za-z ]{1,30}=[^;]*;){2,}.*", Pattern.DOTALL);

  private final Fingerprints fingerprints;
  private final List<String> shown = new ArrayList<>();
  private final List<Credential> found = new ArrayList<>();

  private SecretArguments(Fingerprints fingerprints) {
    this.fingerprints = fingerprints;
  }

  /// Returns `arguments` as they may be shown, and the credentials among them.
  ///
  /// A credential is named after its flag, variable or header; one that stands alone is named
  /// `args[N]`, counted from 0.
  public static Shown read(List<Argument> arguments, Fingerprints fingerprints) {
    SecretArguments reader = new SecretArguments(fingerprints);
    @Nullable String flag = null;
    for (Argument argument : arguments) {
      reader.shown.add(reader.argument(argument, flag));
      flag = isFlag(argument.text()) ? argument.text() : null;
    }
    return new Shown(reader.shown, reader.found);
  }

  private String argument(Argument argument, @Nullable String flag) {
    String text = argument.text();
    if (flag != null && HEADER_FLAGS.contains(flag)) {
      return header("", text, argument.line());
    }
    if (flag != null && VARIABLE_FLAGS.contains(flag) && VARIABLE.matcher(text).matches()) {
      found.add(new Credential(text, Channel.ENVIRONMENT, Form.REFERENCE, null, argument.line()));
      return text;
    }
    int equals = text.indexOf('=');
    if (flag != null && VARIABLE_FLAGS.contains(flag) && equals > 0) {
      String name = text.substring(0, equals);
      String value = text.substring(equals + 1);
      return name + "=" + named(name, Channel.ENVIRONMENT, value, argument.line());
    }
    if (text.startsWith("-") && equals > 0) {
      return flagWithValue(text, equals, argument.line());
    }
    var assignment = ASSIGNMENT.matcher(text);
    if (assignment.matches()) {
      String name = assignment.group(1);
      return name + "=" + named(name, Channel.ENVIRONMENT, assignment.group(2), argument.line());
    }
    if (flag != null && !text.startsWith("-") && isNamed(flag, text)) {
      return named(flag, Channel.ARGUMENT, text, argument.line());
    }
    if (flag != null && SecretText.shown(flag, text).equals(SecretText.MASK)) {
      return SecretText.MASK;
    }
    return alone(text, argument.line());
  }

  private String flagWithValue(String text, int equals, int line) {
    String name = text.substring(0, equals);
    String value = text.substring(equals + 1);
    if (HEADER_FLAGS.contains(name)) {
      return header(name + "=", value, line);
    }
    if (VARIABLE_FLAGS.contains(name)) {
      int second = value.indexOf('=');
      if (second > 0) {
        String variable = value.substring(0, second);
        String inner = named(variable, Channel.ENVIRONMENT, value.substring(second + 1), line);
        return name + "=" + variable + "=" + inner;
      }
    }
    if (isNamed(name, value)) {
      return name + "=" + named(name, Channel.ARGUMENT, value, line);
    }
    return name
        + "="
        + (SecretText.shown(name, value).equals(SecretText.MASK)
            ? SecretText.MASK
            : alone(value, line));
  }

  private String header(String before, String text, int line) {
    int colon = text.indexOf(':');
    if (colon < 0) {
      return before + alone(text, line);
    }
    String name = text.substring(0, colon).strip();
    String value = text.substring(colon + 1);
    String blank = value.startsWith(" ") ? " " : "";
    return before
        + text.substring(0, colon + 1)
        + blank
        + named(name, Channel.HEADER, value.strip(), line);
  }

  private static boolean isNamed(String flag, String value) {
    return !ADDRESS.matcher(value).matches()
        && SecretText.form(flag, value) != Form.PLAIN
        && (SecretNames.of(flag) == SecretNames.Expectation.SECRET
            || SecretText.form(flag, value) == Form.LITERAL_SECRET);
  }

  private String named(String name, Channel channel, String value, int line) {
    Form form = SecretText.ofVariable(name, value);
    boolean address = ADDRESS.matcher(value).matches();
    String fingerprint =
        form == Form.LITERAL_SECRET ? fingerprints.of(SecretText.bare(value)) : null;
    found.add(new Credential(name, channel, form, fingerprint, line));
    if (form != Form.LITERAL_SECRET) {
      return SecretText.shown(name, value);
    }
    return address ? SecretUrl.redact(value) : SecretText.MASK;
  }

  private String alone(String text, int line) {
    if (ADDRESS.matcher(text).matches()) {
      SecretUrl.Shown url = SecretUrl.read(text, line, fingerprints);
      found.addAll(url.credentials());
      return url.text();
    }
    String redacted = PAIRS.matcher(text).matches() ? pairs(text) : SecretText.redact(text);
    if (!redacted.equals(text)) {
      String secret = redacted.equals(SecretText.MASK) ? SecretText.bare(text) : text;
      found.add(
          new Credential(
              "args[" + shown.size() + "]",
              Channel.ARGUMENT,
              Form.LITERAL_SECRET,
              fingerprints.of(secret),
              line));
    }
    return redacted;
  }

  /* "Server=db;User Id=app;Password=pa55word" */
  private static String pairs(String text) {
    StringBuilder out = new StringBuilder();
    for (String pair : text.split("(?<=;)", -1)) {
      int equals = pair.indexOf('=');
      boolean secret =
          equals > 0
              && SecretText.form(
                      pair.substring(0, equals).strip(),
                      pair.substring(equals + 1).replace(";", ""))
                  == Form.LITERAL_SECRET;
      out.append(
          secret
              ? pair.substring(0, equals + 1) + SecretText.MASK + (pair.endsWith(";") ? ";" : "")
              : pair);
    }
    return out.toString();
  }

  private static boolean isFlag(String text) {
    return text.startsWith("-") && text.length() > 1 && text.indexOf('=') < 0;
  }
}
