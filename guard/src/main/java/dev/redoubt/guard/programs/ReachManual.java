// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// A program that does nothing but reach other machines: `nc`, `dig`, `scp`.
///
/// Every call but the version is a question, because even a looked-up name carries data out. The
/// hosts and files it names are found as far as they can be told from options, so that an inner
/// address or a sensitive file is refused and not only asked about.
///
/// @param style how hosts stand among the words
/// @param port the port when none is named
record ReachManual(Set<String> names, Style style, int port) implements Manual {

  /// How the hosts stand among the arguments.
  enum Style {
    /// `host port`.
    HOST_PORT,
    /// Any word with a dot or a colon may be a host.
    HOSTS,
    /// `[user@]host:path` and local files, the last of which is written.
    COPIES,
    /// Words with `://` in them, and host names.
    URLS,
    /// `TCP:host:port`, `EXEC:program`.
    SOCAT
  }

  ReachManual {
    names = Set.copyOf(names);
  }

  @Override
  public Reading read(Call call) {
    if (AskManual.isVersion(call.arguments())) {
      return Reading.harmless("shows the version of " + call.name(), List.of());
    }
    Draft draft = new Draft(Nature.CHANGES, call.name() + " reaches another machine");
    List<Arg> words = new ArrayList<>();
    for (Arg arg : call.arguments()) {
      if (!(arg instanceof Arg.Known(String text)) || !text.startsWith("-")) {
        words.add(arg);
      }
    }
    switch (style) {
      case HOST_PORT -> hostPort(draft, words);
      case HOSTS -> words.forEach(word -> host(draft, word));
      case COPIES -> copies(draft, words);
      case URLS -> words.forEach(word -> url(draft, word));
      case SOCAT -> words.forEach(word -> socat(draft, word));
    }
    return draft.done();
  }

  private void hostPort(Draft draft, List<Arg> words) {
    for (int i = 0; i < words.size(); i++) {
      String text = text(words.get(i));
      String next = i + 1 < words.size() ? text(words.get(i + 1)) : "";
      boolean numbered = isPort(next);
      if (isHost(text) || (numbered && !isPort(text) && !text.isEmpty())) {
        connect(draft, text, numbered ? next : String.valueOf(port));
      }
    }
  }

  private void host(Draft draft, Arg word) {
    String text = text(word);
    String host = text.startsWith("@") ? text.substring(1) : text;
    if (isHost(host)) {
      connect(draft, host, String.valueOf(port));
    }
  }

  private void copies(Draft draft, List<Arg> words) {
    for (int i = 0; i < words.size(); i++) {
      String host = RemotePaths.hostOf(text(words.get(i)));
      if (host != null) {
        connect(draft, host, String.valueOf(port));
      } else if (words.size() > 1) {
        draft.file(i + 1 < words.size() ? Access.READ : Access.WRITE, words.get(i), "copies");
      }
    }
  }

  private void url(Draft draft, Arg word) {
    String text = text(word);
    if (text.startsWith("http://") || text.startsWith("https://")) {
      draft.want(new Want.Connect("", word));
    } else if (isHost(text)) {
      connect(draft, text, String.valueOf(port));
    }
    int at = text.indexOf('@');
    if (at >= 0 && (at == 0 || text.indexOf('=') < 0 || text.charAt(at - 1) == '=')) {
      draft.want(new Want.File(Access.READ, new Arg.Known(text.substring(at + 1))));
    }
  }

  private static void socat(Draft draft, Arg word) {
    String[] parts = text(word).split(":", -1);
    String kind = parts[0].toUpperCase(java.util.Locale.ROOT);
    boolean shell = kind.equals("SYSTEM") || kind.equals("SHELL");
    if (parts.length > 1 && (shell || kind.equals("EXEC"))) {
      draft.want(new Want.ShellText(new Arg.Known(text(word).substring(kind.length() + 1))));
    } else if (parts.length > 2 && !kind.contains("LISTEN")) {
      int comma = parts[2].indexOf(',');
      connect(draft, parts[1], comma < 0 ? parts[2] : parts[2].substring(0, comma));
    }
  }

  private static void connect(Draft draft, String host, String port) {
    boolean bare = host.indexOf(':') >= 0 && !host.startsWith("[") && !isPortNamed(host);
    String address = bare ? "[" + host + "]" : host;
    String target = isPortNamed(address) ? address : address + ":" + port;
    draft.want(new Want.Connect("", new Arg.Known(target)));
  }

  /// Whether the text ends in `:port` and has no other colon.
  private static boolean isPortNamed(String text) {
    int colon = text.indexOf(':');
    return colon > 0 && colon == text.lastIndexOf(':') && isPort(text.substring(colon + 1));
  }

  private static boolean isHost(String text) {
    boolean looks = text.equals("localhost") || text.indexOf('.') > 0 || text.indexOf(':') >= 0;
    return looks && text.indexOf('/') < 0 && text.indexOf('=') < 0 && text.indexOf('+') < 0;
  }

  private static boolean isPort(String text) {
    if (text.isEmpty() || text.length() > 5) {
      return false;
    }
    for (int i = 0; i < text.length(); i++) {
      if (text.charAt(i) < '0' || text.charAt(i) > '9') {
        return false;
      }
    }
    return true;
  }

  private static String text(@Nullable Arg arg) {
    return arg instanceof Arg.Known(String text) ? text : "";
  }
}
