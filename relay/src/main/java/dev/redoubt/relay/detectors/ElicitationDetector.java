// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import dev.redoubt.model.Severity;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// Notices forms of a server in which a person is to type a secret: by the names of the fields, by
/// what is said beside them. The protocol forbids such forms; a page of its own is meant for it.
final class ElicitationDetector implements Detector {

  private static final String METHOD = "elicitation/create";
  private static final String FIELDS = "requestedSchema.properties.";
  private static final int NEAR = 60;
  private static final Set<String> ALONE =
      Set.of(
          "password",
          "passwd",
          "passphrase",
          "passcode",
          "pwd",
          "pin",
          "otp",
          "totp",
          "cvv",
          "cvc",
          "apikey",
          "mnemonic",
          "passwort",
          "kennwort",
          "contrasena",
          "senha",
          "wachtwoord",
          "secret",
          "token");
  private static final Set<String> PAIRS =
      Set.of(
          "api key",
          "private key",
          "secret key",
          "access key",
          "ssh key",
          "card number",
          "credit card",
          "seed phrase",
          "recovery phrase",
          "recovery code",
          "backup code",
          "security code",
          "client secret");
  private static final List<String> ASKED =
      List.of(
          "password",
          "passphrase",
          "passcode",
          "pin",
          "otp",
          "one-time code",
          "cvv",
          "api key",
          "private key",
          "secret key",
          "access key",
          "ssh key",
          "access token",
          "token",
          "secret",
          "card number",
          "credit card",
          "seed phrase",
          "recovery phrase",
          "mnemonic",
          "passwort",
          "kennwort",
          "mot de passe",
          "contraseña",
          "senha",
          "wachtwoord",
          "пароль",
          "hasło",
          "şifre",
          "密码",
          "パスワード",
          "비밀번호");
  private static final List<String> ASKING =
      List.of(
          "enter",
          "type",
          "provide",
          "give",
          "supply",
          "paste",
          "send",
          "tell",
          "input",
          "what is",
          "fill in",
          "need your",
          "submit",
          "gib",
          "geben sie",
          "saisissez",
          "entrez",
          "introduce",
          "introduzca",
          "ingrese",
          "digite",
          "insira",
          "inserisci",
          "voer",
          "введите",
          "укажите",
          "podaj",
          "wpisz",
          "girin",
          "输入",
          "入力",
          "입력");

  @Override
  public String id() {
    return "mcp.elicitation";
  }

  @Override
  public Severity severity() {
    return Severity.CRITICAL;
  }

  @Override
  public List<Alert> look(Matter matter) {
    if (matter.place() != Place.CONTENT) {
      return List.of();
    }
    boolean asked = matter.subject().equals(METHOD);
    Set<String> elsewhere = new HashSet<>();
    for (Piece piece : matter.pieces()) {
      if (piece.name().equals("mode") && piece.text().equals("url")) {
        elsewhere.add(form(piece.path()));
      }
    }
    for (Piece piece : matter.pieces()) {
      boolean form = asked || piece.path().contains(".inputRequests.");
      if (form && !elsewhere.contains(form(piece.path())) && wants(piece)) {
        return List.of(
            new Alert(id(), Severity.CRITICAL, piece.path(), "asks a person for a secret"));
      }
    }
    return List.of();
  }

  private static String form(String path) {
    int at = path.lastIndexOf("params.");
    return at < 0 ? "" : path.substring(0, at);
  }

  private static boolean wants(Piece piece) {
    int at = piece.path().indexOf(FIELDS);
    if (at >= 0) {
      String rest = piece.path().substring(at + FIELDS.length());
      int dot = rest.indexOf('.');
      String field = dot < 0 ? rest : rest.substring(0, dot);
      boolean text = piece.name().equals("type") && !piece.text().equals("boolean");
      boolean titled = piece.name().equals("title") && isSecret(piece.text());
      return (text && isSecret(field))
          || titled
          || (piece.name().equals("description") && isAsked(piece.text()));
    }
    return piece.name().equals("message") && isAsked(piece.text());
  }

  /* The last word of a name is what it is: a token, but neither a token count nor max tokens. */
  private static boolean isSecret(String name) {
    String spaced = name.replaceAll("([a-z0-9])([A-Z])", "$1 $2").replaceAll("[_\\-.:]+", " ");
    String words = Folding.fold(spaced.toLowerCase(Locale.ROOT)).strip();
    int blank = words.lastIndexOf(' ');
    String last = words.substring(blank + 1);
    if (words.startsWith("page ") || words.startsWith("next ") || words.startsWith("design ")) {
      return false;
    }
    return ALONE.contains(last) || PAIRS.stream().anyMatch(words::endsWith);
  }

  private static boolean isAsked(String text) {
    String folded = Folding.fold(text);
    for (String word : ASKED) {
      String secret = Folding.fold(word);
      int at = folded.indexOf(secret);
      while (at >= 0) {
        int from = Math.max(0, at - NEAR);
        int to = Math.min(folded.length(), at + secret.length() + 20);
        String around = folded.substring(from, to);
        if (isWhole(folded, at, at + secret.length()) && isAsking(around)) {
          return true;
        }
        at = folded.indexOf(secret, at + 1);
      }
    }
    return false;
  }

  private static boolean isAsking(String around) {
    boolean never =
        around.contains("never ") || around.contains("do not ") || around.contains("don't ");
    return !never
        && ASKING.stream()
            .map(Folding::fold)
            .anyMatch(word -> {
              int at = around.indexOf(word);
              return at >= 0 && isWhole(around, at, at + word.length());
            });
  }

  private static boolean isWhole(String text, int from, int to) {
    return text.charAt(from) >= 0x590
        || ((from == 0 || !Character.isLetterOrDigit(text.charAt(from - 1)))
            && (to >= text.length() || !Character.isLetterOrDigit(text.charAt(to))));
  }
}
