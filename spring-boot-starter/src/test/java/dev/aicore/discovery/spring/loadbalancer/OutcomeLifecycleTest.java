package dev.aicore.discovery.spring.loadbalancer;

import static org.assertj.core.api.Assertions.assertThat;

import dev.aicore.discovery.spring.cloud.RegistryServiceInstance;
import dev.aicore.discovery.spring.testing.ListedService;
import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.springframework.cloud.client.loadbalancer.CompletionContext;
import org.springframework.cloud.client.loadbalancer.CompletionContext.Status;
import org.springframework.cloud.client.loadbalancer.DefaultRequest;
import org.springframework.cloud.client.loadbalancer.DefaultResponse;
import org.springframework.cloud.client.loadbalancer.Request;
import org.springframework.cloud.client.loadbalancer.RequestData;
import org.springframework.cloud.client.loadbalancer.ResponseData;
import org.springframework.http.HttpHeaders;
import org.springframework.http.HttpMethod;
import org.springframework.http.HttpStatusCode;
import org.springframework.util.LinkedMultiValueMap;

class OutcomeLifecycleTest {
    private final ListedService payments = new ListedService("payments").with("p1", "p2");
    private final OutcomeLifecycle lifecycle =
            new OutcomeLifecycle(name -> payments, new FailureStatuses(List.of("5xx", "!501")));

    @Test
    void answers_byTheirStatus_succeedFailOrSayNothing() {
        complete(Status.SUCCESS, answer(200), null);
        complete(Status.SUCCESS, answer(404), null);
        complete(Status.SUCCESS, answer(503), null);
        complete(Status.SUCCESS, answer(501), null);
        complete(Status.SUCCESS, answer(429), null);
        complete(Status.SUCCESS, "no HTTP", null);
        complete(Status.FAILED, null, new IOException("connection reset"));
        complete(Status.DISCARD, null, null);
        assertThat(payments.outcomes())
                .containsExactly(
                        "p1 succeeded",
                        "p1 succeeded",
                        "p1 failed",
                        "p1 succeeded",
                        "p1 discarded",
                        "p1 succeeded",
                        "p1 failed",
                        "p1 discarded");
    }

    @Test
    void calls_withEqualRequests_endSeparately() {
        var first = request("same");
        var second = request("same");
        assertThat(first).isEqualTo(second);
        lifecycle.onStartRequest(first, chosen("p1"));
        lifecycle.onStartRequest(second, chosen("p2"));
        lifecycle.onComplete(new CompletionContext<>(Status.SUCCESS, second, chosen("p2"), answer(500)));
        assertThat(payments.outcomes()).containsExactly("p2 failed");
        lifecycle.onComplete(new CompletionContext<>(Status.SUCCESS, first, chosen("p1"), answer(200)));
        assertThat(payments.outcomes()).containsExactly("p2 failed", "p1 succeeded");
    }

    @Test
    void retry_ofARequest_endsTheCallBefore() {
        var request = request("retried");
        lifecycle.onStartRequest(request, chosen("p1"));
        lifecycle.onStartRequest(request, chosen("p2"));
        assertThat(payments.outcomes()).containsExactly("p1 discarded");
    }

    private void complete(Status status, @Nullable Object answer, @Nullable Throwable failure) {
        var request = request("call");
        lifecycle.onStartRequest(request, chosen("p1"));
        lifecycle.onComplete(new CompletionContext<>(status, failure, request, chosen("p1"), answer));
    }

    private static Request<Object> request(String context) {
        return new DefaultRequest<>(context);
    }

    private static DefaultResponse chosen(String id) {
        return new DefaultResponse(new RegistryServiceInstance(ListedService.instance("payments", id)));
    }

    private static ResponseData answer(int status) {
        return new ResponseData(
                HttpStatusCode.valueOf(status),
                new HttpHeaders(),
                new LinkedMultiValueMap<>(),
                new RequestData(
                        HttpMethod.GET,
                        URI.create("http://payments/"),
                        new HttpHeaders(),
                        new LinkedMultiValueMap<>(),
                        Map.of()));
    }
}
