// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.egress;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.List;
import javax.net.ssl.SNIHostName;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/// Greetings of TLS: what the JDK says, and what nobody should say.
final class Hellos {

  private Hellos() {}

  /// Returns what the JDK sends first to a server called `name`, or without a name when it is
  /// empty.
  static byte[] real(String name) {
    try {
      SSLEngine engine = SSLContext.getDefault().createSSLEngine();
      engine.setUseClientMode(true);
      SSLParameters parameters = engine.getSSLParameters();
      parameters.setServerNames(name.isEmpty() ? List.of() : List.of(new SNIHostName(name)));
      engine.setSSLParameters(parameters);
      ByteBuffer out = ByteBuffer.allocate(engine.getSession().getPacketBufferSize());
      engine.wrap(ByteBuffer.allocate(0), out);
      byte[] hello = new byte[out.flip().remaining()];
      out.get(hello);
      return hello;
    } catch (GeneralSecurityException | SSLException e) {
      throw new AssertionError(e);
    }
  }

  /// Returns a greeting with `extensions`, each with its header, in one record.
  static byte[] with(byte[]... extensions) {
    return records(message(extensions), 1 << 14);
  }

  /// Returns the message of a greeting without a record around it.
  static byte[] message(byte[]... extensions) {
    ByteArrayOutputStream body = new ByteArrayOutputStream();
    body.writeBytes(new byte[] {3, 3});
    body.writeBytes(new byte[32]);
    body.write(0);
    body.writeBytes(new byte[] {0, 2, 0x13, 1, 1, 0});
    body.writeBytes(sized(joined(extensions)));
    byte[] content = body.toByteArray();
    ByteArrayOutputStream message = new ByteArrayOutputStream();
    message.writeBytes(new byte[] {1, 0, (byte) (content.length >> 8), (byte) content.length});
    message.writeBytes(content);
    return message.toByteArray();
  }

  /// Returns `message` in records of at most `most` bytes.
  static byte[] records(byte[] message, int most) {
    ByteArrayOutputStream records = new ByteArrayOutputStream();
    for (int at = 0; at < message.length; at += most) {
      int length = Math.min(most, message.length - at);
      records.writeBytes(new byte[] {22, 3, 1, (byte) (length >> 8), (byte) length});
      records.write(message, at, length);
    }
    return records.toByteArray();
  }

  static byte[] extension(int type, byte[] content) {
    return joined(new byte[] {(byte) (type >> 8), (byte) type}, sized(content));
  }

  /// Returns the extension that names `name`.
  static byte[] name(String name) {
    return extension(0, sized(joined(new byte[] {0}, sized(name.getBytes(US_ASCII)))));
  }

  static byte[] sized(byte[] content) {
    return joined(new byte[] {(byte) (content.length >> 8), (byte) content.length}, content);
  }

  static byte[] joined(byte[]... parts) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    for (byte[] part : parts) {
      joined.writeBytes(part);
    }
    return joined.toByteArray();
  }
}
