// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.document;

import java.io.ByteArrayInputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.YamlUnicodeReader;
import org.snakeyaml.engine.v2.common.Anchor;
import org.snakeyaml.engine.v2.common.ScalarStyle;
import org.snakeyaml.engine.v2.events.AliasEvent;
import org.snakeyaml.engine.v2.events.CollectionStartEvent;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.events.NodeEvent;
import org.snakeyaml.engine.v2.events.ScalarEvent;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.parser.ParserImpl;
import org.snakeyaml.engine.v2.resolver.ScalarResolver;
import org.snakeyaml.engine.v2.scanner.StreamReader;

/// Reads the first document of a YAML 1.2 stream, or all of them.
///
/// An object or list that is the value of a key has the line of that key, as it does in JSON. Plain
/// scalars are read by the JSON schema of YAML 1.2 (so `yes` is a text); numbers keep their
/// literal. Tags are ignored, so nothing is ever constructed from one. An alias is the tree it
/// stands for, and every use of it counts against the limit: a "billion laughs" file is refused
/// after a few million. An alias inside its own anchor is refused.
public final class Yaml {

  private Yaml() {}

  /// Returns the tree of `document`; an empty document is [Node.Nothing].
  ///
  /// @throws DocumentException if it is malformed or over a limit
  public static Node read(byte[] document, Limits limits) throws DocumentException {
    return documents(document, limits, 1).getFirst();
  }

  /// Returns the trees of all documents of `stream`, at least one. The limits hold for the whole.
  ///
  /// @throws DocumentException if one of them is malformed or they are over a limit
  public static List<Node> readAll(byte[] stream, Limits limits) throws DocumentException {
    return documents(stream, limits, Integer.MAX_VALUE);
  }

  private static List<Node> documents(byte[] stream, Limits limits, int most)
      throws DocumentException {
    Size.check(stream, limits);
    LoadSettings settings =
        LoadSettings.builder()
            .setCodePointLimit(Integer.MAX_VALUE)
            .setAllowDuplicateKeys(true)
            .build();
    StreamReader reader =
        new StreamReader(settings, new YamlUnicodeReader(new ByteArrayInputStream(stream)));
    ScalarResolver resolver = settings.getSchema().getScalarResolver();
    try {
      ParserImpl parser = new ParserImpl(settings, reader);
      List<Node> documents = new ArrayList<>();
      int nodesLeft = limits.nodes();
      do {
        if (nodesLeft < 1) {
          throw new DocumentException(
              null,
              "holds more than %,d values in all its documents".formatted(limits.nodes()),
              "split the file, or remove it from what is scanned");
        }
        Events events = new Events(new Limits(limits.bytes(), limits.depth(), nodesLeft), resolver);
        Node root = events.read(parser);
        nodesLeft -= events.tree.nodes() + 1;
        documents.add(root);
      } while (documents.size() < most
          && parser.hasNext()
          && !parser.checkEvent(Event.ID.StreamEnd));
      return documents;
    } catch (MarkedYamlEngineException e) {
      Integer line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(null);
      throw new DocumentException(
          line, "is not YAML: " + Size.shorten(e.getProblem()), "correct the file");
    } catch (YamlEngineException e) {
      throw new DocumentException(
          null, "is not YAML: " + Size.shorten(String.valueOf(e.getMessage())), "correct the file");
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      // the parser lets these out for escapes such as "\xZZ" and "\UFFFFFFFF"
      throw new DocumentException(
          reader.getLine() + 1, "is not YAML: a malformed escape", "correct the file");
    }
  }

  private static final class Events {

    private final Limits limits;
    private final ScalarResolver resolver;
    private final TreeBuilder tree;
    private final Map<Anchor, Anchored> anchors = new HashMap<>();
    private final Deque<Started> started = new ArrayDeque<>();
    private int keyLine;

    Events(Limits limits, ScalarResolver resolver) {
      this.limits = limits;
      this.resolver = resolver;
      this.tree = new TreeBuilder(limits);
    }

    Node read(ParserImpl parser) throws DocumentException {
      while (parser.hasNext()) {
        Event event = parser.next();
        if (event.getEventId() == Event.ID.DocumentEnd) {
          break;
        }
        accept(event);
      }
      Node root = tree.root();
      return root == null ? new Node.Nothing(1) : root;
    }

    private void accept(Event event) throws DocumentException {
      switch (event) {
        case CollectionStartEvent start -> {
          requireNoKeyWanted(line(start));
          int line = keyLine > 0 ? keyLine : line(start);
          keyLine = 0;
          started.addFirst(new Started(start.getAnchor().orElse(null), tree.nodes()));
          if (start.getEventId() == Event.ID.MappingStart) {
            tree.openObject(line);
          } else {
            tree.openList(line);
          }
        }
        case ScalarEvent scalar -> scalar(scalar);
        case AliasEvent alias -> alias(alias);
        default -> {
          if (event.getEventId() == Event.ID.MappingEnd
              || event.getEventId() == Event.ID.SequenceEnd) {
            Started start = started.removeFirst();
            Node closed = tree.close();
            remember(start.anchor, closed, tree.nodes() - start.nodesBefore);
          }
        }
      }
    }

    private void scalar(ScalarEvent scalar) throws DocumentException {
      Node node = node(scalar);
      remember(scalar.getAnchor().orElse(null), node, 1);
      if (tree.wantsKey()) {
        tree.key(scalar.getValue());
        keyLine = node.line();
      } else {
        tree.add(node, 1);
        keyLine = 0;
      }
    }

    private void alias(AliasEvent alias) throws DocumentException {
      Anchored target = anchors.get(alias.getAlias());
      if (target == null) {
        throw new DocumentException(
            line(alias),
            "alias \"%s\" stands for nothing, or for itself".formatted(alias.getAlias()),
            "correct the file");
      }
      if (tree.wantsKey()) {
        tree.key(target.node.scalar().orElseThrow(() -> noScalarKey(line(alias))));
        keyLine = line(alias);
      } else {
        tree.add(target.node, target.size);
        keyLine = 0;
      }
    }

    private Node node(ScalarEvent scalar) {
      int line = line(scalar);
      String value = scalar.getValue();
      if (scalar.getScalarStyle() != ScalarStyle.PLAIN) {
        return new Node.Text(value, line);
      }
      Tag tag = resolver.resolve(value, true);
      if (tag.equals(Tag.NULL)) {
        return new Node.Nothing(line);
      }
      if (tag.equals(Tag.BOOL)) {
        return new Node.Bool(Boolean.parseBoolean(value), line);
      }
      return tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)
          ? new Node.Num(value, line)
          : new Node.Text(value, line);
    }

    private void remember(@Nullable Anchor anchor, Node node, int size) {
      if (anchor != null) {
        anchors.put(anchor, new Anchored(node, Math.min(size, limits.nodes())));
      }
    }

    private void requireNoKeyWanted(int line) throws DocumentException {
      if (tree.wantsKey()) {
        throw noScalarKey(line);
      }
    }

    private static DocumentException noScalarKey(int line) {
      return new DocumentException(line, "a key that is no scalar", "use a plain key");
    }

    private static int line(NodeEvent event) {
      Optional<Mark> mark = event.getStartMark();
      return mark.map(m -> m.getLine() + 1).orElse(1);
    }
  }

  private record Anchored(Node node, int size) {}

  private record Started(@Nullable Anchor anchor, int nodesBefore) {}
}
