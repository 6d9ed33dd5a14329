package dev.aicore.discovery.client.testing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.aicore.discovery.client.ClientStatus.Transport;
import dev.aicore.discovery.client.Instance;
import dev.aicore.discovery.client.RegistrationState;
import dev.aicore.discovery.client.RegistryClient;
import dev.aicore.discovery.client.RegistryRequestException;
import dev.aicore.discovery.client.Service;
import dev.aicore.discovery.client.testing.ScriptedServer.Answer;
import dev.aicore.discovery.client.testing.ScriptedServer.Script;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Foreign, damaged and oversized answers. None of them changes a list that is there. */
public class ClientBadInputTest {

    private static final String WATCH = "/api/v1/watch";
    private static final String DISCOVER = "/api/v1/discover";
    private static final String OK = "HTTP/1.1 200 OK\r\nX-Registry-Store: s1\r\nConnection: close\r\n";
    private static final String STREAM = OK + "Content-Type: text/event-stream\r\n\r\n";
    private static final int TOO_LARGE = (16 << 20) + 1_000;

    /** Bytes within a stream, in ISO 8859-1. */
    enum BadEvents {
        NOTHING(""),
        HALF_AN_EVENT("event: change\nid: 6\ndata: {\"type\": \"gone\", \"id\": \"10.0.0.1\", \"position\": 6"),
        EVENT_WITHOUT_ITS_END("event: change\nid: 6\ndata: {\"type\":\"gone\",\"id\":\"10.0.0.1\",\"position\":6}\n"),
        HALF_A_CHARACTER("event: change\nid: 6\ndata: {\"reason\": \"\u00c3"),
        NOT_UTF_8("event: change\nid: 6\ndata: {\"reason\": \"\u00ff\u00fe\"}\n\n"),
        NOT_JSON(event("snapshot", "<html>")),
        NOT_AN_OBJECT(event("snapshot", "[]")),
        TOO_DEEP(event("snapshot", "{\"services\": " + "[".repeat(40) + "]".repeat(40) + "}")),
        OVERSIZED_LINE("data: " + "x".repeat(TOO_LARGE) + "\n\n"),
        OVERSIZED_EVENT(("data: " + "x".repeat(1 << 20) + "\n").repeat(17) + "\n"),
        SNAPSHOT_WITHOUT_SERVICES(event("snapshot", "{\"service_name\": \"payments\", \"position\": 9}")),
        SNAPSHOT_OF_TEXTS(event("snapshot", "{\"service_name\": \"payments\", \"services\": [\"10.0.0.1:80\"]}")),
        SNAPSHOT_OF_UNREADABLE_INSTANCES(event("snapshot", "{\"services\": [{\"id\": \"a\"}], \"position\": 9}")),
        CHANGE_WITHOUT_INSTANCE(event("change", "{\"type\": \"changed\", \"id\": \"10.0.0.1\", \"position\": 9}")),
        CHANGE_OF_A_LATER_TYPE(event("change", "{\"type\": \"annotated\", \"id\": \"10.0.0.1\", \"position\": 9}")),
        EVENT_OF_A_LATER_TYPE(event("weather", "{\"services\": [], \"position\": 9}")),
        OTHER_SERVICE(event("snapshot", "{\"service_name\": \"orders\", \"services\": [], \"position\": 9}"));

        private final String text;

        BadEvents(String text) {
            this.text = text;
        }
    }

    /** Whole answers, in ISO 8859-1. */
    enum BadAnswer {
        NOTHING(""),
        NOT_HTTP("SSH-2.0-OpenSSH_10.0\r\n"),
        HALF_A_HEAD("HTTP/1.1 200 OK\r\nX-Registry"),
        HTML(OK + "Content-Type: text/html\r\n\r\n<html>It works!</html>"),
        OTHER_JSON(OK + "Content-Type: application/json\r\n\r\n{\"status\": \"UP\"}"),
        SUCCESS_WITHOUT_SERVICES(OK + "\r\n{\"success\": true, \"data\": {}, \"meta\": {\"index\": 9}}"),
        SERVICES_OF_TEXTS(OK + "\r\n{\"success\": true, \"data\": {\"services\": [\"a\"]}, \"meta\": {\"index\": 9}}"),
        REDIRECT("HTTP/1.1 302 Found\r\nLocation: http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n"),
        NOT_FOUND_BY_A_PROXY("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\nno such host"),
        BAD_REQUEST_BY_A_PROXY("HTTP/1.1 400 Bad Request\r\nConnection: close\r\n\r\n<html>too many cookies</html>"),
        BROKEN_CHUNKS("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n"),
        CUT_OFF("HTTP/1.1 200 OK\r\nContent-Length: 1000\r\n\r\n{\"success\": true"),
        OVERSIZED(OK + "\r\n{\"success\": true, \"data\": \"" + "x".repeat(TOO_LARGE) + "\"}");

        private final String text;

        BadAnswer(String text) {
            this.text = text;
        }
    }

    private static String event(String type, String data) {
        return "event: " + type + "\nid: 9\ndata: " + data + "\n\n";
    }

    /** Returns the event of a list whose ids are the addresses. */
    private static String snapshot(long position, String... addresses) {
        return "event: snapshot\nid: %1$d\ndata: {\"service_name\": \"payments\", \"position\": %1$d, %2$s}\n\n"
                .formatted(position, services(addresses));
    }

    private static String services(String... addresses) {
        return Stream.of(addresses)
                .map(ClientBadInputTest::instance)
                .collect(Collectors.joining(", ", "\"services\": [", "]"));
    }

    private static String instance(String address) {
        return "{\"id\": \"%1$s\", \"address\": \"%1$s\", \"port\": 80, \"status\": \"healthy\"}".formatted(address);
    }

    private static String polled(long index, String... addresses) {
        return OK + "\r\n{\"success\": true, \"data\": {" + services(addresses) + "}, \"meta\": {\"index\": " + index
                + "}}";
    }

    @ParameterizedTest
    @EnumSource
    void badEvents_changeNoList(BadEvents bad) {
        var checked = new CountDownLatch(1);
        assertKept(checked, WATCH, (path, number) -> switch (number) {
            case 1 -> Answer.closing(STREAM + snapshot(5, "10.0.0.1") + bad.text);
            case 2 -> Answer.closing(STREAM + bad.text);
            default -> {
                checked.await();
                yield Answer.staying(STREAM + snapshot(20, "10.0.0.1", "10.0.0.2"));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void badAnswersInsteadOfAStream_changeNoList(BadAnswer bad) {
        var checked = new CountDownLatch(1);
        assertKept(checked, WATCH, (path, number) -> switch (number) {
            case 1 -> Answer.closing(STREAM + snapshot(5, "10.0.0.1"));
            case 2 -> Answer.closing(bad.text);
            default -> {
                checked.await();
                yield Answer.staying(STREAM + snapshot(20, "10.0.0.1", "10.0.0.2"));
            }
        });
    }

    @ParameterizedTest
    @EnumSource
    void badAnswersToPolls_changeNoList(BadAnswer bad) {
        var checked = new CountDownLatch(1);
        assertKept(checked, DISCOVER, (path, number) -> {
            if (path.equals(WATCH)) {
                return Answer.staying(STREAM);
            }
            return switch (number) {
                case 1 -> Answer.closing(polled(5, "10.0.0.1"));
                // Each poll is sent twice if its connection ends without an answer.
                case 2, 3 -> Answer.closing(bad.text);
                default -> {
                    checked.await();
                    yield Answer.closing(polled(20, "10.0.0.1", "10.0.0.2"));
                }
            };
        });
    }

    @Test
    void snapshotWithoutServices_changesNoList() {
        badEvents_changeNoList(BadEvents.SNAPSHOT_WITHOUT_SERVICES);
    }

    @Test
    void badAnswerToARegistration_leavesItPending() {
        badAnswersToARegistration_leaveItPending(BadAnswer.NOT_FOUND_BY_A_PROXY);
    }

    /** Asserts that the list is there when a path is requested again, and that the next list replaces it. */
    private static void assertKept(CountDownLatch checked, String path, Script script) {
        int bad = path.equals(WATCH) ? 3 : 4;
        var time = new ManualTime();
        try (var server = new ScriptedServer(script);
                var client = ClientFixture.open(List.of(server.url()), time, options -> options)) {
            Service payments = client.service("payments");
            ClientFixture.eventually(time, () -> server.requests(path) >= bad);

            assertThat(payments.instances()).extracting("address").containsExactly("10.0.0.1");
            assertThat(ClientFixture.pickedAddress(payments)).isEqualTo("10.0.0.1");
            assertThat(client.status().transport())
                    .isEqualTo(path.equals(WATCH) ? Transport.STREAM : Transport.LONG_POLL);
            checked.countDown();
            ClientFixture.eventually(time, () -> payments.instances().size() == 2);
        }
    }

    @Test
    void secondSnapshot_oldChange_andChangeBehindAGap_areAppliedByTheirPositions() {
        String registered = "{\"service_name\": \"payments\", \"type\": \"registered\", \"id\": \"10.0.0.3\", "
                + "\"position\": 4711, \"instance\": " + instance("10.0.0.3") + "}";
        String old = "{\"service_name\": \"payments\", \"type\": \"gone\", \"id\": \"10.0.0.1\", \"position\": 6}";
        var time = new ManualTime();
        try (var server = new ScriptedServer((path, number) -> Answer.staying(STREAM
                        + snapshot(5, "10.0.0.1")
                        + snapshot(7, "10.0.0.1", "10.0.0.2")
                        + event("change", old)
                        + event("change", registered)));
                var client = ClientFixture.open(List.of(server.url()), time, options -> options)) {
            Service payments = client.service("payments");
            ClientFixture.eventually(time, () -> payments.instances().size() == 3);

            assertThat(payments.view().position()).isEqualTo(4_711);
        }
    }

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "SERVICES_OF_TEXTS")
    void badAnswersToRequests_areNoAnswers(BadAnswer bad) {
        try (var server = new ScriptedServer((path, number) -> Answer.closing(bad.text));
                var client = RegistryClient.at(List.of(server.url())).open()) {
            assertThatThrownBy(client::serviceNames).satisfies(ClientBadInputTest::isNoAnswer);
            assertThatThrownBy(() -> client.configuration("orders")).satisfies(ClientBadInputTest::isNoAnswer);
        }
    }

    private static void isNoAnswer(Throwable failure) {
        assertThat(failure)
                .isInstanceOfSatisfying(
                        RegistryRequestException.class,
                        e -> assertThat(e.status()).isZero());
    }

    /** A proxy without its registry behind it must not end a registration, as a refusal by the registry does. */
    @ParameterizedTest
    @EnumSource(names = {"HTML", "REDIRECT", "NOT_FOUND_BY_A_PROXY", "BAD_REQUEST_BY_A_PROXY"})
    void badAnswersToARegistration_leaveItPending(BadAnswer bad) {
        var time = new ManualTime();
        try (var server = new ScriptedServer((path, number) -> Answer.closing(bad.text));
                var client = ClientFixture.open(List.of(server.url()), time, options -> options)) {
            var me = client.registerInBackground(Instance.of("orders", 8080).address("10.0.0.9"));
            ClientFixture.eventually(time, () -> server.requests("/api/v1/services") >= 2);

            assertThat(me.status().state()).isEqualTo(RegistrationState.PENDING);
        }
    }
}
