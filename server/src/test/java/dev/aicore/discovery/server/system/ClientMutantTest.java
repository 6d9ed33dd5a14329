package dev.aicore.discovery.server.system;

import static dev.aicore.discovery.config.testing.Mutation.calling;
import static dev.aicore.discovery.config.testing.Mutation.doingNothing;
import static dev.aicore.discovery.config.testing.Mutation.returning;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.aicore.discovery.client.testing.ClientBadInputTest;
import dev.aicore.discovery.client.testing.ClientCredentialsTest;
import dev.aicore.discovery.client.testing.ClientDiskTest;
import dev.aicore.discovery.client.testing.ClientFaultsTest;
import dev.aicore.discovery.client.testing.ClientPickTest;
import dev.aicore.discovery.client.testing.ClientRegistrationTest;
import dev.aicore.discovery.config.testing.MutantContract;
import dev.aicore.discovery.config.testing.Mutation;
import java.lang.classfile.Opcode;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Removes each protection from the Java client; the test of that protection must fail. */
class ClientMutantTest extends MutantContract {

    private static final String CLIENT = "dev.aicore.discovery.client.";

    static Stream<Arguments> protections() {
        return Stream.of(
                // Has no list without a connection.
                arguments(
                        withoutTheListOnceItIsStale(),
                        ClientFaultsTest.class,
                        "outage_keepsThePicks_andTheWatchContinuesAfterIt"),
                // Takes a snapshot that lacks its list for an empty one.
                arguments(
                        calling(CLIENT + "StreamPosition", "snapshot", "requiredObjects", "objects"),
                        ClientBadInputTest.class,
                        "snapshotWithoutServices_changesNoList"),
                // Takes the page of a proxy for an answer of the registry.
                arguments(
                        returning(CLIENT + "http.WireResponse", "isForeign", false),
                        ClientBadInputTest.class,
                        "badAnswerToARegistration_leavesItPending"),
                // Reads a dead connection indefinitely.
                arguments(
                        doingNothing(CLIENT + "WatchLoop", "closeIfSilent"),
                        ClientFaultsTest.class,
                        "silentStream_isReplaced"),
                // Takes positions of one store for those of another one.
                arguments(
                        returning(CLIENT + "StreamPosition", "isOfAnotherStore", false),
                        ClientFaultsTest.class,
                        "otherStore_keepsTheListUntilTheSnapshot"),
                // Stays unknown to a registry that forgot the instance.
                arguments(
                        doingNothing(CLIENT + "ClientRegistration", "forgotten"),
                        ClientRegistrationTest.class,
                        "forgottenInstance_isRegisteredAgain_withItsHealth"),
                // Gets calls until it is gone.
                arguments(
                        doingNothing(CLIENT + "ClientRegistration", "drain"),
                        ClientRegistrationTest.class,
                        "drainedInstance_isNotPicked_andLeavesWithAReason"),
                // Keeps a revoked credential.
                arguments(
                        returning(CLIENT + "http.CredentialCache", "renew", false),
                        ClientCredentialsTest.class,
                        "rotatedKey_isReadAgain"),
                // Picks an instance whose calls fail.
                arguments(
                        doingNothing(CLIENT + "ServiceState", "eject"),
                        ClientPickTest.class,
                        "failingInstance_isEjectedForAWhile_andReported"),
                // Finds nothing when it starts during an outage.
                arguments(
                        doingNothing(CLIENT + "ListSaver", "restore"),
                        ClientDiskTest.class,
                        "startDuringAnOutage_findsTheSavedList"));
    }

    private static Mutation withoutTheListOnceItIsStale() {
        var state = ClassDesc.of(CLIENT + "ServiceState");
        var freshness = ClassDesc.of(CLIENT + "Freshness");
        var list = ClassDesc.of(CLIENT + "ServiceList");
        return Mutation.replacing(
                CLIENT + "ServiceState",
                "list",
                code -> code.aload(0)
                        .invokevirtual(state, "freshness", MethodTypeDesc.of(freshness))
                        .getstatic(freshness, "STALE", freshness)
                        .ifThenElse(
                                Opcode.IF_ACMPEQ,
                                stale -> stale.aconst_null().areturn(),
                                fresh -> fresh.aload(0)
                                        .getfield(state, "list", list)
                                        .areturn()));
    }
}
