// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FileShelfTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          tee out                               => FILES_ONLY WRITE:out
          tee -a a b                            => FILES_ONLY WRITE:a WRITE:b
          tee $x                                => FILES_ONLY WRITE:$x
          tee *                                 => FILES_ONLY WRITE:*
          mkdir -p a/b                          => FILES_ONLY WRITE:a/b
          mkdir -m 700 a                        => FILES_ONLY WRITE:a
          touch a                               => FILES_ONLY WRITE:a
          touch -r b a                          => FILES_ONLY LIST:b WRITE:a
          cp a b                                => FILES_ONLY READ:a WRITE:b WRITE:b/a
          cp -r src dest                        => FILES_ONLY SEARCH:src WRITE:dest WRITE:dest/src
          cp -a src/. dest                      => FILES_ONLY SEARCH:src/. WRITE:dest WRITE:dest/.
          cp a b dir                            => FILES_ONLY READ:a READ:b WRITE:dir WRITE:dir/a WRITE:dir/b
          cp -t dir a b                         => FILES_ONLY READ:a READ:b WRITE:dir WRITE:dir/a WRITE:dir/b
          cp --target-directory=dir a           => FILES_ONLY READ:a WRITE:dir WRITE:dir/a
          cp --targ=dir a                       => FILES_ONLY READ:a WRITE:dir WRITE:dir/a
          cp *.c dir                            => UNKNOWN READ:*.c WRITE:dir WRITE:dir/*.c
          cp src/*.c .git/hooks                 => FILES_ONLY READ:src/*.c WRITE:.git/hooks WRITE:.git/hooks/*.c
          cp a *                                => UNKNOWN READ:* READ:a WRITE:* WRITE:*/a
          cp $x y                               => UNKNOWN READ:$x WRITE:y WRITE:y/$x
          cp a $y                               => UNKNOWN READ:$y READ:a WRITE:$y WRITE:$y/a
          cp -l a b                             => CHANGES READ:a WRITE:b WRITE:b/a
          cp -s /etc/shadow b                   => CHANGES READ:/etc/shadow WRITE:b WRITE:b/shadow
          cp -T a b                             => FILES_ONLY READ:a WRITE:b
          cp --parents a/b c                    => FILES_ONLY READ:a/b WRITE:c WRITE:c/a/b
          cp config .git                        => FILES_ONLY READ:config WRITE:.git WRITE:.git/config
          cp --nope a b                         => UNKNOWN READ:a WRITE:b WRITE:b/a
          mv a b                                => CHANGES READ:a DELETE:a WRITE:b WRITE:b/a
          mv a b dir                            => CHANGES READ:a DELETE:a READ:b DELETE:b WRITE:dir WRITE:dir/a WRITE:dir/b
          mv *.c dir                            => CHANGES READ:*.c DELETE:*.c WRITE:dir WRITE:dir/*.c
          mv -t dir a                           => CHANGES READ:a DELETE:a WRITE:dir WRITE:dir/a
          ln -s /etc/shadow x                   => CHANGES READ:/etc/shadow WRITE:x WRITE:x/shadow
          ln -s ../x                            => CHANGES READ:../x WRITE:. WRITE:./x
          ln a b                                => CHANGES READ:a WRITE:b WRITE:b/a
          install -m 755 a /usr/local/bin/a     => FILES_ONLY READ:a WRITE:/usr/local/bin/a WRITE:/usr/local/bin/a/a
          install -d a b                        => FILES_ONLY WRITE:a WRITE:b
          install -s --strip-program=./evil a b => CHANGES RUN(./evil …) READ:a WRITE:b WRITE:b/a
          install -o root a b                   => CHANGES READ:a WRITE:b WRITE:b/a
          rm a                                  => CHANGES DELETE:a
          rm -rf build                          => CHANGES DELETE:build
          rm -rf /                              => CHANGES DELETE:/
          rm --no-preserve-root -rf /           => CHANGES DELETE:/
          rm -rf -- -x                          => CHANGES DELETE:-x
          rm -rf $x                             => UNKNOWN DELETE:$x
          rm -rf *                              => UNKNOWN DELETE:*
          rmdir a                               => CHANGES DELETE:a
          unlink a                              => CHANGES DELETE:a
          shred -u a                            => CHANGES DELETE:a
          truncate -s 0 a                       => CHANGES WRITE:a
          chmod +x a                            => CHANGES WRITE:+x WRITE:a
          chmod -R 777 .                        => CHANGES WRITE:777 WRITE:.
          chmod -x a                            => UNKNOWN WRITE:a
          chown root a                          => CHANGES WRITE:root WRITE:a
          dd if=/dev/zero of=out bs=1M count=1  => FILES_ONLY READ:/dev/zero WRITE:out
          dd if=/etc/shadow                     => HARMLESS READ:/etc/shadow
          dd of=/dev/sda                        => FILES_ONLY WRITE:/dev/sda
          dd $x                                 => UNKNOWN
          dd if=*.c                             => HARMLESS READ:*.c
          dd help                               => UNKNOWN
          split -l 5 a                          => FILES_ONLY READ:a WRITE:x*
          split -l 5 a part-                    => FILES_ONLY READ:a WRITE:part-*
          split --filter='sh_evil a             => FILES_ONLY SHELL('sh_evil) READ:a WRITE:x*
          split --fil='sh_evil a                => FILES_ONLY SHELL('sh_evil) READ:a WRITE:x*
          csplit a /x/ {*}                      => FILES_ONLY READ:a WRITE:xx*
          csplit -f part a 5                    => FILES_ONLY READ:a WRITE:part*
          mktemp                                => FILES_ONLY
          mktemp -d                             => FILES_ONLY
          mktemp -d ./x.XXXX                    => FILES_ONLY WRITE:./x.XXXX
          mktemp -p /etc x.XXX                  => FILES_ONLY WRITE:/etc/x.XXX
          patch -p1                             => CHANGES
          patch -p1 -i x.patch                  => CHANGES READ:x.patch
          patch -d /etc -o /etc/passwd          => CHANGES IN:/etc(WRITE:/etc/passwd)
          dos2unix a                            => FILES_ONLY WRITE:a
          sync                                  => HARMLESS
          """)
  void aChangeToFilesIsSeen(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
