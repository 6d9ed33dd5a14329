package dev.aicore.discovery.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.aicore.discovery.api.error.ErrorCode;
import dev.aicore.discovery.api.error.RegistryException;
import dev.aicore.discovery.config.settings.SettingFailureAnalyzer;
import java.net.InetSocketAddress;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.mock.http.server.reactive.MockServerHttpRequest;
import org.springframework.test.web.reactive.server.WebTestClient;

/** Tests what the setting that admits every caller opens, and what stays closed. */
@ExtendWith(OutputCaptureExtension.class)
class AllowAllAuthenticatorTest {

    private static final String ON = "--" + AccessConfiguration.ANONYMOUS_ADMIN_PROPERTY + "=true";

    private final RequestAuthenticator gate = new AllowAllAuthenticator();

    @Test
    void caller_fromAnyAddress_isAdmin() {
        var caller = admit(from("172.18.0.1", "127.0.0.1:8080"));

        assertThat(caller.isAdmin()).isTrue();
        assertThat(caller.sourceAddress()).isEqualTo("172.18.0.1");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "service-discovery:8080",
                "localhost:8080",
                "[::1]:8080",
                "10.0.0.7",
                "registry.default.svc",
                "x.internal"
            })
    void localHostName_isAdmitted(String host) {
        assertThat(admit(from("172.18.0.1", host)).isAdmin()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"rebound.example.com:8080", "127.0.0.1.example.com", "internal.example", "10.0.0.7.evil.org", ""
            })
    void publicHostName_isDenied(String host) {
        requireDenied(from("127.0.0.1", host));
    }

    @ParameterizedTest
    @CsvSource({
        "127.0.0.1:8080, https://evil.example",
        "127.0.0.1:8080, null",
        "10.0.0.7:8080, http://10.0.0.8:8080",
        "service-discovery:8080, http://other:8080"
    })
    void crossSiteOrigin_isDenied(String host, String origin) {
        requireDenied(from("127.0.0.1", host).header("Origin", origin));
    }

    @ParameterizedTest
    @CsvSource({"10.0.0.7:8080, http://10.0.0.7:8080", "127.0.0.1:8080, http://localhost:3000"})
    void sameSiteOrigin_isAdmitted(String host, String origin) {
        assertThat(admit(from("127.0.0.1", host).header("Origin", origin)).isAdmin())
                .isTrue();
    }

    @Test
    void anonymousAdmin_onAllAddresses_isServedWithWarning(CapturedOutput output) {
        try (var server = TestServer.on("0.0.0.0").run(ON)) {
            String port = server.getEnvironment().getRequiredProperty("local.server.port");
            var client = WebTestClient.bindToServer()
                    .baseUrl("http://127.0.0.1:" + port)
                    .build();
            client.get().uri("/things").exchange().expectStatus().isOk();
            assertThat(output).contains("EVERYONE WHO CAN CONNECT TO PORT " + port + " IS ADMIN");
        }
    }

    @Test
    void anonymousAdminDisabled_onAllAddresses_returns401(CapturedOutput output) {
        try (var server = TestServer.on("0.0.0.0").run("--logging.level.dev.aicore.discovery=info")) {
            String port = server.getEnvironment().getRequiredProperty("local.server.port");
            var client = WebTestClient.bindToServer()
                    .baseUrl("http://127.0.0.1:" + port)
                    .build();
            client.get().uri("/things").exchange().expectStatus().isUnauthorized();
            assertThat(output)
                    .contains("Callers need a token or an API key; only /health and the files of /ui are open.")
                    .doesNotContain("EVERYONE");
        }
    }

    @Test
    void anonymousAdmin_outsideDevelopment_failsStartup() {
        assertThatExceptionOfType(RuntimeException.class)
                .isThrownBy(() -> TestServer.on("127.0.0.1").run("--service-discovery.environment=production", ON))
                .satisfies(failure -> assertThat(SettingFailureAnalyzer.line(failure))
                        .hasValue("auth.anonymous_admin_for_everyone_who_can_connect is 'true', expected false, unless"
                                + " environment is development"));
    }

    private static MockServerHttpRequest.BaseBuilder<?> from(String address, String host) {
        return MockServerHttpRequest.get("/api/v1/services")
                .header("Host", host)
                .remoteAddress(new InetSocketAddress(address, 5));
    }

    private void requireDenied(MockServerHttpRequest.BaseBuilder<?> request) {
        assertThatExceptionOfType(RegistryException.class)
                .isThrownBy(() -> admit(request))
                .matches(refusal -> refusal.code() == ErrorCode.UNAUTHORIZED);
    }

    private Caller admit(MockServerHttpRequest.BaseBuilder<?> request) {
        return Objects.requireNonNull(gate.authenticate(request.build()).block());
    }
}
