// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import dev.redoubt.guard.Effect.Access;
import dev.redoubt.guard.Effect.Nature;
import dev.redoubt.guard.programs.Reading.Want;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/// `go`: building, testing and looking at the workspace.
///
/// Every call can fetch and run the toolchain that `go.mod` names, the version too. Flags that run
/// another program or change what the compiler and linker run (`-exec`, `-toolexec`, `-overlay`)
/// are questions, like flags for these two that are not in [GoFlags], and so are `run`, `generate`,
/// `install` and `get`.
///
/// Sources: `go help build`, `go help testflag`, `go help list`; cmd/go.
final class GoManual implements Manual {

  private static final Set<String> NAMES = Set.of("go");

  private static final Table GLOBALS =
      Table.of(Nature.BUILD, "shows something about go")
          .words()
          .endsAtOperand()
          .flags("-h")
          .values(Meaning.FOLDER, "-C")
          .build();

  @Override
  public Set<String> names() {
    return NAMES;
  }

  @Override
  public Reading read(Call call) {
    Arguments front = GLOBALS.read(call.arguments());
    Draft draft = new Draft(TableReading.ofOptions("go", GLOBALS, front));
    List<Arg> operands = front.operands();
    if (operands.isEmpty()) {
      return Builds.done(draft, front);
    }
    List<String> texts = Builds.texts(operands);
    String verb = texts.getFirst();
    int words = verb.equals("mod") && texts.size() > 1 ? 2 : 1;
    String name = words == 2 ? verb + " " + texts.get(1) : verb;
    Table table = table(name);
    if (table == null) {
      return draft.raise(Nature.CHANGES, "go " + name + " changes or runs something").done();
    }
    Arguments arguments = table.read(operands.subList(words, operands.size()));
    draft.also(TableReading.ofOptions("go " + name, table, arguments));
    for (Arguments.Used one : arguments.used()) {
      boolean flags = one.name().equals("-ldflags") || one.name().equals("-gcflags");
      String value = one.value() instanceof Arg.Known(String text) ? text : "-";
      if (flags && !GoFlags.areHarmless(one.name(), value)) {
        draft.raise(Nature.CHANGES, "go %s with %s can run another program".formatted(name, value));
      }
    }
    packages(draft, arguments.operands());
    return new Draft(Builds.done(draft, front)).in(TableReading.folders(arguments));
  }

  /// A package that is a path is looked through; `...` stands for everything below.
  private static void packages(Draft draft, List<Arg> operands) {
    for (Arg operand : operands) {
      if (operand instanceof Arg.Known(String text)) {
        boolean path = text.startsWith("/") || text.startsWith(".");
        String folder = text.endsWith("/...") ? text.substring(0, text.length() - 4) : text;
        if (path) {
          draft.want(new Want.File(Access.SEARCH, new Arg.Known(folder)));
        }
        if (text.contains("@")) {
          draft.raise(Nature.UNKNOWN, "go fetches " + text);
        }
      } else {
        draft.want(new Want.File(Access.SEARCH, operand));
      }
    }
  }

  private static @Nullable Table table(String verb) {
    return switch (verb) {
      case "build", "vet" -> compiles().build();
      case "test" -> tests();
      case "list" ->
          compiles()
              .flags("-m -deps -test -e -compiled -export -find -json")
              .values("-f -reuse")
              .flags(Meaning.CHANGES, "-u -versions -retracted")
              .build();
      case "env" ->
          BuildShelf.builds().words().flags("-json").flags(Meaning.CHANGES, "-w -u").build();
      case "version" -> BuildShelf.builds().words().flags("-m -v").build();
      case "doc" -> BuildShelf.builds().words().flags("-all -c -cmd -short -src -u").build();
      case "help" -> BuildShelf.builds().words().build();
      case "mod graph", "mod why", "mod verify" ->
          BuildShelf.builds().words().flags("-m -vendor -x").values("-go").build();
      default -> null;
    };
  }

  private static Table.Builder compiles() {
    return BuildShelf.builds()
        .words()
        .flags("-v -n -a -race -msan -asan -trimpath -linkshared -work")
        .flags("-x -cover")
        .values("-p -covermode -coverpkg -tags -mod -buildvcs -buildmode")
        .values(Meaning.WRITES, "-o")
        .values(Meaning.FOLDER, "-C")
        .values(Meaning.CHANGES, "-exec -toolexec -overlay -modfile -asmflags")
        .values("-ldflags -gcflags")
        .values(Meaning.CHANGES, "-gccgoflags -compiler -pkgdir -installsuffix -vettool -pgo")
        .flags(Meaning.CHANGES, "-modcacherw -fix");
  }

  private static Table tests() {
    return compiles()
        .flags("-short -json -i -failfast -benchmem -fullpath")
        .values("-run -bench -benchtime -count -cpu -parallel -timeout -skip -list -shuffle -vet")
        .values(Meaning.WRITES, "-coverprofile -cpuprofile -memprofile -blockprofile -trace")
        .values(Meaning.WRITES, "-mutexprofile -outputdir")
        .values(Meaning.CHANGES, "-fuzz -fuzztime -test.fuzzcachedir")
        .flags(Meaning.CHANGES, "-c -args")
        .build();
  }
}
