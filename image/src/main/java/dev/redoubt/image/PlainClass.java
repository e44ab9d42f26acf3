// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.image;

import java.lang.classfile.ClassBuilder;
import java.lang.classfile.ClassElement;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.lang.reflect.AccessFlag;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Writes out what a compiled class leaves to the JVM to put together at run time: its pattern
/// switches over types, and `equals` and `hashCode` of records.
///
/// JDK 25 keeps lambdas and concatenated strings in its start-up cache, but not these: each switch
/// that runs costs 0.5 to 1 ms of every start, the first one 5 to 10, and a record that is hashed
/// about as much. Each is replaced by a call of a private method that does the same; switches over
/// anything but types, and `toString`, stay as they are.
final class PlainClass {

  private static final ClassDesc SWITCHES = ClassDesc.of("java.lang.runtime.SwitchBootstraps");
  private static final ClassDesc RECORDS = ClassDesc.of("java.lang.runtime.ObjectMethods");

  private final ClassModel model;
  private final List<Added> added = new ArrayList<>();

  private PlainClass(ClassModel model) {
    this.model = model;
  }

  /// Returns the class file that does the same without being put together at run time, or `bytes`
  /// themselves when there is nothing to replace.
  ///
  /// What the result is has been verified, as the JVM does it; a failure is an
  /// [IllegalStateException].
  ///
  /// @param hierarchy knows the types that the class uses
  static byte[] of(byte[] bytes, ClassHierarchyResolver hierarchy) {
    ClassFile files = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(hierarchy));
    ClassModel model = files.parse(bytes);
    if (model.methods().stream().noneMatch(PlainClass::isReplaced)) {
      return bytes;
    }
    byte[] plain = new PlainClass(model).transformed(files);
    List<VerifyError> errors = files.verify(plain);
    if (!errors.isEmpty()) {
      throw new IllegalStateException(
          "%s could not be prepared".formatted(model.thisClass().asInternalName()),
          errors.getFirst());
    }
    return plain;
  }

  private byte[] transformed(ClassFile files) {
    return files.transformClass(
        model,
        new ClassTransform() {
          @Override
          public void accept(ClassBuilder builder, ClassElement element) {
            copy(builder, element);
          }

          @Override
          public void atEnd(ClassBuilder builder) {
            added.forEach(method -> method.addTo(builder));
          }
        });
  }

  /* A method without such a call is copied as it is, byte for byte. */
  private void copy(ClassBuilder builder, ClassElement element) {
    if (element instanceof MethodModel method && isReplaced(method)) {
      builder.transformMethod(method, MethodTransform.transformingCode(this::replace));
    } else {
      builder.with(element);
    }
  }

  private void replace(CodeBuilder builder, CodeElement element) {
    if (!(element instanceof InvokeDynamicInstruction call)) {
      builder.with(element);
      return;
    }
    Optional<Consumer<CodeBuilder>> body = body(call);
    if (body.isEmpty()) {
      builder.with(element);
      return;
    }
    String name = "plain$" + call.name().stringValue() + "$" + added.size();
    added.add(new Added(name, call.typeSymbol(), body.get()));
    boolean isInterface = model.flags().has(AccessFlag.INTERFACE);
    builder.invokestatic(model.thisClass().asSymbol(), name, call.typeSymbol(), isInterface);
  }

  private static boolean isReplaced(MethodModel method) {
    return method
        .code()
        .map(code -> calls(code).stream().anyMatch(call -> body(call).isPresent()))
        .orElse(false);
  }

  private static List<InvokeDynamicInstruction> calls(CodeModel code) {
    List<InvokeDynamicInstruction> calls = new ArrayList<>();
    for (CodeElement element : code) {
      if (element instanceof InvokeDynamicInstruction call) {
        calls.add(call);
      }
    }
    return calls;
  }

  private static Optional<Consumer<CodeBuilder>> body(InvokeDynamicInstruction call) {
    DirectMethodHandleDesc bootstrap = call.bootstrapMethod();
    if (bootstrap.owner().equals(SWITCHES) && bootstrap.methodName().equals("typeSwitch")) {
      return TypeSwitch.body(call.typeSymbol(), call.bootstrapArgs());
    }
    if (bootstrap.owner().equals(RECORDS) && bootstrap.methodName().equals("bootstrap")) {
      return RecordMethod.body(call.name().stringValue(), call.bootstrapArgs());
    }
    return Optional.empty();
  }

  private record Added(String name, MethodTypeDesc type, Consumer<CodeBuilder> body) {

    static final int FLAGS = ClassFile.ACC_PRIVATE | ClassFile.ACC_STATIC | ClassFile.ACC_SYNTHETIC;

    void addTo(ClassBuilder builder) {
      builder.withMethodBody(name, type, FLAGS, body);
    }
  }
}
