package dev.aicore.discovery.bridge.kubernetes;

import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import io.fabric8.mockwebserver.http.Response;
import io.fabric8.mockwebserver.http.WebSocket;
import io.fabric8.mockwebserver.http.WebSocketListener;
import java.net.HttpURLConnection;

/**
 * Kubernetes API in memory whose watches end on threads of their own. The library's end on their event loop, where they
 * wait for writes of the same loop for up to half a minute, and requests of that loop have no answer.
 */
final class MockApiDispatcher extends KubernetesCrudDispatcher {

    private volatile boolean forbidden;

    /** Refuses every request from now on, or no longer. */
    void forbid(boolean all) {
        forbidden = all;
    }

    @Override
    public MockResponse dispatch(RecordedRequest request) {
        return forbidden
                ? new MockResponse()
                        .setResponseCode(HttpURLConnection.HTTP_FORBIDDEN)
                        .setBody("{\"kind\": \"Status\", \"code\": 403, \"message\": \"is forbidden\"}")
                : super.dispatch(request);
    }

    @Override
    public MockResponse handleWatch(String path) {
        var response = super.handleWatch(path);
        return response.withWebSocketUpgrade(new AsyncEndListener(response.getWebSocketListener()));
    }

    private static final class AsyncEndListener extends WebSocketListener {

        private final WebSocketListener delegate;

        private AsyncEndListener(WebSocketListener delegate) {
            this.delegate = delegate;
        }

        @Override
        public void onOpen(WebSocket socket, Response response) {
            delegate.onOpen(socket, response);
        }

        @Override
        public void onClosing(WebSocket socket, int code, String reason) {
            delegate.onClosing(socket, code, reason);
        }

        @Override
        public void onClosed(WebSocket socket, int code, String reason) {
            Thread.ofVirtual().start(() -> delegate.onClosed(socket, code, reason));
        }

        @Override
        public void onFailure(WebSocket socket, Throwable failure, Response response) {
            Thread.ofVirtual().start(() -> delegate.onFailure(socket, failure, response));
        }
    }
}
