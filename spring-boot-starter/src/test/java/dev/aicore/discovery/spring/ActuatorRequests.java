package dev.aicore.discovery.spring;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;

/** Requests to an application on this machine. */
final class ActuatorRequests {
    private final HttpClient http = HttpClient.newHttpClient();

    /** @param portAndPath such as {@code 8080/actuator/health} */
    HttpResponse<String> get(String portAndPath) {
        try {
            var uri = URI.create("http://127.0.0.1:" + portAndPath);
            return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
