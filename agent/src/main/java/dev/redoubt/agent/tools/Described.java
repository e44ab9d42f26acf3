// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/// Reads what lies beside the classes of the tools.
final class Described {

  private static final int MOST = 64 << 10;
  private static final Limits LIMITS = new Limits(MOST, 20, 2_000);

  private Described() {}

  /// Returns the description of the tool `name`.
  static ToolSpec tool(String name) {
    byte[] schema = resource(name + ".json");
    try {
      if (Json.readStrict(schema, LIMITS) instanceof Node.Obj parameters) {
        return new ToolSpec(
            name, new String(resource(name + ".md"), StandardCharsets.UTF_8).strip(), parameters);
      }
      throw new IllegalStateException("the schema of %s is no object".formatted(name));
    } catch (DocumentException e) {
      throw new IllegalStateException("the schema of %s cannot be read".formatted(name), e);
    }
  }

  private static byte[] resource(String name) {
    try (InputStream in = Described.class.getResourceAsStream(name)) {
      if (in == null) {
        throw new IllegalStateException("%s is not beside its class".formatted(name));
      }
      return in.readNBytes(MOST);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
