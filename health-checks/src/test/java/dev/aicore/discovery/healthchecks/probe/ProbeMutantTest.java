package dev.aicore.discovery.healthchecks.probe;

import static dev.aicore.discovery.config.testing.Mutation.passing;
import static dev.aicore.discovery.config.testing.Mutation.returning;
import static dev.aicore.discovery.config.testing.Mutation.returningNull;

import dev.aicore.discovery.config.testing.MutantContract;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;

/** Removes each limit of probes; the test that belongs to it must fail. */
class ProbeMutantTest extends MutantContract {

    private static final String OUTBOUND = "dev.aicore.discovery.healthchecks.outbound.";

    static Stream<Arguments> protections() {
        return Stream.of(
                Arguments.of(
                        returningNull(OUTBOUND + "PolicyEgress", "denialOfOthers"),
                        TargetSpellingsTest.class,
                        "name_withOneDeniedAddress_isNotReached"),
                Arguments.of(
                        returningNull(OUTBOUND + "AddressPolicy", "denialOfEmbedded"),
                        TargetSpellingsTest.class,
                        "name_withMappedAddress_isNotReached"),
                Arguments.of(
                        returningNull(OUTBOUND + "AddressPolicy", "denialOfEmbedded"),
                        TargetSpellingsTest.class,
                        "deniedAddress_inAnySpelling_isNotReached"),
                Arguments.of(
                        returning(OUTBOUND + "ParsedHost", "endsInNumber", false),
                        TargetSpellingsTest.class,
                        "deniedAddress_inAnySpelling_isNotReached"),
                Arguments.of(
                        passing(OUTBOUND + "OutboundHttpClient", "client", "followRedirect", true),
                        HttpProberTest.class,
                        "redirect_isNotFollowed"),
                Arguments.of(
                        returning(OUTBOUND + "OutboundHttpClient", "exceeds", false),
                        HttpProberTest.class,
                        "body_aboveLimit_isNotReadFurther"),
                Arguments.of(
                        returning(ScriptDirectory.class.getName(), "isOutside", false),
                        ScriptProberTest.class,
                        "linkOutOfDirectory_isNotFollowed"));
    }
}
