// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.scan.reports;

import dev.redoubt.model.Agent;
import dev.redoubt.model.Component;
import dev.redoubt.model.Credential;
import dev.redoubt.model.Endpoint;
import dev.redoubt.model.Finding;
import dev.redoubt.model.Gap;
import dev.redoubt.model.Hash;
import dev.redoubt.model.InstructionFile;
import dev.redoubt.model.Inventory;
import dev.redoubt.model.Location;
import dev.redoubt.model.McpServer;
import dev.redoubt.model.Purl;
import dev.redoubt.model.Rating;
import dev.redoubt.model.Relation;
import dev.redoubt.model.Scope;
import dev.redoubt.model.Severity;
import dev.redoubt.model.Subject;
import dev.redoubt.scan.engine.Skip;
import dev.redoubt.scan.reach.RankedFinding;
import dev.redoubt.scan.reach.Reach;
import dev.redoubt.scan.reports.ScanReport.Changes;
import dev.redoubt.scan.reports.ScanReport.Coverage;
import dev.redoubt.scan.reports.ScanReport.Header;
import dev.redoubt.scan.thresholds.Ignored;
import dev.redoubt.scan.thresholds.Judgement;
import dev.redoubt.scan.thresholds.Verdict;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// Finished scans for the tests of every format. Names and advisories are made up.
final class SampleReport {

  static final String TIME = "2026-11-22T03:04:05Z";

  /// A text that tries every way out of a report at once.
  static final String HOSTILE =
      "</script><script>alert(1)</script>\"><img src=x onerror=alert(2)>'--> "
          + "[click](javascript:alert(3)) `code` | **bold** @team {0} ${7*7} "
          + "\u001b[31mred\u001b]0;title\u0007 \u202Egnp.exe\u200B\u2066\r\n# heading";

  private static final String LOCK = "package-lock.json";
  private static final Purl LAUNCHED = Purl.parse("pkg:npm/%40acme/mcp-files@2.4.0");
  private static final Purl PARSER = Purl.parse("pkg:npm/tiny-yaml-parser@1.0.3");
  private static final Purl EVIL = Purl.parse("pkg:npm/colour-string@1.9.2");
  private static final Purl PYTHON = Purl.parse("pkg:pypi/requests-lite@0.9.0");
  private static final Purl UNPINNED = Purl.parse("pkg:pypi/loose-thing");
  private static final Purl GO = Purl.parse("pkg:golang/example.org/tools@v1.2.3");
  private static final Agent CLAUDE = new Agent("Claude Code", "claude-code", ".mcp.json");
  private static final Agent CURSOR = new Agent("Cursor", "cursor", "~/.cursor/mcp.json");

  private SampleReport() {}

  /// Returns a report with one of everything.
  static ScanReport full() {
    return report(TIME);
  }

  /// Returns the same report as `--reproducible` makes it.
  static ScanReport reproducible() {
    return report(null);
  }

  /// Returns the report of a folder in which nothing was found.
  static ScanReport empty() {
    return new ScanReport(
        new Header("0.1.0", "0123abc", ".", TIME),
        Inventory.EMPTY,
        new Judgement(List.of(), List.of(), List.of(), new Verdict(0, "none", "no findings")),
        new Coverage(List.of(), List.of(), List.of()),
        null);
  }

  /// Returns a report of `count` findings, every second one with reach.
  static ScanReport large(int count) {
    List<Finding> findings = new ArrayList<>();
    Severity[] severities = Severity.values();
    for (int i = 0; i < count; i++) {
      Purl purl = i % 2 == 0 ? PARSER : Purl.parse("pkg:npm/package-%d@1.%d.0".formatted(i, i));
      findings.add(
          finding(
              "CVE-2026-%d".formatted(10000 + i),
              List.of(),
              Finding.Kind.ADVISORY,
              Rating.of(severities[i % severities.length]),
              new Subject.OfComponent(purl),
              new Finding.Proof("Weakness number %d.".formatted(i), null, List.of()),
              new Location(LOCK, i + 1)));
    }
    Inventory inventory = inventory();
    return new ScanReport(
        new Header("0.1.0", "0123abc", "large", TIME),
        inventory,
        new Judgement(
            new Reach(inventory).rank(findings),
            List.of(),
            List.of(),
            new Verdict(0, "none", "%d findings, none crosses a threshold".formatted(count))),
        new Coverage(List.of(), List.of(), List.of()),
        null);
  }

  /// Returns `format` applied to `report`.
  static String text(ReportFormat format, ScanReport report) {
    StringBuilder out = new StringBuilder();
    try {
      format.write(report, out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return out.toString();
  }

  private static ScanReport report(@Nullable String time) {
    Inventory inventory = inventory();
    List<RankedFinding> ranked = new Reach(inventory).rank(findings());
    List<RankedFinding> counted =
        ranked.stream().filter(one -> !one.finding().identity().id().endsWith("8888")).toList();
    List<Ignored> ignored =
        ranked.stream()
            .filter(one -> one.finding().identity().id().endsWith("8888"))
            .map(one -> ignored(one))
            .toList();
    return new ScanReport(
        new Header("0.1.0", "0123abc", "sample", time),
        inventory,
        new Judgement(
            counted,
            ignored,
            List.of(),
            new Verdict(1, "malicious", "MAL-2026-0001 crosses the threshold malicious")),
        coverage(),
        new Changes(List.of("CVE-2026-1111 in tiny-yaml-parser"), List.of("old " + HOSTILE), 3));
  }

  private static Ignored ignored(RankedFinding ranked) {
    return ranked.finding().identity().id().startsWith("CVE")
        ? new Ignored(ranked, "not reachable from our code", "2027-01-31", "redoubt.toml")
        : new Ignored(ranked, "VEX not_affected: vulnerable_code_not_present", null, "vex.json");
  }

  private static Coverage coverage() {
    return new Coverage(
        List.of(
            new Gap(null, null, "no advisories for Go", "run redoubt db sync or redoubt db import"),
            new Gap("broken/Cargo.lock", 7, "unexpected end of the file", "restore the file"),
            new Gap("odd/" + HOSTILE, null, "cannot read " + HOSTILE, "rename the file")),
        List.of(new Skip("node_modules", 2, "web/node_modules", "installed packages")),
        List.of(
            new AdvisorySource("npm", 1234567, "2026-11-20T00:00:00Z", "osv-export"),
            new AdvisorySource("PyPI", 17, null, "folder " + HOSTILE)));
  }

  private static Inventory inventory() {
    Location lock = new Location(LOCK, 10);
    return new Inventory(
        List.of(
            new Component(
                LAUNCHED,
                Scope.PROD,
                Relation.DIRECT,
                List.of(lock, new Location("web/yarn.lock", 3)),
                List.of(
                    new Hash(
                        "sha512",
                        "z4PhNX7vuL3xVChQ1m2AB9Yg5AULVxXcg/SpIdNs6c5H0NE8XYXysP+DGNKHfuwvY7kxvUdBeoGlODJ6+SfaPg==")),
                List.of(PARSER)),
            new Component(
                PARSER,
                Scope.PROD,
                Relation.TRANSITIVE,
                List.of(new Location(LOCK, 24)),
                List.of(new Hash("sha1", "DA39A3EE5E6B4B0D3255BFEF95601890AFD80709")),
                List.of()),
            Component.of(EVIL, Scope.DEV, Relation.DIRECT, new Location(LOCK, 31)),
            Component.of(PYTHON, Scope.OPTIONAL, Relation.DIRECT, new Location("req.txt", 1)),
            Component.of(UNPINNED, Scope.UNKNOWN, Relation.UNKNOWN, new Location("req.txt", 2)),
            new Component(
                GO,
                Scope.PROD,
                Relation.DIRECT,
                List.of(new Location("go.mod", 5)),
                List.of(new Hash("h1", "47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=")),
                List.of())),
        List.of(CLAUDE, CURSOR),
        List.of(files(), remote(), hostile()),
        List.of(
            new InstructionFile("AGENTS.md", "agents-md", Map.of(), "be good"),
            new InstructionFile("docs/SKILL.md", "skill", Map.of(), "be bad")));
  }

  private static McpServer files() {
    return new McpServer(
        "files",
        CLAUDE,
        new Endpoint.Local("npx", List.of("-y", "@acme/mcp-files@2.4.0", "/srv"), null),
        LAUNCHED,
        new McpServer.Settings(
            true,
            List.of(
                new Credential(
                    "ACME_TOKEN",
                    Credential.Channel.ENVIRONMENT,
                    Credential.Form.LITERAL_SECRET,
                    "f1f2",
                    12)),
            List.of("read_file", "write_file"),
            List.of("/srv")),
        new Location(".mcp.json", 4));
  }

  private static McpServer remote() {
    return new McpServer(
        "docs",
        CURSOR,
        new Endpoint.Remote("http://docs.example/mcp?key=***&q={x}", "sse"),
        null,
        new McpServer.Settings(
            true,
            List.of(
                new Credential(
                    "Authorization",
                    Credential.Channel.HEADER,
                    Credential.Form.REFERENCE,
                    null,
                    null)),
            List.of(),
            List.of()),
        new Location("~/.cursor/mcp.json", 9));
  }

  private static McpServer hostile() {
    return new McpServer(
        HOSTILE,
        CURSOR,
        new Endpoint.Unknown(),
        null,
        new McpServer.Settings(
            false,
            List.of(
                new Credential(
                    HOSTILE,
                    Credential.Channel.ENVIRONMENT,
                    Credential.Form.REFERENCE,
                    null,
                    null)),
            List.of(HOSTILE),
            List.of()),
        new Location("~/.cursor/mcp.json", 20));
  }

  private static List<Finding> findings() {
    return List.of(
        finding(
            "MAL-2026-0001",
            List.of(),
            Finding.Kind.MALICIOUS,
            Rating.of(Severity.UNKNOWN),
            new Subject.OfComponent(EVIL),
            new Finding.Proof("Steals environment variables when installed.", null, List.of()),
            new Location(LOCK, 31)),
        finding(
            "CVE-2026-1111",
            List.of("GHSA-aaaa-bbbb-cccc"),
            Finding.Kind.ADVISORY,
            new Rating(Severity.CRITICAL, 9.8, true, 0.91234),
            new Subject.OfComponent(PARSER),
            new Finding.Proof(
                "Loading a document runs code in it.",
                "1.0.4",
                List.of("CVE-2026-1111: < 1.0.4", "CVSS:3.1/AV:N/AC:L/PR:N/UI:N/S:U/C:H/I:H/A:H")),
            new Location(LOCK, 24)),
        finding(
            "GHSA-dddd-eeee-ffff",
            List.of(),
            Finding.Kind.ADVISORY,
            Rating.of(Severity.UNKNOWN),
            new Subject.OfComponent(PYTHON),
            new Finding.Proof(HOSTILE, "1.0.0", List.of("GHSA-dddd-eeee-ffff: >= 0, < 1.0.0")),
            new Location("req.txt", 1)),
        finding(
            "mcp-plain-http",
            List.of(),
            Finding.Kind.MCP,
            Rating.of(Severity.HIGH),
            new Subject.OfServer("docs", "~/.cursor/mcp.json"),
            new Finding.Proof(
                "MCP server \"docs\" is reached over plain HTTP",
                null,
                List.of("http://docs.example/mcp?key=***&q={x}")),
            new Location("~/.cursor/mcp.json", 9)),
        finding(
            "mcp-shadowed-name",
            List.of(),
            Finding.Kind.MCP,
            Rating.of(Severity.MEDIUM),
            new Subject.OfServer(HOSTILE, "~/.cursor/mcp.json"),
            new Finding.Proof("A name like no other: " + HOSTILE, null, List.of(HOSTILE)),
            new Location("~/.cursor/mcp.json", 20)),
        finding(
            "instruction-hidden-text",
            List.of(),
            Finding.Kind.INSTRUCTION,
            Rating.of(Severity.HIGH),
            new Subject.OfFile("AGENTS.md"),
            new Finding.Proof("Hides text from people.", null, List.of("U+E0041 at column 12")),
            new Location("AGENTS.md", 12)),
        finding(
            "CVE-2026-8888",
            List.of(),
            Finding.Kind.ADVISORY,
            new Rating(Severity.LOW, 3.1, false, 0.0001),
            new Subject.OfComponent(PYTHON),
            new Finding.Proof("Logs a host name.", null, List.of()),
            new Location("req.txt", 1)),
        finding(
            "GHSA-8888-8888-8888",
            List.of(),
            Finding.Kind.ADVISORY,
            new Rating(Severity.MEDIUM, 5.0, false, null),
            new Subject.OfComponent(LAUNCHED),
            new Finding.Proof("Reads past the end of a buffer.", null, List.of()),
            new Location(LOCK, 10)));
  }

  private static Finding finding(
      String id,
      List<String> aliases,
      Finding.Kind kind,
      Rating rating,
      Subject subject,
      Finding.Proof proof,
      Location location) {
    return new Finding(
        new Finding.Identity(id, aliases), kind, rating, subject, proof, List.of(location));
  }
}
