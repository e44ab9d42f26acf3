// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli.models;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.ModelAnswer;
import dev.redoubt.agent.api.ModelChoice;
import dev.redoubt.agent.api.ModelRequest;
import dev.redoubt.agent.models.Catalogue.Listed;
import dev.redoubt.cli.Call;
import dev.redoubt.cli.Command;
import dev.redoubt.cli.CommandOutput;
import dev.redoubt.cli.ExitCode;
import dev.redoubt.cli.GlobalOptions.Network;
import dev.redoubt.cli.UsageException;
import dev.redoubt.model.ErrorCode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/// `redoubt auth check`: asks a provider one short question, which may cost a fraction of a cent. 5
/// when it does not answer.
public final class AuthCheckCommand implements Command {

  private static final int TOKENS = 16;

  @Override
  public CommandSpec spec() {
    return ModelOptions.json(ModelOptions.provider(CommandSpec.create(), "1", "Who is asked."))
        .addOption(
            OptionSpec.builder("--model")
                .paramLabel("MODEL")
                .type(String.class)
                .description("Which of its models; the first that is listed when left out.")
                .build());
  }

  @Override
  public List<String> examples() {
    return List.of("redoubt auth check anthropic", "redoubt auth check ollama --model qwen3:8b");
  }

  @Override
  public int run(Call call) {
    if (call.globals().network() == Network.OFF) {
      throw new UsageException("--offline connects to nothing, a provider included");
    }
    String id = call.parameter(0).orElseThrow(() -> new UsageException("which provider?"));
    ModelWorld models = ModelWorld.of(call);
    models.provider(id);
    String name =
        call.text("--model")
            .or(() -> models.catalogue().models(id).stream().map(Listed::name).findFirst())
            .orElseThrow(() -> new UsageException("which of its models? --model MODEL"));
    ModelChoice choice = models.choice(call, id + "/" + name);
    ModelRequest question =
        new ModelRequest(
            choice.name(),
            "",
            List.of(),
            List.of(Message.FromUser.text("Answer with the one word OK.")),
            new ModelRequest.Settings(TOKENS, Optional.empty(), Optional.empty()));
    try {
      return report(call, id, choice.model().answer(question, _ -> {}));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return ExitCode.CANCELLED;
    }
  }

  private static int report(Call call, String provider, ModelAnswer answer) {
    return switch (answer) {
      case ModelAnswer.Replied replied -> {
        if (call.has("--json")) {
          json(call, provider, "answered", replied.model());
        } else {
          CommandOutput.line(call, "%s answered as %s", provider, replied.model());
        }
        yield ExitCode.OK;
      }
      case ModelAnswer.Failed failed -> {
        String kind = failed.failure().name().toLowerCase(Locale.ROOT);
        if (call.has("--json")) {
          json(call, provider, kind, failed.message());
        } else {
          CommandOutput.note(call, "redoubt: %s (%s)", failed.message(), kind);
        }
        yield ErrorCode.Kind.UPSTREAM.exitCode();
      }
    };
  }

  private static void json(Call call, String provider, String result, String detail) {
    CommandOutput.json(
        call,
        json -> {
          json.writeStringProperty("provider", provider);
          json.writeStringProperty("result", result);
          json.writeStringProperty("detail", detail);
        });
  }
}
