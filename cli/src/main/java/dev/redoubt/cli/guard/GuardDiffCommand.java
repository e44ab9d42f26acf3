// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.guard;

import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.UsageException;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.policy.Origin;
import dev.redoubt.guard.policy.Policy;
import dev.redoubt.guard.policy.PolicyDifference;
import dev.redoubt.guard.policy.PolicyDifference.Change;
import java.io.PrintStream;
import java.io.StringWriter;
import java.time.LocalDate;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.json.JsonWriteFeature;

/// `redoubt guard diff`: what a new policy allows that the old one did not, shown with examples.
///
/// Ends with 1 when something is wider or may be, else with 0.
public final class GuardDiffCommand implements Command {

  private static final JsonFactory JSON =
      JsonFactory.builder().enable(JsonWriteFeature.ESCAPE_NON_ASCII).build();

  @Override
  public CommandSpec spec() {
    return CommandSpec.create()
        .addPositional(file("OLD", "The policy as it was."))
        .addPositional(file("NEW", "The policy as it would be."))
        .addOption(
            OptionSpec.builder("--managed").description("Both are managed policies.").build())
        .addOption(OptionSpec.builder("--json").description("Answer with a JSON object.").build());
  }

  private static PositionalParamSpec file(String label, String description) {
    return PositionalParamSpec.builder()
        .paramLabel(label)
        .type(String.class)
        .arity("0..1")
        .index(label.equals("OLD") ? "0" : "1")
        .description(description)
        .build();
  }

  @Override
  public List<String> examples() {
    return List.of(
        "redoubt guard diff old/redoubt.toml redoubt.toml",
        "redoubt guard diff --json old.toml new.toml");
  }

  @Override
  public int run(Call call) {
    PolicyDifference difference = PolicyDifference.between(policy(call, 0), policy(call, 1));
    if (call.has("--json")) {
      call.world().out().println(json(difference));
    } else {
      words(call.world().out(), difference);
    }
    return difference.isWider() ? ExitCode.NO : ExitCode.OK;
  }

  private static Policy policy(Call call, int index) {
    String name =
        call.parameter(index)
            .orElseThrow(() -> new UsageException("which policies? redoubt guard diff OLD NEW"));
    LocalDate today = LocalDate.now(call.world().clock());
    Origin origin = call.has("--managed") ? Origin.MANAGED : Origin.USER;
    return GuardPolicy.read(call.resolve(name), name, origin, today);
  }

  private static void words(PrintStream out, PolicyDifference difference) {
    changes(out, "wider", difference.widened());
    if (!difference.possible().isEmpty()) {
      out.println("may be wider, without an example");
      difference
          .possible()
          .forEach(possible ->
              out.println("  " + possible.rule() + ": " + CommandOutput.plain(possible.reason())));
    }
    changes(out, "narrower", difference.narrowed());
    out.println(
        "%d wider, %d may be wider, %d narrower"
            .formatted(
                difference.widened().size(),
                difference.possible().size(),
                difference.narrowed().size()));
  }

  private static void changes(PrintStream out, String heading, List<Change> changes) {
    if (changes.isEmpty()) {
      return;
    }
    out.println(heading);
    for (Change change : changes) {
      out.println("  " + CommandOutput.plain(change.example()));
      out.println("      before  " + shown(change.before()));
      out.println("      after   " + shown(change.after()));
    }
  }

  private static String shown(Decision decision) {
    return Answers.word(decision)
        + "  "
        + decision.rule()
        + ": "
        + CommandOutput.plain(decision.reason());
  }

  private static String json(PolicyDifference difference) {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = JSON.createGenerator(ObjectWriteContext.empty(), text)) {
      json.writeStartObject();
      changes(json, "widened", difference.widened());
      json.writeArrayPropertyStart("possible");
      for (PolicyDifference.Possible possible : difference.possible()) {
        json.writeStartObject();
        json.writeStringProperty("rule", possible.rule());
        json.writeStringProperty("reason", possible.reason());
        json.writeEndObject();
      }
      json.writeEndArray();
      changes(json, "narrowed", difference.narrowed());
      json.writeEndObject();
    }
    return text.toString();
  }

  private static void changes(JsonGenerator json, String name, List<Change> changes) {
    json.writeArrayPropertyStart(name);
    for (Change change : changes) {
      json.writeStartObject();
      json.writeStringProperty("example", change.example());
      decision(json, "before", change.before());
      decision(json, "after", change.after());
      json.writeEndObject();
    }
    json.writeEndArray();
  }

  private static void decision(JsonGenerator json, String name, Decision decision) {
    json.writeObjectPropertyStart(name);
    json.writeStringProperty("decision", Answers.word(decision));
    json.writeStringProperty("rule", decision.rule());
    json.writeStringProperty("reason", decision.reason());
    json.writeEndObject();
  }
}
