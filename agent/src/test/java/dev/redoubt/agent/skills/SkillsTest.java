// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.agent.skills;

import static org.assertj.core.api.Assertions.assertThat;

import dev.redoubt.agent.api.Message;
import dev.redoubt.agent.api.Step;
import dev.redoubt.agent.extensions.Root;
import dev.redoubt.agent.extensions.Root.Owner;
import dev.redoubt.agent.skills.Skill.Bundled;
import dev.redoubt.evidence.Payload;
import dev.redoubt.guard.Action;
import dev.redoubt.guard.Approver;
import dev.redoubt.guard.Content;
import dev.redoubt.guard.Decision;
import dev.redoubt.guard.Gate;
import dev.redoubt.guard.Guard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SkillsTest {

  @TempDir private Path folder;
  private final List<Action> asked = new ArrayList<>();
  private final Gate open = gate(new Decision.Allow("test.yes", "yes"));
  private final Gate shut = gate(new Decision.Deny("test.no", "not trusted", List.of()));

  @Test
  void aSkillHasItsTextAndWhatLiesBesideIt() throws Exception {
    write("own/pdf/SKILL.md", "---\nname: pdf\ndescription: Fill forms.\n---\n# PDF\nDo it.");
    write("own/pdf/ref/fields.md", "fields");
    Files.write(folder.resolve("own/pdf/logo.png"), new byte[] {(byte) 0x89, 'P', 0, 0});

    Skills skills = Skills.find(List.of(root("own", Owner.PERSON)), shut);

    assertThat(skills)
        .isEqualTo(
            new Skills(
                List.of(
                    new Skill(
                        "pdf",
                        "Fill forms.",
                        "own",
                        "# PDF\nDo it.",
                        List.of(
                            new Bundled("logo.png", Optional.empty()),
                            new Bundled("ref/fields.md", Optional.of("fields"))),
                        List.of())),
                List.of()));
    assertThat(asked).isEmpty();
  }

  @Test
  void aSkillOfACheckoutNeedsThePermissionForItsVeryContent() throws Exception {
    write("checkout/a/SKILL.md", "---\nname: a\ndescription: d\n---\nbody");
    write("checkout/b/SKILL.md", "---\nname: b\ndescription: d\n---\nbody");
    List<Root> roots = List.of(root("checkout", Owner.CHECKOUT));

    Skills refused = Skills.find(roots, shut);
    assertThat(refused.all()).isEmpty();
    assertThat(refused.notes())
        .containsExactly("what lies in checkout was not loaded: not trusted  (test.no)");

    asked.clear();
    assertThat(Skills.find(roots, open).all()).hasSize(2);
    Path file = folder.resolve("checkout/a/SKILL.md");
    assertThat(asked.getFirst())
        .isEqualTo(
            new Action.LoadConfig(
                Action.ConfigKind.SKILL,
                file,
                Content.of("---\nname: a\ndescription: d\n---\nbody").sha256()));
  }

  @Test
  void aLinkOnTheWayToTheSkillsOfACheckoutIsNotFollowed() throws Exception {
    write("elsewhere/skills/a/SKILL.md", "---\nname: a\ndescription: d\n---\nbody");
    Files.createSymbolicLink(folder.resolve(".claude"), folder.resolve("elsewhere"));

    Skills skills = Skills.find(List.of(root(".claude/skills", Owner.CHECKOUT)), open);

    assertThat(skills)
        .isEqualTo(
            new Skills(
                List.of(),
                List.of(
                    folder.resolve(".claude/skills")
                        + " is reached through a link, which is not followed")));
    assertThat(asked).isEmpty();
  }

  @Test
  void aCheckoutThatIsNotTrustedCannotFillTheLog() throws Exception {
    for (int i = 0; i < 40; i++) {
      write("checkout/s" + i + "/SKILL.md", "---\nname: s" + i + "\ndescription: d\n---\nbody");
    }

    assertThat(Skills.find(List.of(root("checkout", Owner.CHECKOUT)), shut).all()).isEmpty();

    assertThat(asked).hasSize(8);
  }

  @Test
  void badFrontMatterIsWarnedOfAndNotLost() throws Exception {
    write("own/plain/SKILL.md", "# How to do it\nwords");
    write("own/colon/SKILL.md", "---\nname: colon\ndescription: use: it\n---\nwords");
    write("own/climb/SKILL.md", "---\nname: ../../etc\ndescription: d\n---\nwords");
    write("own/Bad Name/SKILL.md", "words");

    Skills skills = Skills.find(List.of(root("own", Owner.PERSON)), shut);

    assertThat(skills.all()).extracting(Skill::name).containsExactly("climb", "colon", "plain");
    assertThat(skills.all()).allSatisfy(skill -> assertThat(skill.warnings()).isNotEmpty());
    assertThat(skills.named("plain").orElseThrow().description()).isEqualTo("How to do it");
    assertThat(skills.named("colon").orElseThrow().description()).isEqualTo("use: it");
    assertThat(skills.notes()).singleElement().asString().contains("has a name of a skill");
  }

  @Test
  void aSkillDoesNotLeadOutOfItsFolder() throws Exception {
    write("secret.txt", "canary");
    write("elsewhere/x/SKILL.md", "---\nname: x\ndescription: d\n---\ncanary");
    write("checkout/a/SKILL.md", "---\nname: a\ndescription: d\n---\nbody");
    Files.createSymbolicLink(folder.resolve("checkout/a/out.txt"), folder.resolve("secret.txt"));
    Files.createSymbolicLink(folder.resolve("checkout/a/up"), folder);
    Files.createSymbolicLink(folder.resolve("checkout/x"), folder.resolve("elsewhere/x"));
    Files.createDirectories(folder.resolve("checkout/b"));
    Files.createSymbolicLink(
        folder.resolve("checkout/b/SKILL.md"), folder.resolve("elsewhere/x/SKILL.md"));
    Files.createSymbolicLink(folder.resolve("linked"), folder.resolve("elsewhere"));

    Skills skills =
        Skills.find(
            List.of(root("checkout", Owner.CHECKOUT), root("linked", Owner.CHECKOUT)), open);

    assertThat(skills.all())
        .containsExactly(new Skill("a", "d", "checkout", "body", List.of(), List.of()));
    assertThat(skills.notes()).hasSize(4).allMatch(note -> note.contains("is a link"));
  }

  @Test
  void ofTwoWithOneNameTheFirstStandsAndSizesAreLimited() throws Exception {
    write("own/a/SKILL.md", "---\nname: a\ndescription: mine\n---\nbody");
    write("checkout/a/SKILL.md", "---\nname: a\ndescription: theirs\n---\nother");
    write("checkout/big/SKILL.md", "x".repeat((64 << 10) + 1));
    for (int i = 0; i < 210; i++) {
      write(
          "many/s%03d/SKILL.md".formatted(i),
          "---\nname: s%03d\ndescription: d\n---\nx".formatted(i));
    }

    Skills skills =
        Skills.find(
            List.of(
                root("own", Owner.PERSON),
                root("checkout", Owner.CHECKOUT),
                root("many", Owner.PERSON)),
            open);

    assertThat(skills.all()).hasSize(200);
    assertThat(skills.named("a").orElseThrow().description()).isEqualTo("mine");
    assertThat(String.join("\n", skills.notes()))
        .contains("a of checkout is left out", "is over 64 KB", "more than 200 skills");
  }

  @Test
  void thePromptHoldsALineOfEachSkillAndTheToolTheRest() throws Exception {
    write("own/pdf/SKILL.md", "---\nname: pdf\ndescription: Fill forms.\n---\nThe long body.");
    write("own/pdf/ref.md", "reference");
    SkillTool tool = new SkillTool(Skills.find(List.of(root("own", Owner.PERSON)), shut));

    assertThat(tool.spec().description())
        .contains("- pdf: Fill forms.")
        .doesNotContain("The long body.");
    assertThat(said(tool, "pdf", null)).contains("The long body.", "- ref.md");
    assertThat(said(tool, "pdf", "ref.md")).isEqualTo("reference");
    assertThat(said(tool, "word", null)).isEqualTo("there is no skill \"word\"; there are: pdf");
  }

  @ParameterizedTest
  @ValueSource(strings = {"../pdf/ref.md", "/etc/passwd", "./ref.md", "ref.md/", "../../secret"})
  void aFileIsFoundByNameAndNeverByAPath(String name) throws Exception {
    write("own/pdf/SKILL.md", "---\nname: pdf\ndescription: d\n---\nbody");
    write("own/pdf/ref.md", "reference");
    SkillTool tool = new SkillTool(Skills.find(List.of(root("own", Owner.PERSON)), shut));

    assertThat(said(tool, "pdf", name)).startsWith("the skill pdf has no file");
  }

  private static String said(SkillTool tool, String name, String file) {
    Payload arguments = new Payload().text("name", name);
    if (file != null) {
      arguments.text("file", file);
    }
    Step.Done done = (Step.Done) tool.plan(arguments.object());
    return ((Message.Words) done.content().getFirst()).text();
  }

  private Gate gate(Decision decision) {
    Guard guard =
        new Guard() {
          @Override
          public String name() {
            return "test";
          }

          @Override
          public Decision review(Action action) {
            asked.add(action);
            return decision;
          }
        };
    return new Gate(List.of(guard), Approver.NEVER, (_, _, _) -> {});
  }

  private Root root(String name, Owner owner) {
    return new Root(name, folder.resolve(name), owner);
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }
}
