// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.image;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class PlainClassTest {

  private static final String SAMPLE = "dev.redoubt.image.Sample";

  private static final ClassHierarchyResolver HIERARCHY =
      ClassHierarchyResolver.ofResourceParsing(PlainClassTest.class.getClassLoader());

  @Test
  void aPreparedClassDoesWhatItDid() throws Exception {
    assertThat(answers(new Prepared())).isEqualTo(new Sample().get());
  }

  @Test
  void theSampleHasMoreThanOneAnswer() {
    assertThat(new Sample().get())
        .contains("null", "text", "int 1", "number 2", "0 ints", "NEW", "all of []", "refused")
        .anyMatch(answer -> answer.startsWith("circle hole "))
        .anyMatch(answer -> answer.startsWith("circle heavy "))
        .anyMatch(answer -> answer.startsWith("square black "));
  }

  @Test
  void noSwitchAndNoEqualityIsLeftToTheJvm() {
    assertThat(switches(file(SAMPLE))).hasSize(3);
    assertThat(dynamicCalls(file(SAMPLE + "$Circle"))).hasSize(3);

    // javac turns two cases of one record into a second switch over its first component.
    assertThat(switches(prepared(SAMPLE))).containsExactly("typeSwitch(int,int)int");
    assertThat(dynamicCalls(prepared(SAMPLE + "$Shape"))).isEmpty();
    assertThat(dynamicCalls(prepared(SAMPLE + "$Circle")))
        .containsExactly("toString(Sample$Circle)String");
  }

  @Test
  void aClassWithoutAnyIsTheSameBytes() {
    byte[] bytes = file("dev.redoubt.image.PlainClassTest");

    assertThat(PlainClass.of(bytes, HIERARCHY)).isSameAs(bytes);
  }

  @Test
  void aPreparedClassIsNotPreparedAgain() {
    byte[] once = prepared(SAMPLE);

    assertThat(PlainClass.of(once, HIERARCHY)).isSameAs(once);
  }

  private static Object answers(ClassLoader loader) throws Exception {
    Supplier<?> sample =
        (Supplier<?>) loader.loadClass(SAMPLE).getDeclaredConstructor().newInstance();
    assertThat(sample).isNotInstanceOf(Sample.class);
    return sample.get();
  }

  private static byte[] prepared(String name) {
    return PlainClass.of(file(name), HIERARCHY);
  }

  private static byte[] file(String name) {
    String resource = "/" + name.replace('.', '/') + ".class";
    try (InputStream in = PlainClassTest.class.getResourceAsStream(resource)) {
      return in.readAllBytes();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> switches(byte[] bytes) {
    return dynamicCalls(bytes).stream().filter(call -> call.startsWith("typeSwitch")).toList();
  }

  private static List<String> dynamicCalls(byte[] bytes) {
    List<String> names = new ArrayList<>();
    for (var method : ClassFile.of().parse(bytes).methods()) {
      method
          .code()
          .ifPresent(code -> {
            for (var element : code) {
              if (element instanceof InvokeDynamicInstruction call) {
                names.add(call.name().stringValue() + call.typeSymbol().displayDescriptor());
              }
            }
          });
    }
    return names;
  }

  /* Loads the sample's classes prepared, everything else as the test does. */
  private static final class Prepared extends ClassLoader {

    Prepared() {
      super(PlainClassTest.class.getClassLoader());
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      if (!name.startsWith(SAMPLE)) {
        return super.loadClass(name, resolve);
      }
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null) {
        return loaded;
      }
      byte[] bytes = prepared(name);
      return defineClass(name, bytes, 0, bytes.length);
    }
  }
}
