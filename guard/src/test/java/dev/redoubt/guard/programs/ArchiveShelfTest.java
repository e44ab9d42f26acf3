// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.guard.programs;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ArchiveShelfTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '`',
      delimiterString = " => ",
      textBlock =
          """
          tar tf a.tar                                                => HARMLESS READ:a.tar
          tar -tzf a.tgz                                              => HARMLESS READ:a.tgz
          tar tvf a.tar src                                           => HARMLESS READ:a.tar
          tar czf a.tgz src                                           => FILES_ONLY WRITE:a.tgz SEARCH:src
          tar -czf a.tgz -C src .                                     => FILES_ONLY WRITE:a.tgz SEARCH:. IN:src(SEARCH:.)
          tar -czf a.tgz -C a x -C ../b y                             => UNKNOWN WRITE:a.tgz SEARCH:x SEARCH:y IN:a(SEARCH:x SEARCH:y) IN:../b(SEARCH:x SEARCH:y)
          tar cf - src                                                => HARMLESS SEARCH:src
          tar xzf a.tgz                                               => CHANGES READ:a.tgz WRITE:.
          tar xzf a.tgz -C out                                        => CHANGES READ:a.tgz IN:out(WRITE:.)
          tar -xOf a.tar x                                            => HARMLESS READ:a.tar
          tar xf a.tar --to-command='sh_evil                          => CHANGES SHELL('sh_evil) READ:a.tar WRITE:.
          tar xf a.tar --to-com='sh_evil                              => CHANGES SHELL('sh_evil) READ:a.tar WRITE:.
          tar cf a.tar src --checkpoint=1 --checkpoint-action=exec=sh => CHANGES SHELL(sh) WRITE:a.tar SEARCH:src
          tar cf a.tar src --checkpoint-act=exec=id                   => CHANGES SHELL(id) WRITE:a.tar SEARCH:src
          tar cf a.tar src --checkpoint-action=dot                    => FILES_ONLY WRITE:a.tar SEARCH:src
          tar tf a.tar -I ./evil                                      => HARMLESS RUN(./evil …) READ:a.tar
          tar tf a.tar --use-compress-program=./evil                  => HARMLESS RUN(./evil …) READ:a.tar
          tar tf a.tar --use='./evil_-d                               => HARMLESS RUN('./evil_-d …) READ:a.tar
          tar tIf ./evil a.tar                                        => HARMLESS RUN(./evil …) READ:a.tar
          tar -F ./evil -tf a.tar                                     => HARMLESS SHELL(./evil) READ:a.tar
          tar tf host:a.tar                                           => UNKNOWN READ:host:a.tar
          tar tf host:a.tar --rsh-command=./evil                      => UNKNOWN RUN(./evil …) READ:host:a.tar
          tar tf $x                                                   => UNKNOWN READ:$x
          tar cf a.tar *                                              => UNKNOWN READ:* WRITE:a.tar SEARCH:*
          tar cf a.tar -- *                                           => FILES_ONLY WRITE:a.tar SEARCH:*
          tar cf a.tar ./*                                            => FILES_ONLY WRITE:a.tar SEARCH:./*
          tar cf a.tar -T names                                       => UNKNOWN WRITE:a.tar
          tar f a.tar                                                 => UNKNOWN READ:a.tar
          tar --help                                                  => HARMLESS
          tar xPf a.tar                                               => CHANGES READ:a.tar WRITE:.
          gzip a                                                      => FILES_ONLY READ:a WRITE:a
          gzip -c a                                                   => HARMLESS READ:a
          gzip -dc a.gz                                               => HARMLESS READ:a.gz
          gzip -l a.gz                                                => HARMLESS READ:a.gz
          xz -dc -o out a.xz                                          => FILES_ONLY WRITE:out READ:a.xz
          gzip -dcN a.gz                                              => CHANGES READ:a.gz
          gzip -dc $x a.gz                                            => UNKNOWN READ:$x READ:a.gz
          gunzip a.gz                                                 => FILES_ONLY READ:a.gz WRITE:a.gz WRITE:a
          gunzip .env.gz                                              => FILES_ONLY READ:.env.gz WRITE:.env.gz WRITE:.env
          gunzip -N a.gz                                              => CHANGES READ:a.gz WRITE:a.gz WRITE:a
          gunzip -k *.gz                                              => UNKNOWN READ:*.gz WRITE:*.gz WRITE:*
          xz -T 0 a                                                   => FILES_ONLY READ:a WRITE:a
          zstd -o out a                                               => FILES_ONLY WRITE:out READ:a WRITE:a
          zcat a.gz                                                   => HARMLESS READ:a.gz
          zip -r out.zip src                                          => FILES_ONLY WRITE:out.zip WRITE:out.zip.zip SEARCH:src
          zip out.zip a -T -TT 'sh_evil                               => CHANGES WRITE:out.zip WRITE:out.zip.zip SEARCH:a SEARCH:sh evil
          zip -rT out.zip src --unzip-command='sh_evil                => CHANGES SHELL('sh_evil) WRITE:out.zip WRITE:out.zip.zip SEARCH:src
          zip -m out.zip a                                            => CHANGES WRITE:out.zip WRITE:out.zip.zip SEARCH:a
          zip -@ out.zip                                              => CHANGES WRITE:out.zip WRITE:out.zip.zip
          zip $x a                                                    => UNKNOWN WRITE:$x WRITE:a WRITE:a.zip SEARCH:a
          unzip -l a.zip                                              => HARMLESS READ:a.zip
          unzip a.zip                                                 => CHANGES READ:a.zip WRITE:.
          unzip a.zip -d out                                          => CHANGES READ:a.zip WRITE:out
          unzip -p a.zip x                                            => HARMLESS READ:a.zip
          unzip -o a.zip                                              => CHANGES READ:a.zip WRITE:.
          unzip $x                                                    => CHANGES READ:$x WRITE:.
          unzip                                                       => HARMLESS
          ar t lib.a                                                  => HARMLESS READ:lib.a
          ar rcs lib.a a.o                                            => CHANGES READ:lib.a READ:a.o
          7z l a.7z                                                   => HARMLESS READ:a.7z
          7z x a.7z                                                   => CHANGES READ:a.7z
          7z a a.7z src                                               => CHANGES READ:a.7z READ:src
          tar cf a.tar -f /etc/x src                                  => UNKNOWN WRITE:/etc/x SEARCH:src
          """)
  void packingAndUnpackingIsSeen(String line, String expected) {
    assertThat(Calls.reading(line)).isEqualTo(expected);
  }
}
