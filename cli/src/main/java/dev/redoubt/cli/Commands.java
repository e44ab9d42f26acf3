// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.cli;

import dev.redoubt.cli.db.DbImportCommand;
import dev.redoubt.cli.db.DbPathCommand;
import dev.redoubt.cli.db.DbStatusCommand;
import dev.redoubt.cli.db.DbSyncCommand;
import dev.redoubt.cli.db.DbVerifyCommand;
import dev.redoubt.cli.debug.DebugCompareVersionsCommand;
import dev.redoubt.cli.debug.DebugPurlCommand;
import dev.redoubt.cli.evidence.EvidenceExportCommand;
import dev.redoubt.cli.evidence.EvidenceHeadCommand;
import dev.redoubt.cli.evidence.EvidenceKeysCommand;
import dev.redoubt.cli.evidence.EvidenceListCommand;
import dev.redoubt.cli.evidence.EvidenceProveCommand;
import dev.redoubt.cli.evidence.EvidenceShowCommand;
import dev.redoubt.cli.evidence.EvidenceTailCommand;
import dev.redoubt.cli.evidence.EvidenceVerifyCommand;
import dev.redoubt.cli.exec.ExecCommand;
import dev.redoubt.cli.extensions.CommandsListCommand;
import dev.redoubt.cli.extensions.PluginAddCommand;
import dev.redoubt.cli.extensions.PluginListCommand;
import dev.redoubt.cli.extensions.PluginRemoveCommand;
import dev.redoubt.cli.extensions.PluginVerifyCommand;
import dev.redoubt.cli.extensions.SkillsListCommand;
import dev.redoubt.cli.guard.GuardCheckCommand;
import dev.redoubt.cli.guard.GuardDiffCommand;
import dev.redoubt.cli.guard.GuardExplainCommand;
import dev.redoubt.cli.guard.GuardHookCommand;
import dev.redoubt.cli.guard.GuardInstallCommand;
import dev.redoubt.cli.guard.GuardTestCommand;
import dev.redoubt.cli.install.ProxyInstallCommand;
import dev.redoubt.cli.line.LineCommand;
import dev.redoubt.cli.memory.MemoryDeleteCommand;
import dev.redoubt.cli.memory.MemoryEditCommand;
import dev.redoubt.cli.memory.MemoryListCommand;
import dev.redoubt.cli.memory.MemoryShowCommand;
import dev.redoubt.cli.models.AuthAddCommand;
import dev.redoubt.cli.models.AuthCheckCommand;
import dev.redoubt.cli.models.AuthListCommand;
import dev.redoubt.cli.models.AuthRemoveCommand;
import dev.redoubt.cli.models.ModelsCommand;
import dev.redoubt.cli.relay.GatewayCommand;
import dev.redoubt.cli.relay.GatewayTokenCommand;
import dev.redoubt.cli.relay.McpInspectCommand;
import dev.redoubt.cli.relay.ProxyCommand;
import dev.redoubt.cli.relay.RelayApprovalsCommand;
import dev.redoubt.cli.relay.RelayApproveCommand;
import dev.redoubt.cli.relay.RelayLiftCommand;
import dev.redoubt.cli.relay.RelayStatusCommand;
import dev.redoubt.cli.relay.RelayStopCommand;
import dev.redoubt.cli.run.AgentsListCommand;
import dev.redoubt.cli.run.InitCommand;
import dev.redoubt.cli.run.RunCommand;
import dev.redoubt.cli.sandbox.PostureCommand;
import dev.redoubt.cli.sandbox.SandboxTestCommand;
import dev.redoubt.cli.scan.ScanCommand;
import dev.redoubt.cli.self.CatalogCommand;
import dev.redoubt.cli.self.DoctorCommand;
import dev.redoubt.cli.serve.McpServeCommand;
import dev.redoubt.cli.servers.McpApproveCommand;
import dev.redoubt.cli.servers.McpListCommand;
import dev.redoubt.cli.servers.McpLoginCommand;
import dev.redoubt.cli.servers.McpLogoutCommand;
import dev.redoubt.cli.session.SessionCostCommand;
import dev.redoubt.cli.session.SessionDeleteCommand;
import dev.redoubt.cli.session.SessionExportCommand;
import dev.redoubt.cli.session.SessionForkCommand;
import dev.redoubt.cli.session.SessionListCommand;
import dev.redoubt.cli.session.SessionRenameCommand;
import dev.redoubt.cli.session.SessionResumeCommand;
import dev.redoubt.cli.session.SessionSearchCommand;
import dev.redoubt.cli.session.SessionShowCommand;
import dev.redoubt.cli.staged.StagedApplyCommand;
import dev.redoubt.cli.staged.StagedDiffCommand;
import dev.redoubt.cli.staged.StagedDiscardCommand;
import dev.redoubt.cli.staged.StagedListCommand;
import dev.redoubt.cli.trust.TrustAddCommand;
import dev.redoubt.cli.trust.TrustCommand;
import dev.redoubt.cli.trust.TrustListCommand;
import dev.redoubt.cli.trust.TrustRevokeCommand;
import dev.redoubt.cli.undo.DiffCommand;
import dev.redoubt.cli.undo.RedoCommand;
import dev.redoubt.cli.undo.RestoreCommand;
import dev.redoubt.cli.undo.UndoCommand;
import dev.redoubt.cli.worktrees.WorktreesDiffCommand;
import dev.redoubt.cli.worktrees.WorktreesDiscardCommand;
import dev.redoubt.cli.worktrees.WorktreesListCommand;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/// The written list of commands, in the order of the help.
///
/// Naming a command costs nothing: the class behind an entry is loaded when the entry is built.
final class Commands {

  /// The headings of the help.
  enum Group {
    AGENT("Agent"),
    SCAN("Scan"),
    SANDBOX("Sandbox"),
    GUARD("Guard"),
    EVIDENCE("Evidence"),
    ADVISORIES("Advisories"),
    SELF("About Redoubt"),
    DEBUG("Debugging Redoubt");

    private final String heading;

    Group(String heading) {
      this.heading = heading;
    }

    String heading() {
      return heading;
    }
  }

  /// A command that can be built.
  ///
  /// @param name one word, or two when the command belongs to a family, in the manner of `db
  ///   import`
  /// @param summary one line for the help
  record Entry(String name, Group group, String summary, Supplier<Command> builder) {}

  private static final List<Entry> ALL =
      List.of(
          new Entry(
              "run",
              Group.AGENT,
              "Have the agent do one thing, without a screen.",
              RunCommand::new),
          new Entry(
              "init",
              Group.AGENT,
              "Write an AGENTS.md from what lies in this folder.",
              InitCommand::new),
          new Entry(
              "agents list",
              Group.AGENT,
              "List the sub-agents that files describe.",
              AgentsListCommand::new),
          new Entry(
              "agents worktrees",
              Group.AGENT,
              "List the worktrees in which sub-agents left something.",
              WorktreesListCommand::new),
          new Entry(
              "agents diff",
              Group.AGENT,
              "Show what a sub-agent changed in its worktree.",
              WorktreesDiffCommand::new),
          new Entry(
              "agents discard",
              Group.AGENT,
              "Delete a worktree with what was changed in it.",
              WorktreesDiscardCommand::new),
          new Entry("memory list", Group.AGENT, "List what is remembered.", MemoryListCommand::new),
          new Entry("memory show", Group.AGENT, "Show a note.", MemoryShowCommand::new),
          new Entry(
              "memory edit",
              Group.AGENT,
              "Write a note from standard input.",
              MemoryEditCommand::new),
          new Entry("memory delete", Group.AGENT, "Forget a note.", MemoryDeleteCommand::new),
          new Entry(
              "session list",
              Group.AGENT,
              "List the sessions, latest first.",
              SessionListCommand::new),
          new Entry(
              "session show",
              Group.AGENT,
              "Show what happened in a session.",
              SessionShowCommand::new),
          new Entry(
              "session resume", Group.AGENT, "Go on with a session.", SessionResumeCommand::new),
          new Entry(
              "session fork",
              Group.AGENT,
              "Begin a new session with what another one has.",
              SessionForkCommand::new),
          new Entry(
              "session export",
              Group.AGENT,
              "Write a session as Markdown or as one HTML page.",
              SessionExportCommand::new),
          new Entry(
              "session search",
              Group.AGENT,
              "Find the sessions in which something was said.",
              SessionSearchCommand::new),
          new Entry(
              "session rename", Group.AGENT, "Give a session a name.", SessionRenameCommand::new),
          new Entry("session delete", Group.AGENT, "Delete a session.", SessionDeleteCommand::new),
          new Entry(
              "session cost", Group.AGENT, "Show what sessions used.", SessionCostCommand::new),
          new Entry(
              "mcp list",
              Group.AGENT,
              "List the MCP servers a session here would have.",
              McpListCommand::new),
          new Entry(
              "mcp inspect",
              Group.AGENT,
              "Show what an MCP server offers and what is wrong with it.",
              McpInspectCommand::new),
          new Entry(
              "mcp approve",
              Group.AGENT,
              "Take over what a server says differently of its tools.",
              McpApproveCommand::new),
          new Entry(
              "mcp login",
              Group.AGENT,
              "Log in to an MCP server over HTTP and keep the token.",
              McpLoginCommand::new),
          new Entry(
              "mcp logout",
              Group.AGENT,
              "Forget the token of an MCP server.",
              McpLogoutCommand::new),
          new Entry(
              "mcp serve",
              Group.AGENT,
              "Offer what Redoubt knows of a folder as an MCP server.",
              McpServeCommand::new),
          new Entry(
              "plugin add",
              Group.AGENT,
              "Show what a plugin brings and add it.",
              PluginAddCommand::new),
          new Entry("plugin list", Group.AGENT, "List the plugins.", PluginListCommand::new),
          new Entry(
              "plugin verify",
              Group.AGENT,
              "Check that plugins are what was approved.",
              PluginVerifyCommand::new),
          new Entry("plugin remove", Group.AGENT, "Remove a plugin.", PluginRemoveCommand::new),
          new Entry(
              "skills list",
              Group.AGENT,
              "List the skills a session here would have.",
              SkillsListCommand::new),
          new Entry(
              "commands list",
              Group.AGENT,
              "List the custom commands a session here would have.",
              CommandsListCommand::new),
          new Entry(
              "models",
              Group.AGENT,
              "List the providers and models that are known.",
              ModelsCommand::new),
          new Entry("auth add", Group.AGENT, "Keep the key of a provider.", AuthAddCommand::new),
          new Entry(
              "auth list", Group.AGENT, "Show where each key comes from.", AuthListCommand::new),
          new Entry(
              "auth check",
              Group.AGENT,
              "Ask a provider one short question.",
              AuthCheckCommand::new),
          new Entry(
              "auth remove", Group.AGENT, "Forget the key of a provider.", AuthRemoveCommand::new),
          new Entry(
              "scan",
              Group.SCAN,
              "Find what agents can reach and what is wrong with it.",
              ScanCommand::new),
          new Entry(
              "exec",
              Group.SANDBOX,
              "Run one command through the guard and inside a sandbox.",
              ExecCommand::new),
          new Entry(
              "undo",
              Group.SANDBOX,
              "Take back what the last turn changed, or list the turns.",
              UndoCommand::new),
          new Entry("redo", Group.SANDBOX, "Take the last undo back.", RedoCommand::new),
          new Entry("diff", Group.SANDBOX, "Show what a turn changed.", DiffCommand::new),
          new Entry(
              "restore",
              Group.SANDBOX,
              "Bring a file back as it was before a turn.",
              RestoreCommand::new),
          new Entry(
              "staged",
              Group.SANDBOX,
              "Show what is staged and not applied yet.",
              StagedListCommand::new),
          new Entry("staged list", Group.SANDBOX, "The same.", StagedListCommand::new),
          new Entry(
              "staged diff",
              Group.SANDBOX,
              "Show what staged writes would change.",
              StagedDiffCommand::new),
          new Entry(
              "staged apply",
              Group.SANDBOX,
              "Write what is staged into the workspace.",
              StagedApplyCommand::new),
          new Entry(
              "staged discard", Group.SANDBOX, "Forget what is staged.", StagedDiscardCommand::new),
          new Entry(
              "posture",
              Group.SANDBOX,
              "Show what holds on this machine, and what the configuration opens.",
              PostureCommand::new),
          new Entry(
              "sandbox test",
              Group.SANDBOX,
              "Try the ways out of the sandboxes on this machine.",
              SandboxTestCommand::new),
          new Entry(
              "proxy", Group.GUARD, "Stand between an agent and an MCP server.", ProxyCommand::new),
          new Entry(
              "proxy install",
              Group.GUARD,
              "Put the proxy in front of the servers of another agent.",
              ProxyInstallCommand::new),
          new Entry(
              "gateway",
              Group.GUARD,
              "Offer many MCP servers over HTTP, with the guard in front.",
              GatewayCommand::new),
          new Entry(
              "gateway token",
              Group.GUARD,
              "Make, list and take back tokens for clients of the gateway.",
              GatewayTokenCommand::new),
          new Entry(
              "relay approvals",
              Group.GUARD,
              "List the calls that wait for a person.",
              RelayApprovalsCommand::new),
          new Entry(
              "relay approve",
              Group.GUARD,
              "Let a blocked call pass once.",
              RelayApproveCommand::approving),
          new Entry(
              "relay refuse",
              Group.GUARD,
              "Take a blocked call out of the queue.",
              RelayApproveCommand::refusing),
          new Entry(
              "relay stop",
              Group.GUARD,
              "Stop a server, an agent or all of them at once.",
              RelayStopCommand::new),
          new Entry("relay lift", Group.GUARD, "Take a stop back.", RelayLiftCommand::new),
          new Entry("relay status", Group.GUARD, "Show what is stopped.", RelayStatusCommand::new),
          new Entry(
              "guard check",
              Group.GUARD,
              "Ask what would be decided: allow, ask or deny.",
              GuardCheckCommand::new),
          new Entry(
              "guard explain",
              Group.GUARD,
              "Show how a decision comes about.",
              GuardExplainCommand::new),
          new Entry(
              "guard test",
              Group.GUARD,
              "Ask a table of cases and compare the answers.",
              GuardTestCommand::new),
          new Entry(
              "guard diff",
              Group.GUARD,
              "Show what a new policy allows that the old one did not.",
              GuardDiffCommand::new),
          new Entry(
              "guard hook",
              Group.GUARD,
              "Answer another agent's event before it uses a tool.",
              GuardHookCommand::new),
          new Entry(
              "guard install",
              Group.GUARD,
              "Put the guard in front of another agent.",
              GuardInstallCommand::new),
          new Entry(
              "trust",
              Group.GUARD,
              "Show whether this checkout is trusted and what it would switch on.",
              TrustCommand::new),
          new Entry(
              "trust list",
              Group.GUARD,
              "List the checkouts that are trusted.",
              TrustListCommand::new),
          new Entry(
              "trust add",
              Group.GUARD,
              "Show what a checkout would switch on and trust it.",
              TrustAddCommand::new),
          new Entry(
              "trust revoke", Group.GUARD, "Trust a checkout no longer.", TrustRevokeCommand::new),
          new Entry(
              "evidence list",
              Group.EVIDENCE,
              "Show the streams, how long they are and whether they are sealed.",
              EvidenceListCommand::new),
          new Entry(
              "evidence show",
              Group.EVIDENCE,
              "Show the entries of a stream, or one of them.",
              EvidenceShowCommand::new),
          new Entry(
              "evidence tail",
              Group.EVIDENCE,
              "Show the last entries, and those that come.",
              EvidenceTailCommand::new),
          new Entry(
              "evidence verify",
              Group.EVIDENCE,
              "Check that nothing was changed, taken out or put in.",
              EvidenceVerifyCommand::new),
          new Entry(
              "evidence head",
              Group.EVIDENCE,
              "Print the hash to keep elsewhere.",
              EvidenceHeadCommand::new),
          new Entry(
              "evidence prove",
              Group.EVIDENCE,
              "Prove that one entry is in its stream.",
              EvidenceProveCommand::new),
          new Entry(
              "evidence export",
              Group.EVIDENCE,
              "Write a bundle that verifies by itself, or OpenTelemetry logs.",
              EvidenceExportCommand::new),
          new Entry(
              "evidence keys",
              Group.EVIDENCE,
              "Show, export or rotate the signing keys.",
              EvidenceKeysCommand::new),
          new Entry(
              "catalog",
              Group.SELF,
              "List the plugins: id, class, needs, page.",
              CatalogCommand::new),
          new Entry("doctor", Group.SELF, "Check this installation.", DoctorCommand::new),
          new Entry(
              "completion",
              Group.SELF,
              "Print the completion script of a shell.",
              CompletionCommand::new),
          new Entry(
              "db import",
              Group.ADVISORIES,
              "Import OSV records, KEV and EPSS from files.",
              DbImportCommand::new),
          new Entry(
              "db sync",
              Group.ADVISORIES,
              "Download what changed in the public feeds.",
              DbSyncCommand::new),
          new Entry(
              "db status",
              Group.ADVISORIES,
              "Show what was imported and how old it is.",
              DbStatusCommand::new),
          new Entry(
              "db verify",
              Group.ADVISORIES,
              "Check every compiled file from end to end.",
              DbVerifyCommand::new),
          new Entry(
              "db path", Group.ADVISORIES, "Print where the advisories lie.", DbPathCommand::new),
          new Entry(
              "debug compare-versions",
              Group.DEBUG,
              "Check statements about the order of versions.",
              DebugCompareVersionsCommand::new),
          new Entry(
              "debug purl",
              Group.DEBUG,
              "Run a test file of the purl specification.",
              DebugPurlCommand::new));

  /// What `redoubt` without a command is on a terminal.
  static final Entry LINE_MODE =
      new Entry("", Group.AGENT, "Talk to the agent, line by line.", LineCommand::new);

  /// The options of the line mode that are followed by a value; the search for a command's name
  /// skips it.
  static final List<String> LINE_WITH_VALUE =
      List.of(
          "--model",
          "--provider-url",
          "--provider-protocol",
          "--mode",
          "--sandbox",
          "--writes",
          "--approval",
          "--max-turns",
          "--max-tokens",
          "--max-usd",
          "--resume",
          "--cwd",
          "--policy",
          "--allow",
          "--deny");

  private Commands() {}

  /// Returns all of them.
  static List<Entry> all() {
    return ALL;
  }

  /// Returns the command called `name`.
  static Optional<Entry> named(String name) {
    return ALL.stream().filter(entry -> entry.name().equals(name)).findFirst();
  }

  /// Returns the commands of a family, in the manner of `db`; empty when there is no such family. A
  /// command that is called like its family is the first of it.
  static List<Entry> family(String word) {
    boolean family = ALL.stream().anyMatch(entry -> entry.name().startsWith(word + " "));
    return !family
        ? List.of()
        : ALL.stream()
            .filter(entry -> entry.name().equals(word) || entry.name().startsWith(word + " "))
            .toList();
  }
}
