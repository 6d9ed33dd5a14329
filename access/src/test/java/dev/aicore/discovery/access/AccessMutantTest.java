package dev.aicore.discovery.access;

import static dev.aicore.discovery.config.testing.Mutation.returning;

import dev.aicore.discovery.config.testing.MutantContract;
import dev.aicore.discovery.config.testing.Mutation;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/** Removes each protection of access control in turn; the test named after it must fail. */
class AccessMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                Arguments.of(acceptingEverySignature(), ForgedTokenTest.class, "forgedTokens_areAllRefused"),
                Arguments.of(
                        returning(TokenClaimsValidator.class.getName(), "isOver", false),
                        ForgedTokenTest.class,
                        "forgedTokens_areAllRefused"),
                Arguments.of(
                        returning(TokenClaimsValidator.class.getName(), "isNotYetValid", false),
                        ForgedTokenTest.class,
                        "forgedTokens_areAllRefused"),
                Arguments.of(
                        returning(TokenClaimsValidator.class.getName(), "isIssuerAccepted", true),
                        ForgedTokenTest.class,
                        "forgedTokens_areAllRefused"),
                Arguments.of(
                        returning(TokenClaimsValidator.class.getName(), "isAudienceAccepted", true),
                        ForgedTokenTest.class,
                        "forgedTokens_areAllRefused"),
                Arguments.of(
                        returning(DefaultDenyCheck.class.getName(), "isListed", true),
                        DefaultDenyCheckTest.class,
                        "unlistedRoute_isDeniedToAdmin"),
                Arguments.of(
                        returning(ApiKeyEntry.class.getName(), "isRevoked", false),
                        ApiKeyRegistryTest.class,
                        "revokedApiKey_isNotAccepted"),
                Arguments.of(
                        returning(ApiKeyEntry.Secret.class.getName(), "matches", true),
                        ApiKeyRegistryTest.class,
                        "unknownApiKey_resolvesToNoIdentity"),
                Arguments.of(
                        returning(ApiKeyEntry.class.getName(), "acceptsSecretSince", true),
                        ApiKeyRegistryTest.class,
                        "identityOfOldSecret_afterRotation_isLiveDuringOverlap"),
                Arguments.of(
                        returning(Authorizer.class.getName(), "isGranted", true),
                        AccessTokenTest.class,
                        "tokenRole_ifMissing_isDefaultRoleAndIfUnknownReturns403"));
    }

    private static Mutation acceptingEverySignature() {
        var believer = ClassDesc.of(TrustingTokenDecoder.class.getName());
        var type = MethodTypeDesc.of(
                ClassDesc.of(ReactiveJwtDecoder.class.getName()),
                ClassDesc.of(TokenSigningKey.class.getName()),
                ClassDesc.of(TokenClaimsValidator.class.getName()));
        return Mutation.replacing(
                TokenDecoderFactory.class.getName(),
                "ofSecret",
                code -> code.aload(0)
                        .aload(1)
                        .invokestatic(believer, "ofSecret", type)
                        .areturn());
    }
}
