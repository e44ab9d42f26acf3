// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.sandbox.checks;

import dev.redoubt.guard.Action;
import dev.redoubt.guard.Content;
import dev.redoubt.sandbox.Outcome;
import dev.redoubt.sandbox.checks.Attempt.Seen;
import dev.redoubt.sandbox.processes.Ended;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;

/// The ways out that lead through files.
final class FileAttempts {

  private FileAttempts() {}

  static Seen readSecret(Scene scene) throws CheckFailedException {
    Ended ended =
        scene.run(
            "cat ~/.ssh/id_ed25519 .env; cat < .env; cp .env copy && cat copy;"
                + " tar cf - .env ~/.ssh; dd if=.env; cat ./.env /proc/self/cwd/.env");
    return new Seen(
        (ended.output() + "" + ended.errors()).contains(scene.secret()),
        "a key in ~/.ssh and an .env of the workspace were read in eight ways");
  }

  static Seen writeOutside(Scene scene) throws CheckFailedException, IOException {
    Path temporary = Path.of("/var/tmp/" + scene.secret());
    scene.run(
        "echo x > ~/written; echo x > %s; echo x > ../written; touch /usr/written-%s"
            .formatted(temporary, scene.secret()));
    boolean out =
        exists(scene.home().resolve("written"))
            || exists(scene.workspace().resolveSibling("written"))
            || exists(Path.of("/usr/written-" + scene.secret()));
    boolean shared = Files.deleteIfExists(temporary);
    Files.deleteIfExists(Path.of("/usr/written-" + scene.secret()));
    return new Seen(out || shared, "the home, the folder above, /var/tmp and /usr were tried");
  }

  static Seen writeProtected(Scene scene) throws CheckFailedException, IOException {
    scene.run(
        "echo evil >> .git/config; mv .git away && echo evil >> away/config && mv away .git;"
            + " rm -rf .git/config; cp file .git/config; chmod 777 .git/config;"
            + " mv file .git/hooks/pre-commit");
    scene.run(
        "echo evil >> meta/config; mkdir -p meta/hooks; echo evil > meta/hooks/pre-commit;"
            + " mkdir -p made/objects made/refs; cp meta/HEAD made;"
            + " printf '[core]\\nfsmonitor = evil\\n' > made/config");
    Files.createDirectories(scene.workspace().resolve(".git/hooks"));
    boolean written =
        isChanged(scene.workspace().resolve(".git/config"))
            || isChanged(scene.workspace().resolve("meta/config"))
            || exists(scene.workspace().resolve(".git/hooks/pre-commit"))
            || exists(scene.workspace().resolve("meta/hooks/pre-commit"))
            || exists(scene.workspace().resolve("made/config"));
    return new Seen(
        written,
        "settings and hooks of git were written, moved and deleted, in .git and in repositories"
            + " of another name");
  }

  private static boolean isChanged(Path config) throws IOException {
    return !exists(config) || Files.size(config) != 7;
  }

  static Seen writeAbsent(Scene scene) throws CheckFailedException, IOException {
    Set<String> before = names(scene.workspace());
    scene.run(
        "mkdir -p .claude .vscode .cursor; echo x > .mcp.json; echo x > .claude/settings.json;"
            + " echo x > .vscode/tasks.json; echo x > .git/hooks/post-checkout;"
            + " echo x > .bashrc-new; rm -f .bashrc-new");
    Set<String> after = names(scene.workspace());
    after.removeAll(before);
    return new Seen(
        !after.isEmpty(),
        after.isEmpty()
            ? "settings and hooks that are not there stay so, and nothing is left in their place"
            : "left behind: " + String.join(", ", after));
  }

  static Seen symlinkSwap(Scene scene) throws CheckFailedException, IOException {
    Path outside = Files.writeString(scene.home().resolve("target"), scene.secret());
    scene.run("ln -sfn %s swapped; ln -sfn %s folder".formatted(outside, scene.home()));
    Outcome read = scene.perform(new Action.Read(scene.workspace().resolve("swapped")));
    Outcome through = scene.perform(new Action.Read(scene.workspace().resolve("folder/target")));
    // Where the link did not arrive, as from another machine, this makes an ordinary file.
    scene.perform(new Action.Write(scene.workspace().resolve("swapped"), Content.of("evil")));
    boolean out =
        read instanceof Outcome.ReadFile
            || through instanceof Outcome.ReadFile
            || Files.size(outside) != scene.secret().length();
    return new Seen(out, "file tools were sent through links to a file and to a folder outside");
  }

  static Seen hardLink(Scene scene) throws CheckFailedException, IOException {
    Path outside = Files.writeString(scene.home().resolve("linked"), "before");
    scene.run(
        "ln %s here; echo evil >> here; ln ~/.ssh/id_ed25519 key && cat key".formatted(outside));
    boolean changed = Files.size(outside) != 6;
    return new Seen(changed, "a second name of a file outside was made and written through");
  }

  private static boolean exists(Path path) {
    return Files.exists(path, LinkOption.NOFOLLOW_LINKS);
  }

  private static Set<String> names(Path folder) throws IOException {
    Set<String> names = new TreeSet<>();
    try (Stream<Path> paths = Files.walk(folder)) {
      paths.forEach(path -> names.add(folder.relativize(path).toString()));
    }
    return names;
  }
}
