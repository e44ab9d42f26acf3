// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.relay.detectors;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.redoubt.document.Node;
import dev.redoubt.mcp.rpc.RpcError;
import dev.redoubt.mcp.rpc.RpcId;
import dev.redoubt.mcp.rpc.RpcMessage;
import dev.redoubt.relay.api.Asked;
import dev.redoubt.relay.api.Direction;
import dev.redoubt.relay.api.Passing;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;

/// The marked samples of the detectors, and messages made of them.
final class Samples {

  private Samples() {}

  /// One hostile sample.
  ///
  /// @param detector which has to notice it
  /// @param place a letter for the kind of message
  record Hostile(String detector, String place, String text) {}

  /// One ordinary text.
  ///
  /// @param kind its language or format
  record Benign(String kind, String text) {}

  static List<Hostile> hostile() {
    List<Hostile> samples = new ArrayList<>();
    for (String line : text("hostile.txt").split("\n", -1)) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] parts = line.split(" ; ", 3);
        samples.add(new Hostile(parts[0], parts[1], unescaped(parts[2])));
      }
    }
    return samples;
  }

  /// Returns hostile texts that were written without a look at what is listed; no detector is
  /// marked.
  static List<Hostile> unseenHostile() {
    List<Hostile> samples = new ArrayList<>();
    for (String line : text("unseen-hostile.txt").split("\n", -1)) {
      if (!line.startsWith("#") && !line.isBlank()) {
        String[] parts = line.split(" ; ", 2);
        samples.add(new Hostile("", parts[0], unescaped(parts[1])));
      }
    }
    return samples;
  }

  /// Returns the ordinary texts that the detectors were written with.
  static List<Benign> benign() {
    return benign("benign.txt");
  }

  /// Returns those that were written behind them.
  static List<Benign> unseenBenign() {
    return benign("unseen-benign.txt");
  }

  /* The texts between lines of `=== kind`. */
  private static List<Benign> benign(String file) {
    List<Benign> samples = new ArrayList<>();
    String kind = "";
    StringBuilder text = new StringBuilder();
    for (String line : (text(file) + "\n=== end").split("\n", -1)) {
      if (line.startsWith("=== ")) {
        if (!kind.isEmpty()) {
          samples.add(new Benign(kind, unescaped(text.toString().strip())));
        }
        kind = line.substring(4).strip();
        text.setLength(0);
      } else {
        text.append(line).append('\n');
      }
    }
    return samples;
  }

  static List<Passing> messages(Hostile sample) {
    return switch (sample.place()) {
      case "d" -> List.of(described(sample.text()));
      case "p" -> List.of(split(sample.text().split("\\|\\|", -1)));
      case "r" -> List.of(returned("lookup", sample.text()));
      case "a" -> List.of(called(sample.text()));
      case "e" -> List.of(failed(sample.text()));
      case "n" -> List.of(noticed(sample.text()));
      case "q" -> List.of(questioned(sample.text()));
      default -> throw new IllegalArgumentException(sample.place());
    };
  }

  static Passing described(String text) {
    return listing(object("name", string("lookup"), "description", string(text)));
  }

  private static Passing split(String[] parts) {
    Map<String, Node> properties = new LinkedHashMap<>();
    for (int i = 1; i < parts.length; i++) {
      properties.put("p" + i, object("type", string("string"), "description", string(parts[i])));
    }
    return listing(
        object(
            "name",
            string("lookup"),
            "description",
            string(parts[0]),
            "inputSchema",
            object("type", string("object"), "properties", new Node.Obj(properties, 1))));
  }

  static Passing listing(Node... tools) {
    return answer("tools/list", Optional.empty(), object("tools", new Node.Arr(List.of(tools), 1)));
  }

  static Passing returned(String tool, String text) {
    return answer(
        "tools/call",
        Optional.of(object("name", string(tool))),
        object(
            "content",
            new Node.Arr(List.of(object("type", string("text"), "text", string(text))), 1)));
  }

  static Passing called(String assignment) {
    int equals = assignment.indexOf('=');
    return calls("lookup", assignment.substring(0, equals), assignment.substring(equals + 1));
  }

  static Passing calls(String tool, String argument, String value) {
    return new Passing(
        Direction.TO_SERVER,
        new RpcMessage.Request(
            RpcId.of(1),
            "tools/call",
            Optional.of(
                object("name", string(tool), "arguments", object(argument, string(value))))),
        Optional.empty());
  }

  static Passing failed(String text) {
    return new Passing(
        Direction.TO_CLIENT,
        new RpcMessage.Failure(
            RpcId.of(1),
            new RpcError(-32_000, "failed", Optional.of(object("detail", string(text))))),
        Optional.of(new Asked("tools/call", Optional.of(object("name", string("lookup"))))));
  }

  static Passing noticed(String text) {
    return new Passing(
        Direction.TO_CLIENT,
        new RpcMessage.Notice(
            "notifications/message",
            Optional.of(object("level", string("info"), "data", string(text)))),
        Optional.empty());
  }

  private static Passing questioned(String text) {
    return new Passing(
        Direction.TO_CLIENT,
        new RpcMessage.Request(
            RpcId.of(7), "elicitation/create", Optional.of(object("message", string(text)))),
        Optional.empty());
  }

  static Passing answer(String method, Optional<Node> params, Node result) {
    return new Passing(
        Direction.TO_CLIENT,
        new RpcMessage.Result(RpcId.of(1), result),
        Optional.of(new Asked(method, params)));
  }

  static Node string(String text) {
    return new Node.Text(text, 1);
  }

  static Node object(Object... pairs) {
    Map<String, Node> fields = new LinkedHashMap<>();
    for (int i = 0; i < pairs.length; i += 2) {
      fields.put((String) pairs[i], (Node) pairs[i + 1]);
    }
    return new Node.Obj(fields, 1);
  }

  /// Returns what every detector notices in `passing`.
  static List<Alert> alerts(Passing passing) {
    List<Alert> alerts = new ArrayList<>();
    List<Matters.Entry> entries = new Matters().of(passing);
    for (Detector detector : BuiltInDetectors.all()) {
      entries.forEach(entry -> alerts.addAll(detector.look(entry.matter())));
    }
    return alerts;
  }

  static String unescaped(String text) {
    StringBuilder out = new StringBuilder();
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      if (c == '\\' && text.startsWith("u", i + 1)) {
        out.append((char) Integer.parseInt(text.substring(i + 2, i + 6), 16));
        i += 5;
      } else if (c == '\\' && text.startsWith("U{", i + 1)) {
        int end = text.indexOf('}', i);
        out.appendCodePoint(Integer.parseInt(text.substring(i + 3, end), 16));
        i = end;
      } else if (c == '\\' && text.startsWith("n", i + 1)) {
        out.append('\n');
        i++;
      } else {
        out.append(c);
      }
    }
    return out.toString();
  }

  private static String text(String name) {
    try (InputStream in =
        Objects.requireNonNull(Samples.class.getResourceAsStream("/detectors/" + name), name)) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
