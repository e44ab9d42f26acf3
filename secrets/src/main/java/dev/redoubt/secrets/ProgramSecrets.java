// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.secrets;

import java.util.Locale;
import java.util.Set;

/// Follows a command line word by word and knows which words are secrets: after a flag that names
/// one, and after the short flags with which some programs take a password.
final class ProgramSecrets {

  /* https://dev.mysql.com/doc/refman/8.4/en/command-line-options.html: the password joins the flag. */
  private static final Set<String> JOINED_P =
      Set.of(
          "mysql",
          "mysqldump",
          "mysqladmin",
          "mysqlimport",
          "mariadb",
          "mariadb-dump",
          "7z",
          "7za",
          "sshpass");
  private static final Set<String> SEPARATE_P =
      Set.of(
          "sshpass",
          "docker",
          "podman",
          "nerdctl",
          "helm",
          "twine",
          "oc",
          "az",
          "crane",
          "skopeo",
          "buildah",
          "mongosh",
          "mongo",
          "mongodump");
  private static final Set<String> SEPARATE_CAPITAL_P = Set.of("zip", "unzip", "sqlcmd", "bcp");
  private static final Set<String> SEPARATE_A = Set.of("redis-cli", "valkey-cli");
  private static final Set<String> SEPARATE_W = Set.of("ldapsearch", "ldapmodify", "ldapadd");
  private static final Set<String> WITH_USER =
      Set.of("-u", "--user", "--proxy-user", "-U", "--basic-auth");
  private static final Set<String> WRAPPERS =
      Set.of("sudo", "env", "nohup", "time", "command", "exec", "timeout", "nice", "xargs", "doas");

  private String program = "";
  private String flag = "";

  /// Returns `word`, the next of its command line, with the secret that its place gives away
  /// masked.
  String masked(String word) {
    String before = flag;
    flag = isFlag(word) ? word : "";
    if (program.isEmpty() && !isFlag(word) && !isAssignment(word)) {
      String name = word.substring(word.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
      program = WRAPPERS.contains(name) ? "" : name;
      return word;
    }
    if (!before.isEmpty() && !isFlag(word)) {
      return afterFlag(before, word);
    }
    return joined(word);
  }

  /// Says that another command begins.
  void reset() {
    program = "";
    flag = "";
  }

  private String afterFlag(String before, String word) {
    if (takesSecret(before)) {
      return SecretScan.isHarmless(word) ? word : Redaction.MASK;
    }
    if (WITH_USER.contains(before)) {
      return withoutPassword(word);
    }
    return switch (SecretNames.of(before)) {
      case SECRET -> SecretScan.isHarmless(word) ? word : Redaction.MASK;
      case PERHAPS -> SecretScan.mayBeSecret(word) ? Redaction.MASK : word;
      case OTHER, UNKNOWN -> word;
    };
  }

  private boolean takesSecret(String before) {
    return switch (before) {
      case "-p" -> SEPARATE_P.contains(program);
      case "-P" -> SEPARATE_CAPITAL_P.contains(program);
      case "-a" -> SEPARATE_A.contains(program);
      case "-w" -> SEPARATE_W.contains(program);
      case "-k", "-pass", "-passin", "-passout" -> program.equals("openssl");
      default -> false;
    };
  }

  private String joined(String word) {
    if (word.length() > 2 && word.startsWith("-p") && JOINED_P.contains(program)) {
      return "-p" + Redaction.MASK;
    }
    if (word.length() > 2 && word.startsWith("-u") && program.equals("curl")) {
      return "-u" + withoutPassword(word.substring(2));
    }
    if (word.startsWith("--user=") || word.startsWith("--proxy-user=")) {
      int value = word.indexOf('=') + 1;
      return word.substring(0, value) + withoutPassword(word.substring(value));
    }
    int equals = word.indexOf('=');
    if (equals > 0) {
      String name = word.substring(0, equals);
      String value = word.substring(equals + 1);
      boolean hidden =
          switch (SecretNames.of(name)) {
            case SECRET -> !SecretScan.isHarmless(value);
            case PERHAPS -> SecretScan.mayBeSecret(value);
            case OTHER, UNKNOWN -> false;
          };
      return hidden ? name + "=" + Redaction.MASK : word;
    }
    return word;
  }

  /* "user:password", and "user%password" as smbclient takes it */
  private static String withoutPassword(String word) {
    int at = word.indexOf(':');
    at = at < 0 ? word.indexOf('%') : at;
    boolean secret =
        at >= 0
            && at + 1 < word.length()
            && !word.startsWith("://", at)
            && !isNumbers(word)
            && !SecretScan.isHarmless(word.substring(at + 1));
    return secret ? word.substring(0, at + 1) + Redaction.MASK : word;
  }

  /* "1000:1000", a user and a group */
  private static boolean isNumbers(String word) {
    return word.chars().allMatch(c -> c == ':' || Character.isDigit(c));
  }

  private static boolean isFlag(String word) {
    return word.length() > 1 && word.charAt(0) == '-' && word.indexOf('=') < 0;
  }

  private static boolean isAssignment(String word) {
    return word.indexOf('=') > 0;
  }
}
