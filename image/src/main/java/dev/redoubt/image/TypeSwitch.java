// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.image;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What `SwitchBootstraps.typeSwitch` does, as a method: `(selector, start)` to the number of the
/// first case from `start` on whose type the selector has; -1 for null, the number of cases for
/// none.
final class TypeSwitch {

  private TypeSwitch() {}

  /// Returns the method's body; empty when a case is something else than a class or an interface,
  /// or the selector is a primitive.
  static Optional<Consumer<CodeBuilder>> body(MethodTypeDesc type, List<ConstantDesc> labels) {
    boolean understood =
        !type.parameterType(0).isPrimitive()
            && labels.stream()
                .allMatch(label -> label instanceof ClassDesc of && !of.isPrimitive());
    if (!understood) {
      return Optional.empty();
    }
    List<ClassDesc> cases = labels.stream().map(ClassDesc.class::cast).toList();
    return Optional.of(code -> write(code, cases));
  }

  private static void write(CodeBuilder code, List<ClassDesc> cases) {
    Label present = code.newLabel();
    code.aload(0).ifnonnull(present).loadConstant(-1).ireturn().labelBinding(present);
    for (int i = 0; i < cases.size(); i++) {
      Label next = code.newLabel();
      // A case whose guard said no is left behind by starting over after it.
      code.iload(1).loadConstant(i).if_icmpgt(next);
      code.aload(0).instanceOf(cases.get(i)).ifeq(next);
      code.loadConstant(i).ireturn().labelBinding(next);
    }
    code.loadConstant(cases.size()).ireturn();
  }
}
