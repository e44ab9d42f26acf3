// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.models;

import dev.redoubt.agent.api.Message;
import java.util.Base64;

/// Pictures as text.
final class Pictures {

  private Pictures() {}

  static String base64(Message.Image image) {
    return Base64.getEncoder().encodeToString(image.bytes().bytes());
  }

  static String dataUrl(Message.Image image) {
    return "data:" + image.mediaType() + ";base64," + base64(image);
  }
}
