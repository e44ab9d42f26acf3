// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.tools;

import static java.util.Objects.requireNonNull;

import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.api.Tool;
import dev.redoubt.agent.api.ToolSpec;
import dev.redoubt.document.Node;
import dev.redoubt.sandbox.processes.Ended;
import java.time.Duration;

/// The tool `job_output`: what a job wrote since it was last asked, and whether it has ended.
final class JobOutputTool implements Tool {

  private final ToolSpec spec = Described.tool("job_output");
  private final Jobs jobs;

  JobOutputTool(Jobs jobs) {
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
                .map(job -> news(job, Duration.ofSeconds(given.number("wait_seconds", 0))))
                .orElseGet(() ->
                    Step.Done.failed(
                        "there is no job \"%s\": %s".formatted(given.text("job"), jobs.known()))));
  }

  private static Step news(Job job, Duration wait) {
    boolean ended = job.hasEndedWithin(wait);
    String news = job.news();
    StringBuilder said = new StringBuilder(news.isBlank() ? "(nothing new)\n" : news);
    if (said.charAt(said.length() - 1) != '\n') {
      said.append('\n');
    }
    Facts facts = Facts.of("job", job.id()).and("running", !ended);
    if (!ended) {
      // The time tells one wait from the next; what is asked again within a second is a circle.
      String time = "[%s is running, %d s]".formatted(job.id(), job.age().toSeconds());
      return Step.Done.said(said.append(time).toString(), facts.all());
    }
    Ended end = job.command().await();
    return Step.Done.said(
        said.append(Endings.line(end)).toString(),
        facts.and("exitCode", end.ending().exitCode()).all());
  }
}
