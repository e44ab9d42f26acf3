// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashSet;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// The first message of a TLS connection, as far as it says whom it is for.
///
/// Read strictly (RFC 8446 4.1.2, RFC 6066 3): every length has to fit exactly, an extension stands
/// there once, and a list of names has one name. A message in several records is put together; any
/// other record between them, an empty one, and anything behind the message in its last record is
/// refused. At most 64 KB.
final class ClientHello {

  private static final int HANDSHAKE = 22;
  private static final int CLIENT_HELLO = 1;
  private static final int MAX_RECORD = 1 << 14;
  private static final int MAX_TOTAL = 1 << 16;
  private static final int RECORD_HEADER = 5;
  private static final int MESSAGE_HEADER = 4;
  private static final int RANDOM = 32;
  private static final int MAX_SESSION_ID = 32;
  private static final int SERVER_NAME = 0;
  private static final int ENCRYPTED_HELLO = 0xFE0D;
  private static final int ENCRYPTED_NAME = 0xFFCE;

  private final byte[] bytes;
  private final @Nullable String serverName;
  private final boolean hidesAName;

  private ClientHello(byte[] bytes, @Nullable String serverName, boolean hidesAName) {
    this.bytes = bytes;
    this.serverName = serverName;
    this.hidesAName = hidesAName;
  }

  /// Says that what came is no ClientHello that could be read.
  @SuppressWarnings("serial") // never leaves the package
  static final class Unreadable extends Exception {
    Unreadable(String reason) {
      super(reason, null, false, false);
    }

    String reason() {
      return String.valueOf(getMessage());
    }
  }

  /// Where bytes come from.
  interface Source {
    /// Takes exactly `count` bytes.
    ///
    /// @throws EOFException if there are fewer
    byte[] take(int count) throws IOException;
  }

  /// Takes one ClientHello from `source`, and no byte more.
  static ClientHello read(Source source) throws Unreadable, IOException {
    ByteArrayOutputStream raw = new ByteArrayOutputStream(1024);
    ByteArrayOutputStream message = new ByteArrayOutputStream(1024);
    int needed = MESSAGE_HEADER;
    while (message.size() < needed) {
      byte[] record = record(source, raw);
      message.writeBytes(record);
      if (needed == MESSAGE_HEADER && message.size() >= MESSAGE_HEADER) {
        needed = MESSAGE_HEADER + length(message.toByteArray());
      }
    }
    if (message.size() > needed) {
      throw new Unreadable("something stands behind the ClientHello");
    }
    ByteBuffer body = ByteBuffer.wrap(message.toByteArray()).position(MESSAGE_HEADER).slice();
    return parse(raw.toByteArray(), body);
  }

  /// Returns what was taken, records and all.
  byte[] bytes() {
    return bytes.clone();
  }

  /// Returns the server name in lower case, or empty when there is none.
  Optional<String> serverName() {
    return Optional.ofNullable(serverName);
  }

  /// Says whether another name may be hidden inside (RFC 9849), which cannot be told from a decoy.
  boolean hidesAName() {
    return hidesAName;
  }

  private static byte[] record(Source source, ByteArrayOutputStream raw)
      throws Unreadable, IOException {
    byte[] header = source.take(RECORD_HEADER);
    int length = (header[3] & 0xFF) << 8 | (header[4] & 0xFF);
    if (header[0] != HANDSHAKE || header[1] != 3) {
      throw new Unreadable("it is no record of a TLS handshake");
    }
    if (length == 0 || length > MAX_RECORD) {
      throw new Unreadable("a TLS record is empty or too long");
    }
    if (raw.size() + length > MAX_TOTAL) {
      throw new Unreadable("the ClientHello is too long");
    }
    byte[] content = source.take(length);
    raw.writeBytes(header);
    raw.writeBytes(content);
    return content;
  }

  private static int length(byte[] message) throws Unreadable {
    int length = (message[1] & 0xFF) << 16 | (message[2] & 0xFF) << 8 | (message[3] & 0xFF);
    if (message[0] != CLIENT_HELLO) {
      throw new Unreadable("the first message of TLS is not a ClientHello");
    }
    if (length > MAX_TOTAL) {
      throw new Unreadable("the ClientHello is too long");
    }
    return length;
  }

  private static ClientHello parse(byte[] raw, ByteBuffer body) throws Unreadable {
    part(body, 2 + RANDOM);
    require(part(body, one(body)).remaining() <= MAX_SESSION_ID, "the session id is too long");
    ByteBuffer suites = part(body, two(body));
    require(suites.hasRemaining() && suites.remaining() % 2 == 0, "the cipher suites do not fit");
    require(part(body, one(body)).hasRemaining(), "there is no compression method");
    if (!body.hasRemaining()) {
      return new ClientHello(raw, null, false);
    }
    ByteBuffer extensions = part(body, two(body));
    require(!body.hasRemaining(), "something stands behind the extensions");
    Set<Integer> seen = new HashSet<>();
    String name = null;
    while (extensions.hasRemaining()) {
      int type = two(extensions);
      ByteBuffer content = part(extensions, two(extensions));
      require(seen.add(type), "an extension stands there twice");
      if (type == SERVER_NAME) {
        name = name(content);
      }
    }
    return new ClientHello(
        raw, name, seen.contains(ENCRYPTED_HELLO) || seen.contains(ENCRYPTED_NAME));
  }

  private static String name(ByteBuffer content) throws Unreadable {
    ByteBuffer list = part(content, two(content));
    require(!content.hasRemaining(), "the list of server names does not fit");
    require(one(list) == 0, "the server name is of an unknown type");
    ByteBuffer name = part(list, two(list));
    require(!list.hasRemaining(), "there are several server names");
    byte[] bytes = new byte[name.remaining()];
    name.get(bytes);
    for (byte b : bytes) {
      require(b > ' ' && b < 0x7F, "the server name is not in ASCII");
    }
    require(bytes.length > 0, "the server name is empty");
    return new String(bytes, US_ASCII).toLowerCase(Locale.ROOT);
  }

  private static ByteBuffer part(ByteBuffer from, int length) throws Unreadable {
    require(length <= from.remaining(), "a part is longer than the whole");
    ByteBuffer part = from.slice(from.position(), length);
    from.position(from.position() + length);
    return part;
  }

  private static int one(ByteBuffer from) throws Unreadable {
    require(from.hasRemaining(), "it ends early");
    return from.get() & 0xFF;
  }

  private static int two(ByteBuffer from) throws Unreadable {
    require(from.remaining() >= 2, "it ends early");
    return from.getShort() & 0xFFFF;
  }

  private static void require(boolean holds, String otherwise) throws Unreadable {
    if (!holds) {
      throw new Unreadable(otherwise);
    }
  }
}
