// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static dev.redoubt.guard.programs.Meaning.READS;
import static dev.redoubt.guard.programs.Meaning.STARTS;
import static dev.redoubt.guard.programs.Meaning.WRITES;

import java.util.List;
import org.jspecify.annotations.Nullable;

/// Programs that read text and print some of it: `cat`, `head`, `sort`.
///
/// Sources: the manual pages of the same names in GNU coreutils 9, util-linux 2.38, bsdmainutils,
/// binutils (strings), vim (xxd) and glibc (iconv).
final class TextShelf implements Shelf {

  private static final List<String> NAMES =
      List.of(
          "cat",
          "tac",
          "nl",
          "head",
          "tail",
          "wc",
          "cut",
          "tr",
          "sort",
          "uniq",
          "comm",
          "join",
          "paste",
          "fold",
          "fmt",
          "expand",
          "unexpand",
          "column",
          "rev",
          "od",
          "hexdump",
          "hd",
          "xxd",
          "strings",
          "readelf",
          "size",
          "shuf",
          "tsort",
          "numfmt",
          "pr",
          "look",
          "iconv",
          "base64",
          "base32",
          "basenc");

  @Override
  public List<String> names() {
    return NAMES;
  }

  @Override
  public @Nullable Manual manual(String name) {
    if (name.equals("uniq")) {
      return new InOutManual("uniq", uniq());
    }
    if (name.equals("xxd")) {
      return new InOutManual("xxd", xxd());
    }
    Table table = table(name);
    return table == null ? null : TableManual.of(name, table);
  }

  private static @Nullable Table table(String name) {
    return switch (name) {
      case "cat" -> cat();
      case "tac" ->
          reads("shows files backwards")
              .flags("-br --before --regex")
              .values("-s --separator")
              .build();
      case "nl" -> nl();
      case "head" -> head();
      case "tail" -> tail();
      case "wc" -> wc();
      case "cut" -> cut();
      case "tr" -> tr();
      case "sort" -> sort();
      case "comm" -> comm();
      case "join" -> join();
      case "paste" ->
          reads("merges lines")
              .flags("-sz --serial --zero-terminated")
              .values("-d --delimiters")
              .build();
      case "fold" ->
          reads("wraps lines")
              .numbers()
              .flags("-bcs --bytes --characters --spaces")
              .values("-w --width")
              .build();
      case "fmt" -> fmt();
      case "expand" ->
          reads("turns tabs into blanks")
              .numbers()
              .flags("-i --initial")
              .values("-t --tabs")
              .build();
      case "unexpand" ->
          reads("turns blanks into tabs")
              .flags("-a --all --first-only")
              .values("-t --tabs")
              .build();
      case "column" -> column();
      case "rev" -> reads("shows lines backwards").flags("-0hV --zero").build();
      case "od" -> od();
      case "hexdump", "hd" -> hexdump();
      case "strings" -> strings();
      case "readelf" -> readelf();
      case "size" -> size();
      case "shuf" -> shuf();
      case "tsort" -> reads("sorts a graph").flags("-w").build();
      case "numfmt" -> numfmt();
      case "pr" -> pr();
      case "look" -> look();
      case "iconv" -> iconv();
      case "base64", "base32", "basenc" -> base64();
      default -> null;
    };
  }

  private static Table.Builder reads(String reason) {
    return Table.harmless(reason).flags("--help --version").operands(Operands.READ);
  }

  private static Table cat() {
    return reads("shows files")
        .flags("-AbeEnstTuv --show-all --number-nonblank --show-ends --number --squeeze-blank")
        .flags("--show-tabs --show-nonprinting")
        .build();
  }

  private static Table nl() {
    return reads("numbers lines")
        .flags("-p --no-renumber")
        .values("-bdfhilnsvw --body-numbering --section-delimiter --footer-numbering")
        .values("--header-numbering --line-increment --join-blank-lines --number-format")
        .values("--number-separator --starting-line-number --number-width")
        .build();
  }

  private static Table head() {
    return reads("shows the first lines")
        .numbers()
        .flags("-qvz --quiet --silent --verbose --zero-terminated")
        .values("-cn --bytes --lines")
        .build();
  }

  private static Table tail() {
    return reads("shows the last lines")
        .numbers()
        .flags("-fFqrvz --quiet --silent --verbose --zero-terminated --retry --debug")
        .optional("--follow")
        .values("-cns --bytes --lines --max-unchanged-stats --pid --sleep-interval")
        .build();
  }

  private static Table wc() {
    return reads("counts lines")
        .flags("-clmLw --bytes --chars --lines --max-line-length --words")
        .values("--total")
        .values(READS, "--files0-from")
        .build();
  }

  private static Table cut() {
    return reads("shows columns")
        .flags("-nsz --complement --only-delimited --zero-terminated")
        .values("-bcdf --bytes --characters --delimiter --fields --output-delimiter")
        .build();
  }

  private static Table tr() {
    return Table.harmless("replaces characters")
        .flags("-cCdst --complement --delete --squeeze-repeats --truncate-set1 --help --version")
        .build();
  }

  /// `--compress-program` runs a program, `-T` says where temporary files are written, and the
  /// files named inside a `--files0-from` cannot be known.
  private static Table sort() {
    return reads("sorts lines")
        .flags("-bdfgiMhnRrVcCmsuz --ignore-leading-blanks --dictionary-order --ignore-case")
        .flags("--general-numeric-sort --ignore-nonprinting --month-sort --human-numeric-sort")
        .flags("--numeric-sort --random-sort --reverse --version-sort --debug --merge --stable")
        .flags("--unique --zero-terminated")
        .optional("--check")
        .values("-kSt --key --buffer-size --field-separator --batch-size --parallel --sort")
        .values(READS, "--random-source")
        .values(Meaning.UNKNOWN, "--files0-from")
        .values(WRITES, "-oT --output --temporary-directory")
        .values(STARTS, "--compress-program")
        .build();
  }

  private static Table uniq() {
    return reads("shows lines once")
        .flags("-cdDiuz --count --repeated --ignore-case --unique --zero-terminated")
        .optional("--all-repeated --group")
        .values("-fsw --skip-fields --skip-chars --check-chars")
        .build();
  }

  private static Table comm() {
    return reads("compares sorted files")
        .flags("-123z --check-order --nocheck-order --total --zero-terminated")
        .values("--output-delimiter")
        .build();
  }

  private static Table join() {
    return reads("joins sorted files")
        .flags("-iz --ignore-case --check-order --nocheck-order --header --zero-terminated")
        .values("-12aejotv")
        .build();
  }

  private static Table fmt() {
    return reads("wraps paragraphs")
        .numbers()
        .flags("-cstu --crown-margin --split-only --tagged-paragraph --uniform-spacing")
        .values("-gpw --goal --prefix --width")
        .build();
  }

  private static Table column() {
    return reads("aligns columns")
        .flags("-tEdeLJxhV --table --table-noheadings --table-header-repeat --keep-empty-lines")
        .flags("--json --fillrows --table-maxout -m")
        .values("-ONlHRTWripcosC --table-name --table-order --table-columns --table-columns-limit")
        .values("--table-noextreme --table-hide --table-right --table-truncate --table-wrap --tree")
        .values("--tree-id --tree-parent --output-width --output-separator --separator")
        .values("--table-column")
        .build();
  }

  private static Table od() {
    return reads("shows bytes")
        .flags("-abcdDefFhHiIlLoOsvxX --output-duplicates --traditional")
        .optional("-w --width --strings")
        .values("-AjNSt --address-radix --endian --skip-bytes --read-bytes --format")
        .build();
  }

  private static Table hexdump() {
    return reads("shows bytes")
        .flags("-bcCdohvxVX --one-byte-octal --one-byte-char --canonical --two-bytes-decimal")
        .flags("--two-bytes-octal --two-bytes-hex --one-byte-hex --no-squeezing")
        .optional("-L --color")
        .values("-ens --format --length --skip")
        .values(READS, "-f --format-file")
        .build();
  }

  /// xxd takes whole words, ends its options at the first operand and writes to the second.
  private static Table xxd() {
    return Table.harmless("shows bytes")
        .words()
        .endsAtOperand()
        .flags("-a -autoskip -b -bits -C -capitalize -d -E -EBCDIC -e -h -help -i -include -p -ps")
        .flags("-postscript -plain -r -revert -u -uppercase -v -version")
        .values("-c -cols -g -groupsize -l -len -n -name -o -R -s -seek -skip")
        .prefixes(Meaning.HARMLESS, "-c -g -l -o -s")
        .operands(Operands.READ)
        .build();
  }

  private static Table strings() {
    return reads("shows texts in binaries")
        .numbers()
        .flags("-adfovVw --all --data --print-file-name --include-all-whitespace")
        .values("-entTsU --bytes --encoding --radix --target --output-separator --unicode")
        .build();
  }

  private static Table readelf() {
    return reads("shows what is in binaries")
        .flags("-ahlSgtesnrudVAcDIWCT --all --file-header --program-headers --section-headers")
        .flags("--segments --sections --symbols --syms --dyn-syms --notes --relocs --unwind")
        .flags("--dynamic --version-info --arch-specific --use-dynamic --wide --demangle")
        .values("-xpR --hex-dump --string-dump --relocated-dump")
        .build();
  }

  private static Table size() {
    return reads("shows the size of binaries")
        .flags("-ABGdoxtV --common --totals")
        .optional("--format --radix")
        .build();
  }

  private static Table shuf() {
    return reads("shuffles lines")
        .flags("-erz --echo --repeat --zero-terminated")
        .values("-in --input-range --head-count")
        .values(READS, "--random-source")
        .values(WRITES, "-o --output")
        .build();
  }

  private static Table numfmt() {
    return Table.harmless("converts numbers")
        .numbers()
        .flags("-z --debug --grouping --zero-terminated --help --version")
        .optional("--header")
        .values("-d --delimiter --field --format --from --from-unit --invalid --padding --round")
        .values("--suffix --to --to-unit --unit-separator")
        .build();
  }

  private static Table pr() {
    return reads("lays out pages")
        .numbers()
        .flags("-acdFfJmrtTv --across --show-control-chars --double-space --form-feed")
        .flags("--join-lines --merge --no-file-warnings --omit-header --omit-pagination")
        .flags("--show-nonprinting")
        .optional("-einsS --expand-tabs --output-tabs --number-lines --separator --sep-string")
        .values("-DhlNowW --date-format --header --length --first-line-number --indent --width")
        .values("--page-width --pages --columns")
        .build();
  }

  private static Table look() {
    return Table.harmless("finds lines by their beginning")
        .flags("-adfhV --alternative --alphanum --ignore-case --help --version")
        .values("-t --terminate")
        .operands(Operands.PATTERN_THEN_READ)
        .build();
  }

  private static Table iconv() {
    return reads("converts characters")
        .flags("-cls --list --silent --verbose")
        .values("-ft --from-code --to-code --byte-subst --widechar-subst --unicode-subst")
        .values(WRITES, "-o --output")
        .build();
  }

  /// macOS has `-o` for a file that is written and `-i` in front of the file that is read.
  private static Table base64() {
    return reads("encodes or decodes")
        .flags("-dDi --decode --ignore-garbage --base64 --base64url --base32 --base32hex")
        .flags("--base16 --base2msbf --base2lsbf --z85 --base58")
        .values("-wb --wrap --break")
        .values(WRITES, "-o --output")
        .build();
  }
}
