// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.policy;

import static java.util.Objects.requireNonNull;

import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Effect;
import dev.redoubt.guard.FileFacts;
import dev.redoubt.guard.McpMessage;
import dev.redoubt.guard.Situation;
import dev.redoubt.guard.Situation.Trust;
import dev.redoubt.guard.Situation.Wall;
import dev.redoubt.guard.network.AddressJudge;
import dev.redoubt.guard.network.NameResolver;
import dev.redoubt.guard.network.NetworkJudge;
import dev.redoubt.guard.paths.PathJudge;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/// What holds when nobody wrote a rule.
///
/// Commands that only show something are allowed, so are reading and writing ordinary files of the
/// workspace, and the tests and builds of a trusted one. Sensitive files and inner addresses are
/// denied. Everything else is asked, unless a wall holds what a command could do. Immutable.
public final class BuiltInPolicy implements EffectPolicy {

  /// The question about a tool of which no rule speaks.
  static final String UNLISTED = "tool.unlisted";

  private static final String SAMPLING = "sampling/createMessage";

  private final PathJudge paths;
  private final NetworkJudge network;
  private final ToolArguments arguments;

  /// @param files what is known of the machine's files
  /// @param names who resolves names
  public BuiltInPolicy(FileFacts files, NameResolver names) {
    this(files, names, new AddressJudge(Set.of()));
  }

  /// @param files what is known of the machine's files
  /// @param names who resolves names
  /// @param addresses knows this machine's own addresses
  public BuiltInPolicy(FileFacts files, NameResolver names, AddressJudge addresses) {
    this.paths = new PathJudge(requireNonNull(files, "files"));
    this.network =
        new NetworkJudge(requireNonNull(names, "names"), requireNonNull(addresses, "addresses"));
    this.arguments = new ToolArguments(paths, network);
  }

  @Override
  public Decision decide(Effect effect, Situation situation) {
    return switch (effect) {
      case Effect.Command command -> command(command, situation);
      case Effect.Opaque opaque -> opaque(opaque, situation);
      case Effect.File file -> paths.judge(file, situation);
      case Effect.Connect connect -> network.judge(connect);
      case Effect.CallTool call when McpMessage.in(call.server()).isPresent() -> message(call);
      case Effect.CallTool call ->
          arguments
              .judge(call, situation)
              .or(
                  ask(
                      UNLISTED,
                      "no rule speaks of the tool %s of %s".formatted(call.tool(), call.server())));
      case Effect.StartServer server ->
          ask("server.start", "\"%s\" stays and runs with your rights".formatted(server.name()));
      case Effect.SendToModel model ->
          new Decision.Allow("model.configured", model.provider() + " is configured by you");
      case Effect.LoadConfig load -> load(load, situation);
    };
  }

  /* What a server says is no access to anything; what it wants from the agent may be. */
  private static Decision message(Effect.CallTool call) {
    boolean sampling =
        call.server().endsWith(McpMessage.REQUEST.of("")) && call.tool().equals(SAMPLING);
    return sampling
        ? ask(
            "mcp.sampling",
            "the server wants your model to write for it: a rule allows it, tool:%s/%s"
                .formatted(call.server(), call.tool()))
        : new Decision.Allow("mcp.message", "no rule speaks of it");
  }

  private static Decision command(Effect.Command command, Situation situation) {
    return switch (command.nature()) {
      case HARMLESS -> new Decision.Allow("command.harmless", command.reason());
      case FILES_ONLY ->
          isWriter(command.argv().getFirst())
              ? new Decision.Allow("command.files-only", command.reason())
              : unlessWalled("command.writes", command.reason(), situation);
      case BUILD ->
          situation.trust() == Trust.TRUSTED
              ? new Decision.Allow("command.build", command.reason())
              : ask(
                  "command.build-untrusted",
                  command.reason() + ", and the workspace is not trusted: redoubt trust add");
      case CHANGES -> unlessWalled("command.changes", command.reason(), situation);
      case UNKNOWN -> unlessWalled("command.unknown", command.reason(), situation);
    };
  }

  /* Who types one of these wants to write. A reader that writes by an option (sed -i, sort -o, awk
   * with >) is how lines that look harmless change files, so it is asked about. */
  private static boolean isWriter(String program) {
    return switch (program.substring(program.lastIndexOf('/') + 1)) {
      case "mkdir", "touch", "cp", "tee", "mktemp" -> true;
      default -> false;
    };
  }

  /* What a shell would do differently from what was read is asked behind every wall: a person
   * should see it. What is only not known in advance is what walls are for. */
  private static Decision opaque(Effect.Opaque opaque, Situation situation) {
    String reason = opaque.reason();
    return opaque.rule().startsWith("command.")
        ? unlessWalled(opaque.rule(), reason, situation)
        : ask(opaque.rule(), reason);
  }

  private static Decision unlessWalled(String rule, String reason, Situation situation) {
    return situation.wall() == Wall.HELD
        ? new Decision.Allow("command.walled", "the sandbox holds it: " + reason)
        : ask(rule, reason);
  }

  private Decision load(Effect.LoadConfig load, Situation situation) {
    return situation.trust() == Trust.TRUSTED
        ? new Decision.Allow("trust.trusted", "the workspace is trusted")
        : new Decision.Deny(
            "trust.untrusted",
            "%s in %s is not used before the workspace is trusted: redoubt trust add"
                .formatted(
                    load.kind().name().toLowerCase(Locale.ROOT).replace('_', ' '),
                    load.place().written()),
            List.of());
  }

  private static Decision ask(String rule, String reason) {
    return new Decision.Ask(rule, reason, List.of());
  }
}
