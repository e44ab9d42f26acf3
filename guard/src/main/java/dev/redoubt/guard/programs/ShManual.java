// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;

/// A POSIX shell: runs a text with `-c`, a file, or what is on its input.
///
/// Start-up files of the person are theirs; those that a call names are not.
record ShManual(String name) implements Manual {

  @Override
  public Set<String> names() {
    return Set.of(name);
  }

  @Override
  public Reading read(Call call) {
    List<Arg> arguments = call.arguments();
    Draft draft = new Draft(Nature.HARMLESS, "runs a text");
    boolean isText = false;
    boolean onInput = false;
    boolean checks = false;
    int at = 0;
    while (at < arguments.size()) {
      if (!(arguments.get(at) instanceof Arg.Known(String text))) {
        return unknown(arguments.get(at));
      }
      if (text.length() < 2 || (text.charAt(0) != '-' && text.charAt(0) != '+')) {
        at += text.equals("-") ? 1 : 0;
        break;
      }
      at++;
      if (text.equals("--")) {
        break;
      }
      if (text.startsWith("--")) {
        if (!longOption(text, draft)) {
          return arguments.size() == 1 && (text.equals("--version") || text.equals("--help"))
              ? Reading.harmless("shows the version or the help", List.of())
              : unknown(arguments.get(at - 1));
        }
        continue;
      }
      isText |= text.indexOf('c') > 0;
      onInput |= text.indexOf('s') > 0;
      checks |= text.charAt(0) == '-' && text.indexOf('n') > 0;
      if (!isKnown(text)) {
        return unknown(arguments.get(at - 1));
      }
      if (text.indexOf('o') > 0) {
        if (at >= arguments.size() || !isMode(arguments.get(at))) {
          return unknown(arguments.get(at - 1));
        }
        at++;
      }
    }
    List<Arg> rest = arguments.subList(at, arguments.size());
    return isText ? text(rest, draft) : file(rest, onInput, checks, call, draft);
  }

  private Reading text(List<Arg> rest, Draft draft) {
    return rest.isEmpty()
        ? unknown(new Arg.Known("-c"))
        : draft.want(new Want.ShellText(rest.getFirst())).done();
  }

  private Reading file(List<Arg> rest, boolean onInput, boolean checks, Call call, Draft draft) {
    if (!onInput && !rest.isEmpty()) {
      draft.want(new Want.File(Access.READ, rest.getFirst()));
      boolean only = checks && rest.getFirst() instanceof Arg.Known;
      return only
          ? draft.done()
          : draft.raise(Nature.UNKNOWN, "runs the script " + rest.getFirst().shown()).done();
    }
    return switch (call.input()) {
      case Call.Input.Given(String text) ->
          draft.want(new Want.ShellText(new Arg.Known(text))).done();
      case Call.Input.Nothing _, Call.Input.Unknown _, Call.Input.Names _ ->
          InterpreterManual.onInput(name);
    };
  }

  /// Returns whether the long option is known and takes no value.
  private static boolean longOption(String text, Draft draft) {
    return switch (text) {
      case "--login", "--norc", "--noprofile", "--noediting", "--posix", "--verbose" -> {
        draft.raise(Nature.HARMLESS, "runs a text");
        yield true;
      }
      default -> false;
    };
  }

  private static boolean isKnown(String text) {
    for (int at = 1; at < text.length(); at++) {
      if ("abcefhilmnopsuvxCBEHPT".indexOf(text.charAt(at)) < 0) {
        return false;
      }
    }
    return text.indexOf('a') < 0 && text.indexOf('p') < 0;
  }

  private static boolean isMode(Arg arg) {
    return arg instanceof Arg.Known(String mode)
        && Set.of("errexit", "nounset", "pipefail", "xtrace", "verbose", "noclobber", "noglob")
            .contains(mode);
  }

  private Reading unknown(Arg word) {
    return Reading.unknown(
        "%s is called in a way that is not known".formatted(name),
        List.of(
            new Want.Opaque(
                "command.code",
                name + " " + word.shown(),
                "nobody knows what %s runs".formatted(name))));
  }
}
