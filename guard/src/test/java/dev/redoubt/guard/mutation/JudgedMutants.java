// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.mutation;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/// Compares the changes of a mutation run that no test noticed with the written list of those that
/// were judged to change nothing.
///
/// The list has one line for each, `class.method | mutator | times | text of the line`, and the
/// reason on indented lines below it. A line of the source that changes has to be judged again.
final class JudgedMutants {

  private static final String PACKAGE = "dev.redoubt.guard.";

  /// What a run and the list say to each other.
  ///
  /// @param unjudged entries as they would stand in the list, without a reason
  /// @param gone entries of classes of this run that are noticed now, or less often
  record Comparison(
      int mutants, int noticed, int judged, List<String> unjudged, List<String> gone) {

    boolean isGood() {
      return unjudged.isEmpty();
    }

    @Override
    public String toString() {
      StringBuilder text =
          new StringBuilder(
              "%d mutants, %d noticed, %d judged, %d neither%n"
                  .formatted(mutants, noticed, judged, mutants - noticed - judged));
      unjudged.forEach(it -> text.append("not noticed and not judged: %s%n".formatted(it)));
      gone.forEach(it -> text.append("judged, but noticed now: %s%n".formatted(it)));
      return text.toString();
    }
  }

  private JudgedMutants() {}

  /// Reads `REPORT LIST SOURCES`; ends with 1 when a mutant is neither noticed nor judged.
  public static void main(String[] args) throws IOException {
    Comparison comparison =
        compare(
            Files.readString(Path.of(args[0])),
            Files.readAllLines(Path.of(args[1])),
            Path.of(args[2]));
    System.out.print(comparison);
    if (!comparison.isGood()) {
      System.exit(1);
    }
  }

  static Comparison compare(String report, List<String> list, Path sources) throws IOException {
    Map<String, Integer> left = new TreeMap<>();
    Set<String> classes = new TreeSet<>();
    int noticed = 0;
    NodeList mutations = mutations(report);
    for (int i = 0; i < mutations.getLength(); i++) {
      Element mutation = (Element) mutations.item(i);
      classes.add(outer(text(mutation, "mutatedClass")));
      switch (mutation.getAttribute("status")) {
        case "SURVIVED", "NO_COVERAGE" -> left.merge(key(mutation, sources), 1, Integer::sum);
        default -> noticed++;
      }
    }
    Map<String, Integer> judged = judged(list);
    List<String> unjudged = new ArrayList<>();
    int good = 0;
    for (Map.Entry<String, Integer> entry : left.entrySet()) {
      int known = judged.getOrDefault(entry.getKey(), 0);
      good += Math.min(known, entry.getValue());
      if (entry.getValue() > known) {
        unjudged.add(entry(entry.getKey(), entry.getValue()));
      }
    }
    List<String> gone = new ArrayList<>();
    judged.forEach((key, times) -> {
      if (left.getOrDefault(key, 0) < times
          && classes.contains(outer(key.substring(0, key.indexOf(" | "))))) {
        gone.add(entry(key, times));
      }
    });
    return new Comparison(mutations.getLength(), noticed, good, unjudged, gone);
  }

  /// Returns how often each mutant of `list` may survive.
  private static Map<String, Integer> judged(List<String> list) {
    Map<String, Integer> judged = new TreeMap<>();
    String open = "";
    for (String line : list) {
      if (line.isBlank() || line.startsWith("#")) {
        continue;
      }
      if (line.startsWith(" ")) {
        open = "";
        continue;
      }
      String[] parts = line.split(" \\| ", 4);
      if (parts.length < 4 || !open.isEmpty()) {
        throw new IllegalArgumentException("no reason, or no entry: " + open + line);
      }
      open = line;
      judged.merge(
          parts[0] + " | " + parts[1] + " | " + parts[3], Integer.parseInt(parts[2]), Integer::sum);
    }
    if (!open.isEmpty()) {
      throw new IllegalArgumentException("no reason: " + open);
    }
    return judged;
  }

  private static String entry(String key, int times) {
    String[] parts = key.split(" \\| ", 3);
    return parts[0] + " | " + parts[1] + " | " + times + " | " + parts[2];
  }

  private static String key(Element mutation, Path sources) throws IOException {
    String name = text(mutation, "mutatedClass");
    String mutator = text(mutation, "mutator");
    String folder = name.substring(0, name.lastIndexOf('.')).replace('.', '/');
    List<String> lines =
        Files.readAllLines(sources.resolve(folder).resolve(text(mutation, "sourceFile")));
    int line = Integer.parseInt(text(mutation, "lineNumber"));
    return "%s.%s | %s | %s"
        .formatted(
            name.replace(PACKAGE, ""),
            text(mutation, "mutatedMethod"),
            mutator.substring(mutator.lastIndexOf('.') + 1).replace("Mutator", ""),
            line <= lines.size() ? lines.get(line - 1).strip() : "");
  }

  /// Returns `hooks.HookAnswer` for every class and method in it.
  private static String outer(String name) {
    StringBuilder outer = new StringBuilder();
    for (String part : name.replace(PACKAGE, "").split("[.$]", -1)) {
      outer.append(outer.isEmpty() ? "" : ".").append(part);
      if (!part.isEmpty() && Character.isUpperCase(part.charAt(0))) {
        break;
      }
    }
    return outer.toString();
  }

  private static String text(Element mutation, String name) {
    return mutation.getElementsByTagName(name).item(0).getTextContent();
  }

  private static NodeList mutations(String report) throws IOException {
    try {
      DocumentBuilderFactory factory = DocumentBuilderFactory.newDefaultInstance();
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      return factory
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(report)))
          .getElementsByTagName("mutation");
    } catch (ParserConfigurationException | SAXException e) {
      throw new IOException(e);
    }
  }
}
