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
                Arguments.of(believingEverySignature(), ForgedTokenTest.class, "noForgedTokenIsTaken"),
                Arguments.of(
                        returning(TokenClaimsValidator.class.getName(), "isOver", false),
                        ForgedTokenTest.class,
                        "noForgedTokenIsTaken"),
                Arguments.of(
                        returning(TokenClaimsValidator.class.getName(), "isNotYet", false),
                        ForgedTokenTest.class,
                        "noForgedTokenIsTaken"),
                Arguments.of(
                        returning(TokenClaimsValidator.class.getName(), "isOfIssuer", true),
                        ForgedTokenTest.class,
                        "noForgedTokenIsTaken"),
                Arguments.of(
                        returning(TokenClaimsValidator.class.getName(), "isForUs", true),
                        ForgedTokenTest.class,
                        "noForgedTokenIsTaken"),
                Arguments.of(
                        returning(DefaultDenyCheck.class.getName(), "isListed", true),
                        DefaultDenyCheckTest.class,
                        "whatTheTableDoesntListIsDeniedToAdminsToo"),
                Arguments.of(
                        returning(ApiKeyEntry.class.getName(), "isRevoked", false),
                        ApiKeyRegistryTest.class,
                        "aRevokedKeyIsDead"),
                Arguments.of(
                        returning(ApiKeyEntry.Secret.class.getName(), "matches", true),
                        ApiKeyRegistryTest.class,
                        "anythingElseStandsForNobody"),
                Arguments.of(
                        returning(ApiKeyEntry.class.getName(), "takes", true),
                        ApiKeyRegistryTest.class,
                        "afterARotationWhatDependsOnTheOldSecretHasItsTimeAndNoMore"),
                Arguments.of(
                        returning(Authorizer.class.getName(), "isGranted", true),
                        ForgedTokenTest.class,
                        "aTokenWithoutARoleHasTheDefaultOneAndOneWithARoleOfOthersHasNone"));
    }

    private static Mutation believingEverySignature() {
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
