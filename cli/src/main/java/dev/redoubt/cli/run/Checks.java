// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.run;

import dev.redoubt.agent.engine.AnswerCheck;
import dev.redoubt.agent.engine.CommandCheck;
import dev.redoubt.agent.engine.FinalCheck;
import dev.redoubt.agent.schemas.JsonSchema;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.UsageException;
import dev.redoubt.document.DocumentException;
import dev.redoubt.document.Json;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.model.ErrorCode;
import dev.redoubt.model.RedoubtException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// What looks at the work when the model calls it finished.
///
/// @param schema the shape of the answer, as `--schema` has it
/// @param all in the order in which they are asked
record Checks(Optional<Node.Obj> schema, List<FinalCheck> all) {

  private static final Limits LIMITS = new Limits(1 << 20, 100, 50_000);
  private static final int REPAIRS = 3;

  Checks {
    all = List.copyOf(all);
  }

  static Checks of(Call call, Path workspace) {
    List<FinalCheck> all = new ArrayList<>();
    call.text("--verify").ifPresent(line -> all.add(new CommandCheck(line, workspace, REPAIRS)));
    Optional<Node.Obj> schema = call.text("--schema").map(name -> schema(call, name));
    schema.ifPresent(read -> all.add(new AnswerCheck(JsonSchema.of(read))));
    return new Checks(schema, all);
  }

  private static Node.Obj schema(Call call, String name) {
    try (InputStream in = Files.newInputStream(call.resolve(name))) {
      Node read = Json.read(in.readNBytes((int) LIMITS.bytes() + 1), LIMITS);
      if (read instanceof Node.Obj object) {
        return object;
      }
      throw new UsageException("--schema \"%s\" is no JSON object".formatted(name));
    } catch (DocumentException e) {
      throw new UsageException("--schema \"%s\" %s".formatted(name, e.getMessage()));
    } catch (IOException e) {
      throw new RedoubtException(
          ErrorCode.UNREADABLE,
          "--schema \"%s\" cannot be read: %s".formatted(name, RedoubtException.reason(e)),
          e);
    }
  }
}
