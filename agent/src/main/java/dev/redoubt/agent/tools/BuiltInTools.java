// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.api.Outputs;
import dev.redoubt.agent.api.Tool;
import java.nio.file.Path;
import java.util.List;

/// The list of the tools that come with Redoubt.
public final class BuiltInTools {

  private BuiltInTools() {}

  /// Returns the tools of one session, in the order in which a model is told of them.
  ///
  /// @param workspace the folder the session works in, absolute
  /// @param outputs where whoever cuts results keeps the whole of them
  public static List<Tool> of(Path workspace, Outputs outputs) {
    Workplace place = new Workplace(workspace);
    Jobs jobs = new Jobs();
    return List.of(
        new ViewTool(place),
        new LsTool(place),
        new GlobTool(place),
        new GrepTool(place),
        new EditTool(place),
        new WriteTool(place),
        new ApplyPatchTool(place),
        new BashTool(place, jobs),
        new JobOutputTool(jobs),
        new JobStopTool(jobs),
        new SendInputTool(jobs),
        new ReadOutputTool(outputs),
        new TodoTool(),
        new AskTool());
  }
}
