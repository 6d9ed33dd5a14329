package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;

class LoopbackAuthenticatorTest {
    private final RequestAuthenticator authenticator = new LoopbackAuthenticator(() -> true);

    @ParameterizedTest
    @ValueSource(strings = {"127.0.0.1", "127.9.9.9", "::1", "::ffff:127.0.0.1"})
    void loopbackAddress_isAdmin(String address) {
        Caller caller = admit("/api/v1/services", new InetSocketAddress(address, 5));

        assertThat(caller.isAdmin()).isTrue();
        assertThat(caller.principal()).isEqualTo("anonymous");
    }

    @ParameterizedTest
    @ValueSource(strings = {"192.0.2.1", "10.0.0.1", "0.0.0.0", "2001:db8::1", "::ffff:10.0.0.1"})
    void remoteAddress_isDenied(String address) {
        requireDenied(new InetSocketAddress(address, 5));
    }

    @Test
    void unresolvedAddress_isDenied() {
        requireDenied(InetSocketAddress.createUnresolved("localhost", 5));
    }

    @Test
    void healthRequest_fromRemoteAddress_isAdmittedWithoutRole() {
        Caller caller = admit("/health", new InetSocketAddress("192.0.2.1", 5));

        assertThat(caller.role()).isEqualTo("none");
        assertThat(caller.sourceAddress()).isEqualTo("192.0.2.1");
    }

    private void requireDenied(InetSocketAddress remote) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> admit("/api/v1/services", remote))
                .matches(refusal -> refusal.code() == ErrorCode.UNAUTHORIZED);
    }

    private Caller admit(String path, InetSocketAddress remote) {
        return Objects.requireNonNull(authenticator
                .authenticate(MockServerHttpRequest.get(path)
                        .header("X-Forwarded-For", "127.0.0.1")
                        .remoteAddress(remote)
                        .build())
                .block());
    }
}
