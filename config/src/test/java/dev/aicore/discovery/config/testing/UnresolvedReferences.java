package dev.aicore.discovery.config.testing;

import java.lang.classfile.ClassModel;
import java.lang.classfile.constantpool.FieldRefEntry;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.constant.ConstantDescs;
import java.lang.invoke.MethodType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.platform.commons.support.HierarchyTraversalMode;
import org.junit.platform.commons.support.ReflectionSupport;

/**
 * Finds fields, methods and constructors that a mutated class refers to and that don't exist. The JVM would report them
 * only at run time.
 */
final class UnresolvedReferences {

    private UnresolvedReferences() {}

    /** Returns the unresolved references that the mutation added; the compiler has checked the others. */
    static List<String> of(ClassModel broken, ClassModel sound) throws ClassNotFoundException {
        var unresolved = new ArrayList<String>();
        for (var entry : broken.constantPool()) {
            // Added entries follow the original ones.
            if (entry.index() >= sound.constantPool().size()
                    && entry instanceof MemberRefEntry member
                    && !isResolved(member)) {
                unresolved.add(member.owner().asInternalName() + "." + member.name() + " " + member.type());
            }
        }
        return unresolved;
    }

    private static boolean isResolved(MemberRefEntry member) throws ClassNotFoundException {
        var owner = Class.forName(
                member.owner().asInternalName().replace('/', '.'), false, UnresolvedReferences.class.getClassLoader());
        if (member instanceof FieldRefEntry) {
            return !ReflectionSupport.findFields(
                            owner,
                            field -> member.name().equalsString(field.getName())
                                    && member.type()
                                            .equalsString(field.getType().descriptorString()),
                            HierarchyTraversalMode.TOP_DOWN)
                    .isEmpty();
        }
        if (member.name().equalsString(ConstantDescs.INIT_NAME)) {
            return Arrays.stream(owner.getDeclaredConstructors())
                    .anyMatch(constructor -> isOfType(member, void.class, constructor.getParameterTypes()));
        }
        return !ReflectionSupport.findMethods(
                        owner,
                        method -> member.name().equalsString(method.getName())
                                && isOfType(member, method.getReturnType(), method.getParameterTypes()),
                        HierarchyTraversalMode.TOP_DOWN)
                .isEmpty();
    }

    private static boolean isOfType(MemberRefEntry member, Class<?> returned, Class<?>[] parameters) {
        return member.type()
                .equalsString(MethodType.methodType(returned, parameters).descriptorString());
    }
}
