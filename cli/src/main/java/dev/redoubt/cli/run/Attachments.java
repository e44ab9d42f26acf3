// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.agent.api.Message;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.guard.Content;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// What a person shows the model beside the prompt. Named by the person, so it is read as the
/// person could read it.
final class Attachments {

  private static final int LARGEST_TEXT = 256 << 10;
  private static final int LARGEST_PICTURE = 5 << 20;
  private static final Map<String, String> PICTURES =
      Map.of(
          "png", "image/png",
          "jpg", "image/jpeg",
          "jpeg", "image/jpeg",
          "gif", "image/gif",
          "webp", "image/webp");

  private Attachments() {}

  /// Returns `prompt` with everything that `--attach` names.
  static List<Message.Seen> with(Call call, String prompt) {
    List<Message.Seen> parts = new ArrayList<>();
    for (String name : call.texts("--attach")) {
      parts.add(attachment(name, call.resolve(name)));
    }
    parts.add(new Message.Words(prompt));
    return parts;
  }

  private static Message.Seen attachment(String name, Path file) {
    int dot = name.lastIndexOf('.');
    String type = PICTURES.get(name.substring(dot + 1).toLowerCase(Locale.ROOT));
    if (type != null) {
      return new Message.Image(type, Content.of(read(name, file, LARGEST_PICTURE)));
    }
    byte[] bytes = read(name, file, LARGEST_TEXT);
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Message.Words("The attached file %s:\n```\n%s\n```".formatted(name, text));
    } catch (CharacterCodingException e) {
      throw new UsageException(
          "--attach \"%s\" is neither text nor a picture (png, jpeg, gif, webp)".formatted(name));
    }
  }

  private static byte[] read(String name, Path file, int largest) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(largest + 1);
      if (bytes.length > largest) {
        throw new UsageException("--attach \"%s\" is over %d KB".formatted(name, largest >> 10));
      }
      return bytes;
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "--attach \"%s\" cannot be read: %s".formatted(name, RedoubtException.reason(e)),
          e);
    }
  }
}
