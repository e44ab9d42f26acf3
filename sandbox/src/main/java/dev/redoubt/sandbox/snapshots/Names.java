// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.snapshots;

import java.io.ByteArrayOutputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Locale;

/// Names of files as text that keeps every byte.
///
/// A name is bytes, and not every name is UTF-8. Printable ASCII stands for itself; blank, `%` and
/// every other byte is written `%XX`. A path is such names joined by `/`, empty for the workspace
/// itself, so a listing sorts the same everywhere and a line break in a name breaks no line.
final class Names {

  private Names() {}

  /// Returns the last name of `path`.
  static String of(Path path) {
    Path name = path.getFileName();
    String text = name == null ? "" : name.toString();
    return isPlain(text) ? text : escaped(rawBytes(Path.of("/").resolve(path.getFileName())));
  }

  /// Returns the text of a link.
  static String ofTarget(Path target) {
    String text = target.toString();
    if (isPlain(text)) {
      return text;
    }
    byte[] raw = rawBytes(Path.of("/").resolve(target));
    return target.isAbsolute() ? "/" + escaped(raw) : escaped(raw);
  }

  /// Returns the path written as `text`, which is relative unless it starts with `/`.
  ///
  /// @throws IllegalArgumentException if no path can be called so
  static Path path(String text) {
    if (text.indexOf('%') < 0) {
      return Path.of(text);
    }
    // The file system decodes the escapes of a URI byte by byte, which a string cannot hold.
    byte[] bytes = bytes(text);
    StringBuilder uri = new StringBuilder("file:///");
    int start = bytes.length > 0 && bytes[0] == '/' ? 1 : 0;
    for (int i = start; i < bytes.length; i++) {
      appendEscaped(uri, bytes[i], bytes[i] == '/');
    }
    Path absolute = Path.of(URI.create(uri.toString()));
    return start == 1 ? absolute : absolute.subpath(0, absolute.getNameCount());
  }

  /// Returns the single name written as `text`, refusing what would lead elsewhere.
  static Path name(String text) {
    Path name = path(text);
    if (text.isEmpty() || text.indexOf('/') >= 0 || name.getNameCount() != 1 || isDots(name)) {
      throw new IllegalArgumentException("\"%s\" is no name of a file".formatted(text));
    }
    return name;
  }

  private static boolean isDots(Path name) {
    String text = name.toString();
    return text.isEmpty() || text.equals(".") || text.equals("..") || name.isAbsolute();
  }

  /// Returns `root` with the names of `text` below it.
  static Path below(Path root, String text) {
    Path path = root;
    for (String part : text.split("/", -1)) {
      path = path.resolve(name(part));
    }
    return path;
  }

  /// Returns `text` for people: decoded as UTF-8, what is none shows as U+FFFD.
  static String shown(String text) {
    return text.indexOf('%') < 0 ? text : new String(bytes(text), StandardCharsets.UTF_8);
  }

  /// Returns the name `child` in the folder `parent`.
  static String join(String parent, String child) {
    return parent.isEmpty() ? child : parent + "/" + child;
  }

  /// Returns the folder of `path`, empty for what lies in the workspace itself.
  static String parent(String path) {
    int slash = path.lastIndexOf('/');
    return slash < 0 ? "" : path.substring(0, slash);
  }

  private static boolean isPlain(String text) {
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c <= ' ' || c > '~' || c == '%') {
        return false;
      }
    }
    return true;
  }

  /* The bytes after the leading slash. Only the URI of a path shows its bytes. */
  private static byte[] rawBytes(Path absolute) {
    String raw = absolute.toUri().getRawPath();
    boolean folder = raw.length() > 1 && raw.endsWith("/");
    return bytes(raw.substring(1, raw.length() - (folder ? 1 : 0)));
  }

  private static String escaped(byte[] bytes) {
    StringBuilder text = new StringBuilder(bytes.length + 16);
    for (byte b : bytes) {
      appendEscaped(text, b, b > ' ' && b <= '~' && b != '%');
    }
    return text.toString();
  }

  private static void appendEscaped(StringBuilder text, byte b, boolean plain) {
    if (plain) {
      text.append((char) b);
    } else {
      text.append('%').append(HexFormat.of().toHexDigits(b).toUpperCase(Locale.ROOT));
    }
  }

  private static byte[] bytes(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream(text.length());
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c != '%') {
        bytes.write(c);
      } else if (i + 2 < text.length()) {
        bytes.write(HexFormat.fromHexDigits(text, i + 1, i + 3));
        i += 2;
      } else {
        throw new IllegalArgumentException("\"%s\" ends within an escape".formatted(text));
      }
    }
    return bytes.toByteArray();
  }
}
