// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import dev.redoubt.agent.api.Crew;
import dev.redoubt.agent.api.Outputs;
import dev.redoubt.agent.api.Tool;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// The list of the tools that come with Redoubt.
public final class BuiltInTools {

  private BuiltInTools() {}

  /// Returns the tools of one session, in the order in which a model is told of them.
  ///
  /// @param workspace the folder the session works in, absolute
  /// @param services what the session offers; a tool for something it does not offer is left out
  public static List<Tool> of(Path workspace, Services services) {
    Workplace place = new Workplace(workspace);
    Jobs jobs = new Jobs();
    List<Tool> tools = new ArrayList<>(always(place, jobs, services.outputs()));
    services.searchedAt().ifPresent(at -> tools.add(new WebSearchTool(at)));
    services.notebook().ifPresent(notebook -> tools.add(new MemoryTool(notebook)));
    services.crew().ifPresent(crew -> tools.addAll(agents(crew, place)));
    return List.copyOf(tools);
  }

  private static List<Tool> always(Workplace place, Jobs jobs, Outputs outputs) {
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
        new FetchTool(outputs),
        new TodoTool(),
        new AskTool());
  }

  private static List<Tool> agents(Crew crew, Workplace place) {
    return List.of(
        new SpawnAgentTool(crew),
        new WaitAgentTool(crew),
        new MessageAgentTool(crew),
        new ListAgentsTool(crew),
        new AgentChangesTool(crew, place),
        new StopAgentTool(crew));
  }
}
