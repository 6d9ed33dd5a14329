package dev.aicore.discovery.config.testing;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.CodeTransform;
import java.lang.classfile.MethodModel;
import java.lang.classfile.MethodTransform;
import java.lang.classfile.Opcode;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.FieldInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * Changes the byte code of one class, so that the product needs no switch that disables a protection.
 *
 * @param type name of the class
 * @param method name of the method, including overloads; if instructions are changed, including the lambdas in it
 * @param transform change of the class
 * @param found set by the transform if it found code to change
 */
public record Mutation(String type, String method, ClassTransform transform, AtomicBoolean found) {

    /** Lets the method always return true, or always false. */
    public static Mutation returning(String type, String method, boolean answer) {
        return returning(type, method, answer ? 1 : 0);
    }

    /** Lets the method always return this value. */
    public static Mutation returning(String type, String method, int answer) {
        return replacing(type, method, code -> code.loadConstant(answer).ireturn());
    }

    /** Lets the method always return this value. */
    public static Mutation returning(String type, String method, long answer) {
        return replacing(type, method, code -> code.loadConstant(answer).lreturn());
    }

    /** Lets the static method return its first argument, a long. */
    public static Mutation returningItsArgument(String type, String method) {
        return replacing(type, method, code -> code.lload(0).lreturn());
    }

    /** Lets the static method return its first argument, an object. */
    public static Mutation returningItsFirst(String type, String method) {
        return replacing(type, method, code -> code.aload(0).areturn());
    }

    /** Lets the void method do nothing. */
    public static Mutation doingNothing(String type, String method) {
        return replacing(type, method, CodeBuilder::return_);
    }

    /** Lets the method return null. */
    public static Mutation returningNull(String type, String method) {
        return replacing(type, method, code -> code.aconst_null().areturn());
    }

    /** Removes the calls of a void method from the method. */
    public static Mutation without(String type, String method, String callee) {
        return changing(
                type,
                method,
                element ->
                        element instanceof InvokeInstruction call && call.name().equalsString(callee),
                (code, element) -> {
                    var call = (InvokeInstruction) element;
                    for (var argument : call.typeSymbol().parameterList().reversed()) {
                        if (TypeKind.from(argument).slotSize() == 2) {
                            code.pop2();
                        } else {
                            code.pop();
                        }
                    }
                    if (call.opcode() != Opcode.INVOKESTATIC) {
                        code.pop();
                    }
                });
    }

    /** Replaces the last argument, a boolean, of the calls of a method. */
    public static Mutation passing(String type, String method, String callee, boolean argument) {
        return changing(
                type,
                method,
                element ->
                        element instanceof InvokeInstruction call && call.name().equalsString(callee),
                (code, element) -> code.pop().loadConstant(argument ? 1 : 0).with(element));
    }

    /** Replaces a field by another one of the same type in the method. */
    public static Mutation using(String type, String method, String field, String other) {
        return changing(
                type,
                method,
                element -> element instanceof FieldInstruction access
                        && access.name().equalsString(field),
                (code, element) -> {
                    var access = (FieldInstruction) element;
                    code.fieldAccess(access.opcode(), access.owner().asSymbol(), other, access.typeSymbol());
                });
    }

    /** Removes the writes of the field, a reference, from the method. */
    public static Mutation forgetting(String type, String method, String field) {
        return changing(
                type,
                method,
                element -> element instanceof FieldInstruction access
                        && access.opcode() == Opcode.PUTFIELD
                        && access.name().equalsString(field),
                (code, element) -> code.pop2());
    }

    /** Replaces the calls of a method by calls of another one of the same class and signature. */
    public static Mutation calling(String type, String method, String callee, String other) {
        return changing(
                type,
                method,
                element ->
                        element instanceof InvokeInstruction call && call.name().equalsString(callee),
                (code, element) -> {
                    var call = (InvokeInstruction) element;
                    code.invoke(call.opcode(), call.owner().asSymbol(), other, call.typeSymbol(), call.isInterface());
                });
    }

    /** Replaces words in the string constants of the method, such as SQL. */
    public static Mutation saying(String type, String method, String words, String others) {
        return changing(
                type,
                method,
                element -> element instanceof ConstantInstruction constant
                        && constant.constantValue() instanceof String text
                        && text.contains(words),
                (code, element) -> {
                    var text = (String) ((ConstantInstruction) element).constantValue();
                    code.loadConstant(text.replace(words, others));
                });
    }

    /** Replaces the body of the method. */
    public static Mutation replacing(String type, String method, Consumer<CodeBuilder> body) {
        var found = new AtomicBoolean();
        return of(type, named(method), method, found, (builder, element) -> {
            if (element instanceof CodeModel) {
                found.set(true);
                builder.withCode(body);
            } else {
                builder.with(element);
            }
        });
    }

    /**
     * Replaces instructions of the method.
     *
     * @param change writes the replacement of an instruction
     */
    public static Mutation changing(String type, String method, Predicate<CodeElement> which, CodeTransform change) {
        var within = named(method)
                .or(candidate -> candidate.methodName().stringValue().startsWith("lambda$" + method + "$"));
        var found = new AtomicBoolean();
        return of(type, within, method, found, MethodTransform.transformingCode((code, element) -> {
            if (which.test(element)) {
                found.set(true);
                change.accept(code, element);
            } else {
                code.with(element);
            }
        }));
    }

    private static Predicate<MethodModel> named(String method) {
        return candidate -> candidate.methodName().equalsString(method);
    }

    private static Mutation of(
            String type, Predicate<MethodModel> which, String method, AtomicBoolean found, MethodTransform transform) {
        return new Mutation(type, method, ClassTransform.transformingMethods(which, transform), found);
    }

    /**
     * Returns the mutated class.
     *
     * @throws IllegalStateException if the code to change was not found: the product has changed, and the mutant would
     *     prove nothing
     */
    byte[] breakIt(ClassModel sound) {
        found.set(false);
        byte[] broken = ClassFile.of().transformClass(sound, transform);
        if (!found.get()) {
            throw new IllegalStateException("Nothing of " + type + "." + method + " matches the mutation.");
        }
        return broken;
    }
}
