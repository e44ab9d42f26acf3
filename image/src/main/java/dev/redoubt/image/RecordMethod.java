// SPDX-License-Identifier: Apache-2.0
package dev.redoubt.image;

import java.lang.classfile.CodeBuilder;
import java.lang.classfile.Label;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What `ObjectMethods` makes of `equals` and `hashCode` of a record, as methods.
final class RecordMethod {

  private static final ClassDesc OBJECTS = ClassDesc.of("java.util.Objects");
  private static final MethodTypeDesc EQUALS =
      MethodTypeDesc.of(ConstantDescs.CD_boolean, ConstantDescs.CD_Object, ConstantDescs.CD_Object);

  private final ClassDesc type;
  private final List<Component> components;

  private RecordMethod(ClassDesc type, List<Component> components) {
    this.type = type;
    this.components = components;
  }

  /// Returns the body of the method `name`; empty for `toString` and for what is not understood.
  ///
  /// @param arguments of the bootstrap method: the record, its names, a getter for each component
  static Optional<Consumer<CodeBuilder>> body(String name, List<ConstantDesc> arguments) {
    List<Component> components = new ArrayList<>();
    for (ConstantDesc argument : arguments.subList(2, arguments.size())) {
      if (!(argument instanceof DirectMethodHandleDesc getter)
          || getter.kind() != DirectMethodHandleDesc.Kind.GETTER) {
        return Optional.empty();
      }
      components.add(new Component(getter.methodName(), getter.invocationType().returnType()));
    }
    RecordMethod method = new RecordMethod((ClassDesc) arguments.getFirst(), components);
    return switch (name) {
      case "equals" -> Optional.of(method::equality);
      case "hashCode" -> Optional.of(method::hash);
      default -> Optional.empty();
    };
  }

  private void equality(CodeBuilder code) {
    Label different = code.newLabel();
    Label other = code.newLabel();
    code.aload(0).aload(1).if_acmpne(other).loadConstant(1).ireturn().labelBinding(other);
    code.aload(1).instanceOf(type).ifeq(different);
    code.aload(1).checkcast(type).astore(2);
    for (Component component : components) {
      code.aload(0).getfield(type, component.name(), component.type());
      code.aload(2).getfield(type, component.name(), component.type());
      switch (component.type().descriptorString()) {
        case "Z", "B", "C", "S", "I" -> code.if_icmpne(different);
        case "J" -> code.lcmp().ifne(different);
        case "F", "D" ->
            code.invokestatic(component.box(), "compare", compare(component)).ifne(different);
        default -> code.invokestatic(OBJECTS, "equals", EQUALS).ifeq(different);
      }
    }
    code.loadConstant(1).ireturn().labelBinding(different).loadConstant(0).ireturn();
  }

  private void hash(CodeBuilder code) {
    code.loadConstant(0);
    for (Component component : components) {
      code.loadConstant(31).imul();
      code.aload(0).getfield(type, component.name(), component.type());
      code.invokestatic(
          component.type().isPrimitive() ? component.box() : OBJECTS,
          "hashCode",
          MethodTypeDesc.of(ConstantDescs.CD_int, component.erased()));
      code.iadd();
    }
    code.ireturn();
  }

  private static MethodTypeDesc compare(Component component) {
    return MethodTypeDesc.of(ConstantDescs.CD_int, component.type(), component.type());
  }

  private record Component(String name, ClassDesc type) {

    ClassDesc erased() {
      return type.isPrimitive() ? type : ConstantDescs.CD_Object;
    }

    ClassDesc box() {
      return switch (type.descriptorString()) {
        case "Z" -> ConstantDescs.CD_Boolean;
        case "B" -> ConstantDescs.CD_Byte;
        case "C" -> ConstantDescs.CD_Character;
        case "S" -> ConstantDescs.CD_Short;
        case "I" -> ConstantDescs.CD_Integer;
        case "J" -> ConstantDescs.CD_Long;
        case "F" -> ConstantDescs.CD_Float;
        case "D" -> ConstantDescs.CD_Double;
        default -> throw new IllegalStateException("no primitive: " + type.descriptorString());
      };
    }
  }
}
