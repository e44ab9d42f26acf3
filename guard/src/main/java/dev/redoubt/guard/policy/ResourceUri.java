// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import dev.redoubt.document.Node;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.paths.PathText;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// The address under which an MCP server keeps a resource, such as `notes://today`.
///
/// Its scheme is the server's own, so it is no address of the network. What it says may still be
/// taken for one, or for a path, by the server; both readings are judged. Schemes that programs
/// connect with, or that wrap another address, are addresses like any other.
final class ResourceUri {

  private static final Set<String> METHODS = Set.of("resources/read", "resources/subscribe");
  private static final String KEY = "uri";
  private static final Set<String> ADDRESSES =
      Set.of(
          "http",
          "https",
          "ws",
          "wss",
          "ftp",
          "ftps",
          "sftp",
          "tftp",
          "gopher",
          "gophers",
          "dict",
          "ldap",
          "ldaps",
          "ldapi",
          "smb",
          "smbs",
          "cifs",
          "nfs",
          "afp",
          "ssh",
          "scp",
          "rsync",
          "telnet",
          "imap",
          "imaps",
          "smtp",
          "smtps",
          "pop3",
          "pop3s",
          "rtsp",
          "rtsps",
          "rtmp",
          "mqtt",
          "mqtts",
          "amqp",
          "amqps",
          "git",
          "svn",
          "dav",
          "davs",
          "webdav",
          "tcp",
          "udp",
          "unix",
          "npipe",
          "jar",
          "zip",
          "data",
          "javascript",
          "vbscript",
          "blob",
          "view-source",
          "jdbc",
          "netdoc",
          "phar",
          "php",
          "expect",
          "glob",
          "rmi",
          "iiop",
          "jndi");
  /* What no scheme of a server needs, and what two readers could take for different things. */
  private static final String UNCLEAR = "\\%$`{}<>\"^|";

  private ResourceUri() {}

  /// Returns the arguments of `call` without the address of the resource, and everything that this
  /// address may name; empty when it asks for no resource, or its address is judged like any other.
  static Optional<Asked> in(Effect.CallTool call, Situation situation) {
    if (call.tool().equals("prompts/get")) {
      return inPrompt(call, situation);
    }
    if (!METHODS.contains(call.tool())
        || !(call.arguments() instanceof Node.Obj(Map<String, Node> fields, int line))
        || !(fields.get(KEY) instanceof Node.Text(String uri, int _))) {
      return Optional.empty();
    }
    Map<String, Node> others = new LinkedHashMap<>(fields);
    others.remove(KEY);
    return named(uri, situation).map(named -> new Asked(new Node.Obj(others, line), named));
  }

  /* A prompt is often about a resource of its server. */
  private static Optional<Asked> inPrompt(Effect.CallTool call, Situation situation) {
    if (!(call.arguments() instanceof Node.Obj(Map<String, Node> fields, int line))
        || !(fields.get("arguments") instanceof Node.Obj(Map<String, Node> given, int _))) {
      return Optional.empty();
    }
    Map<String, Node> rest = new LinkedHashMap<>(given);
    List<Effect> all = new ArrayList<>();
    given.forEach((name, value) -> {
      if (value instanceof Node.Text(String uri, int _)) {
        named(uri, situation)
            .ifPresent(named -> {
              all.addAll(named);
              rest.remove(name);
            });
      }
    });
    Map<String, Node> others = new LinkedHashMap<>(fields);
    others.put("arguments", new Node.Obj(rest, line));
    return Optional.of(new Asked(new Node.Obj(others, line), all));
  }

  /// @param others what is asked besides
  /// @param named what the address may name
  record Asked(Node.Obj others, List<Effect> named) {
    Asked {
      named = List.copyOf(named);
    }
  }

  private static Optional<List<Effect>> named(String uri, Situation situation) {
    int end = uri.indexOf("://");
    if (end <= 0 || uri.length() > PathText.LONGEST || !isClear(uri)) {
      return Optional.empty();
    }
    String scheme = uri.substring(0, end).toLowerCase(Locale.ROOT);
    if (!isScheme(scheme) || ADDRESSES.contains(scheme)) {
      return Optional.empty();
    }
    List<Effect> named = new ArrayList<>();
    if (scheme.equals("file")) {
      return file(uri, situation, named) ? Optional.of(named) : Optional.empty();
    }
    String rest = uri.substring(end + "://".length());
    String path = rest.substring(0, indexOfAny(rest, "?#;"));
    if (!files(rest, situation, named) || !files(path, situation, named)) {
      return Optional.empty();
    }
    String authority = rest.substring(0, indexOfAny(rest, "/?#"));
    if (!authority.isEmpty() && !isWord(authority)) {
      named.add(new Effect.Connect("GET", "https://" + rest));
    }
    return Optional.of(named);
  }

  /* With its first word and without, from the root and from the workspace. */
  private static boolean files(String path, Situation situation, List<Effect> named) {
    int slash = path.indexOf('/');
    return path.isEmpty()
        || (file(path, situation, named)
            && file("/" + path, situation, named)
            && (slash < 0 || file(path.substring(slash), situation, named)));
  }

  private static int indexOfAny(String text, String ends) {
    int at = 0;
    while (at < text.length() && ends.indexOf(text.charAt(at)) < 0) {
      at++;
    }
    return at;
  }

  private static boolean file(String text, Situation situation, List<Effect> named) {
    if (PathText.read(text, situation.workspace(), situation.home())
        instanceof PathText.Known(var place)) {
      named.add(new Effect.File(Access.READ, place));
      return true;
    }
    return false;
  }

  private static boolean isClear(String uri) {
    for (int i = 0; i < uri.length(); i++) {
      char c = uri.charAt(i);
      if (c <= ' ' || c >= 0x7f || UNCLEAR.indexOf(c) >= 0) {
        return false;
      }
    }
    return uri.indexOf("://", uri.indexOf("://") + 1) < 0;
  }

  /// Returns whether programs connect with `scheme`, in lower case.
  static boolean connects(String scheme) {
    return !isScheme(scheme) || ADDRESSES.contains(scheme);
  }

  /* One with a plus wraps another: git+ssh. */
  private static boolean isScheme(String scheme) {
    for (int i = 0; i < scheme.length(); i++) {
      char c = scheme.charAt(i);
      boolean letter = c >= 'a' && c <= 'z';
      if (!letter && (i == 0 || "-.0123456789".indexOf(c) < 0)) {
        return false;
      }
    }
    return true;
  }

  /* Of letters alone, with _ and -: no address of a machine that a server could mean by itself,
   * but for the names of this machine and of the metadata of a cloud. */
  static boolean isWord(String authority) {
    for (int i = 0; i < authority.length(); i++) {
      char c = authority.charAt(i);
      boolean letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
      if (!letter && (i == 0 || (c != '_' && c != '-' && (c < '0' || c > '9')))) {
        return false;
      }
    }
    String name = authority.toLowerCase(Locale.ROOT);
    return !name.startsWith("local") && !name.startsWith("metadata") && !name.startsWith("ip6-");
  }
}
