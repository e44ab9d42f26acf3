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
import java.util.Optional;

/// What a person shows the model beside the prompt. Named by the person, so it is read as the
/// person could read it.
public final class Attachments {

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
      parts.add(of("--attach", name, read(name, call.resolve(name), most(name))));
    }
    parts.add(new Message.Words(prompt));
    return parts;
  }

  /// Returns how many bytes of a file called `name` can be shown.
  public static int most(String name) {
    return type(name).isPresent() ? LARGEST_PICTURE : LARGEST_TEXT;
  }

  private static Optional<String> type(String name) {
    String end = name.substring(name.lastIndexOf('.') + 1);
    return Optional.ofNullable(PICTURES.get(end.toLowerCase(Locale.ROOT)));
  }

  /// Returns what the model sees of a file.
  ///
  /// @param option what named it, for the message
  /// @param bytes all of it, at most [#most]
  /// @throws UsageException if it is neither text nor a picture
  public static Message.Seen of(String option, String name, byte[] bytes) {
    Optional<String> type = type(name);
    if (type.isPresent()) {
      return new Message.Image(type.get(), Content.of(bytes));
    }
    try {
      String text = UTF_8.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
      return new Message.Words("The attached file %s:\n```\n%s\n```".formatted(name, text));
    } catch (CharacterCodingException e) {
      throw new UsageException(
          "%s \"%s\" is neither text nor a picture (png, jpeg, gif, webp)".formatted(option, name));
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
