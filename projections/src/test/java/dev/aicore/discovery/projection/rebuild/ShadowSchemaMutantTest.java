package dev.aicore.discovery.projection.rebuild;

import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.config.testing.MutantContract;
import dev.aicore.discovery.config.testing.Mutation;
import dev.aicore.discovery.readmodel.ModelTable;
import java.lang.classfile.instruction.LoadInstruction;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Lets the statements of a table ignore the schema and name the serving tables; the tests must notice. */
class ShadowSchemaMutantTest extends MutantContract {

    private static final String PACKAGE = "dev.aicore.discovery.projection.";

    static Stream<Arguments> protections() {
        var test = ShadowSchemaTest.class;
        return Stream.of(
                arguments(ignoringSchema("instance.InstanceRows", 1), test, "liveFolds_useShadowTablesOnly"),
                arguments(ignoringSchema("instance.InstanceRows", 1), test, "rebuildFolds_useShadowTablesOnly"),
                arguments(ignoringSchema("history.AuditRows", 1), test, "liveFolds_useShadowTablesOnly"),
                arguments(ignoringSchema("history.AuditRows", 1), test, "rebuildFolds_useShadowTablesOnly"),
                arguments(ignoringSchema("configuration.ConfigurationRows", 1), test, "liveFolds_useShadowTablesOnly"),
                arguments(ignoringSchema("configuration.SchemaRows", 1), test, "rebuildFolds_useShadowTablesOnly"),
                arguments(
                        ignoringSchema("processing.ParkedFactRows", 2),
                        test,
                        "unfoldableFacts_areParkedInShadowTable"));
    }

    /** Replaces the schema that the constructor receives in the given variable by that of the serving tables. */
    private static Mutation ignoringSchema(String type, int variable) {
        return Mutation.changing(
                PACKAGE + type,
                "<init>",
                element -> element instanceof LoadInstruction load && load.slot() == variable,
                (code, _) -> code.loadConstant(ModelTable.SCHEMA));
    }
}
