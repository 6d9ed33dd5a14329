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
 * How the byte code of one class is broken, so that the product needs no switch of its own to be broken by.
 *
 * @param type the name of the class
 * @param method the name of its method, of all of that name; where a part of it is changed, of the lambdas within it too
 * @param transform what is done to them
 * @param found set by the transform where there was something to break
 */
public record Mutation(String type, String method, ClassTransform transform, AtomicBoolean found) {

    /** The method says always yes, or always no. */
    public static Mutation returning(String type, String method, boolean answer) {
        return returning(type, method, answer ? 1 : 0);
    }

    /** The method returns always that. */
    public static Mutation returning(String type, String method, int answer) {
        return replacing(type, method, code -> code.loadConstant(answer).ireturn());
    }

    /** The method returns always that. */
    public static Mutation returning(String type, String method, long answer) {
        return replacing(type, method, code -> code.loadConstant(answer).lreturn());
    }

    /** The static method returns its first argument, a long. */
    public static Mutation returningItsArgument(String type, String method) {
        return replacing(type, method, code -> code.lload(0).lreturn());
    }

    /** The static method returns its first argument, an object. */
    public static Mutation returningItsFirst(String type, String method) {
        return replacing(type, method, code -> code.aload(0).areturn());
    }

    /** The method, which returns nothing, does nothing. */
    public static Mutation doingNothing(String type, String method) {
        return replacing(type, method, CodeBuilder::return_);
    }

    /** The method, which returns an object, returns none. */
    public static Mutation returningNull(String type, String method) {
        return replacing(type, method, code -> code.aconst_null().areturn());
    }

    /** Where the method calls another, which returns nothing, it doesn't. */
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

    /** Where the method calls another with a yes or a no as the last argument, it passes this one. */
    public static Mutation passing(String type, String method, String callee, boolean argument) {
        return changing(
                type,
                method,
                element ->
                        element instanceof InvokeInstruction call && call.name().equalsString(callee),
                (code, element) -> code.pop().loadConstant(argument ? 1 : 0).with(element));
    }

    /** Where the method uses one field, it uses another of the same type. */
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

    /** Where the method writes that field, which holds an object, it writes nothing. */
    public static Mutation forgetting(String type, String method, String field) {
        return changing(
                type,
                method,
                element -> element instanceof FieldInstruction access
                        && access.opcode() == Opcode.PUTFIELD
                        && access.name().equalsString(field),
                (code, element) -> code.pop2());
    }

    /** Where the method calls one method, it calls another of the same class and signature. */
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

    /** Where the method has a text with those words in it, such as SQL, it has others in their place. */
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

    /** The method does what that code does instead. */
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
     * Within the method something else is done for some instructions.
     *
     * @param change writes what stands in their place
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
     * The broken class.
     *
     * @throws IllegalStateException if there was nothing to break: the product has changed, and this would show nothing
     */
    byte[] breakIt(ClassModel sound) {
        found.set(false);
        byte[] broken = ClassFile.of().transformClass(sound, transform);
        if (!found.get()) {
            throw new IllegalStateException("Nothing of " + type + "." + method + " was there to break.");
        }
        return broken;
    }
}
