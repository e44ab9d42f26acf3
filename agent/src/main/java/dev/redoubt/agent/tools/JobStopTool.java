// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.sandbox.processes.Ended;
import java.time.Duration;

/// The tool `job_stop`: ends a job with everything it started.
final class JobStopTool implements Tool {

  private final ToolSpec spec = Described.tool("job_stop");
  private final Jobs jobs;

  JobStopTool(Jobs jobs) {
    this.jobs = requireNonNull(jobs, "jobs");
  }

  @Override
  public ToolSpec spec() {
    return spec;
  }

  @Override
  public Access access() {
    return Access.RUNS;
  }

  @Override
  public Step plan(Node.Obj arguments) {
    return Arguments.checked(
        spec,
        arguments,
        given ->
            jobs.job(given.text("job"))
                .map(JobStopTool::stop)
                .orElseGet(() ->
                    Step.Done.failed(
                        "there is no job \"%s\": %s".formatted(given.text("job"), jobs.known()))));
  }

  private static Step stop(Job job) {
    boolean ran = job.command().isAlive();
    job.command().cut("stopped by the agent");
    Ended ended = job.command().await();
    job.hasEndedWithin(Duration.ZERO);
    String news = job.news();
    return Step.Done.said(
        "%s%s%s %s"
            .formatted(
                news,
                news.isEmpty() || news.endsWith("\n") ? "" : "\n",
                job.id(),
                ran ? "is stopped" : "had ended already " + Endings.line(ended)),
        Facts.of("job", job.id()).and("exitCode", ended.ending().exitCode()).all());
  }
}
