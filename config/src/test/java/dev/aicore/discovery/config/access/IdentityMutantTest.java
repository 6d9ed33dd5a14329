package dev.aicore.discovery.config.access;

import static dev.aicore.discovery.config.testing.Mutation.returning;

import dev.aicore.discovery.config.testing.MutantContract;
import dev.aicore.discovery.config.testing.Mutation;
import java.lang.constant.ClassDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.stream.Stream;
import org.junit.jupiter.params.provider.Arguments;
import org.springframework.security.oauth2.jwt.ReactiveJwtDecoder;

/** Each protection of the gate is taken away, and the test named after it must fail. */
class IdentityMutantTest extends MutantContract {

    static Stream<Arguments> protections() {
        return Stream.of(
                Arguments.of(believingEverySignature(), ForgedTokenTest.class, "noForgedTokenIsTaken"),
                Arguments.of(
                        returning(TokenClaims.class.getName(), "isOver", false),
                        ForgedTokenTest.class,
                        "noForgedTokenIsTaken"),
                Arguments.of(
                        returning(TokenClaims.class.getName(), "isNotYet", false),
                        ForgedTokenTest.class,
                        "noForgedTokenIsTaken"),
                Arguments.of(
                        returning(TokenClaims.class.getName(), "isOfIssuer", true),
                        ForgedTokenTest.class,
                        "noForgedTokenIsTaken"),
                Arguments.of(
                        returning(TokenClaims.class.getName(), "isForUs", true),
                        ForgedTokenTest.class,
                        "noForgedTokenIsTaken"),
                Arguments.of(
                        returning(UnlistedRoutes.class.getName(), "isListed", true),
                        DefaultDenyTest.class,
                        "whatTheTableDoesntListIsDeniedToAdminsToo"),
                Arguments.of(
                        returning(HeldKey.class.getName(), "isRevoked", false), KeyRingTest.class, "aRevokedKeyIsDead"),
                Arguments.of(
                        returning(HeldKey.Secret.class.getName(), "matches", true),
                        KeyRingTest.class,
                        "anythingElseStandsForNobody"),
                Arguments.of(
                        returning(HeldKey.class.getName(), "takes", true),
                        KeyRingTest.class,
                        "afterARotationWhatDependsOnTheOldSecretHasItsTimeAndNoMore"),
                Arguments.of(
                        returning(Authorizer.class.getName(), "isGranted", true),
                        ForgedTokenTest.class,
                        "aTokenWithoutARoleHasTheDefaultOneAndOneWithARoleOfOthersHasNone"));
    }

    private static Mutation believingEverySignature() {
        var believer = ClassDesc.of(Gullible.class.getName());
        var type = MethodTypeDesc.of(
                ClassDesc.of(ReactiveJwtDecoder.class.getName()),
                ClassDesc.of(TokenKey.class.getName()),
                ClassDesc.of(TokenClaims.class.getName()));
        return Mutation.replacing(
                TokenDecoders.class.getName(),
                "ofSecret",
                code -> code.aload(0)
                        .aload(1)
                        .invokestatic(believer, "ofSecret", type)
                        .areturn());
    }
}
