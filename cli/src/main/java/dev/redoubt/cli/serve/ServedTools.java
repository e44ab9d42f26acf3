// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.serve;

import dev.redoubt.cli.Call;
import dev.redoubt.document.Json;
import dev.redoubt.document.JsonText;
import dev.redoubt.document.Limits;
import dev.redoubt.document.Node;
import dev.redoubt.mcp.server.Catalogue;
import dev.redoubt.mcp.server.Item;
import dev.redoubt.mcp.server.ServerAnswer;
import dev.redoubt.mcp.server.Tree;
import java.io.IOException;
import java.io.InputStream;

/// The written list of the tools that are served.
final class ServedTools {

  private static final Limits LIMITS = new Limits(64 << 10, 20, 1_000);

  private final Desk desk;
  private final Catalogue catalogue = new Catalogue();

  ServedTools(Call call, ServeOptions options, Desk desk) {
    this.desk = desk;
    ScanTools scans = new ScanTools(new InnerCommand(call, options.workspace()), options);
    GuardTools guard = new GuardTools(call, new InnerCommand(call, options.workspace()), options);
    add("scan", scans::scan);
    add("inventory", scans::inventory);
    add("findings", scans::findings);
    add("reach", scans::reach);
    add("explain", guard::explain);
    add("check_package", new PackageTool(call)::check);
    add("posture", guard::posture);
    if (options.exposed() == ServeOptions.Exposed.RUN) {
      add("run", new RunTool(call, options, desk.log())::run);
    }
  }

  Catalogue catalogue() {
    return catalogue;
  }

  private void add(String name, Desk.Work work) {
    Node.Obj about = about(name);
    catalogue.add(
        Catalogue.Kind.TOOL,
        Item.tool(
            name, about, desk.attended(name, about.get("inputSchema").orElse(Tree.empty()), work)));
  }

  private static Node.Obj about(String name) {
    try (InputStream in = ServedTools.class.getResourceAsStream(name + ".json")) {
      if (in != null
          && Json.readStrict(in.readNBytes(64 << 10), LIMITS) instanceof Node.Obj about) {
        return about;
      }
      throw new IllegalStateException("the description of %s is missing".formatted(name));
    } catch (IOException e) {
      throw new IllegalStateException("the description of %s is broken".formatted(name), e);
    }
  }

  /// Returns an answer that is `result`, and the same as text.
  static ServerAnswer structured(Tree result) {
    Node.Obj object = result.object();
    return ServerAnswer.structured(object, JsonText.of(object));
  }
}
