package dev.aicore.discovery.command.probe;

import static dev.aicore.discovery.config.testing.Mutation.passing;
import static dev.aicore.discovery.config.testing.Mutation.returning;
import static dev.aicore.discovery.config.testing.Mutation.returningNull;

import dev.aicore.discovery.config.testing.Mutants;
import dev.aicore.discovery.config.testing.Mutation;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each bound of what a probe may do is taken away, and the test named after it must fail. */
@Tag("mutant")
class ProbeMutantTest {

    private static final String OUTBOUND = "dev.aicore.discovery.config.outbound.";

    static Stream<Arguments> protections() {
        return Stream.of(
                Arguments.of(
                        returningNull(OUTBOUND + "PolicedEgress", "denialOfOthers"),
                        TargetSpellingsTest.class,
                        "aNameWithOneDeniedAddressIsNotReached"),
                Arguments.of(
                        returningNull(OUTBOUND + "AddressPolicy", "denialOfEmbedded"),
                        TargetSpellingsTest.class,
                        "aNameWithAMappedAddressIsNotReached"),
                Arguments.of(
                        returningNull(OUTBOUND + "AddressPolicy", "denialOfEmbedded"),
                        TargetSpellingsTest.class,
                        "noSpellingOfADeniedAddressIsReached"),
                Arguments.of(
                        returning(OUTBOUND + "HostSpelling", "endsInNumber", false),
                        TargetSpellingsTest.class,
                        "noSpellingOfADeniedAddressIsReached"),
                Arguments.of(
                        passing(OUTBOUND + "OutboundHttp", "client", "followRedirect", true),
                        HttpProberTest.class,
                        "aRedirectIsNotFollowed"),
                Arguments.of(
                        returning(OUTBOUND + "OutboundHttp", "exceeds", false),
                        HttpProberTest.class,
                        "aBodyIsReadUpToItsBound"),
                Arguments.of(
                        returning(ScriptDirectory.class.getName(), "isOutside", false),
                        ScriptProberTest.class,
                        "aLinkOutOfTheDirectoryIsNotFollowed"));
    }

    @ParameterizedTest
    @MethodSource("protections")
    void isNoticed(Mutation mutation, Class<?> type, String test) {
        Mutants.assertNoticed(mutation, type, test);
    }
}
