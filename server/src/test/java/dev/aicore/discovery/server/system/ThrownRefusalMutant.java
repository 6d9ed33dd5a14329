package dev.aicore.discovery.server.system;

import dev.aicore.discovery.api.Outcome;
import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.testing.Mutation;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.TypeKind;
import java.lang.classfile.instruction.ReturnInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;

/** Makes a shard throw its refusals: the caller gets the same answer, but the framework treats the shard as failed. */
final class ThrownRefusalMutant {

    private static final String DECISION = "dev.aicore.discovery.command.shard.BatchDecider";
    private static final ClassDesc REFUSED = described(Outcome.Refused.class);
    private static final ClassDesc CODE = described(ErrorCode.class);
    private static final ClassDesc EXCEPTION = described(RegistryException.class);

    private ThrownRefusalMutant() {}

    static Mutation mutation() {
        return Mutation.changing(
                DECISION,
                "decide",
                element -> element instanceof ReturnInstruction,
                ThrownRefusalMutant::throwWhatIsRefused);
    }

    private static void throwWhatIsRefused(CodeBuilder code, CodeElement element) {
        int outcome = code.allocateLocal(TypeKind.REFERENCE);
        code.astore(outcome)
                .aload(outcome)
                .instanceOf(REFUSED)
                .ifThen(refused -> refused.new_(EXCEPTION)
                        .dup()
                        .aload(outcome)
                        .checkcast(REFUSED)
                        .invokevirtual(REFUSED, "code", MethodTypeDesc.of(CODE))
                        .aload(outcome)
                        .checkcast(REFUSED)
                        .invokevirtual(REFUSED, "detail", MethodTypeDesc.of(ConstantDescs.CD_String))
                        .invokespecial(
                                EXCEPTION,
                                ConstantDescs.INIT_NAME,
                                MethodTypeDesc.of(ConstantDescs.CD_void, CODE, ConstantDescs.CD_String))
                        .athrow())
                .aload(outcome);
        code.with(element);
    }

    private static ClassDesc described(Class<?> type) {
        return type.describeConstable().orElseThrow();
    }
}
