package dev.aicore.discovery.server.system;

import dev.aicore.discovery.bridge.consul.ConsulDouble;
import dev.aicore.discovery.config.testing.TcpProxy;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Collection;
import java.util.List;
import java.util.concurrent.Callable;

/** A double of Consul as the other side of a bridge. */
final class ConsulSide implements BridgedRegistry {

    private final ConsulDouble consul = new ConsulDouble();
    private final HttpClient http = HttpClient.newHttpClient();

    ConsulSide() throws IOException {}

    @Override
    public String definition(String direction, TcpProxy proxy) {
        return "b consul " + direction + " address=http://127.0.0.1:" + proxy.port();
    }

    @Override
    public int port() {
        return consul.port();
    }

    @Override
    public void registerAll(Collection<Endpoint> endpoints) throws Exception {
        BridgedRegistry.runAll(endpoints.stream()
                .map(endpoint -> (Callable<Void>) () -> {
                    put(
                            "/v1/agent/service/register",
                            "{\"ID\": \"%s\", \"Name\": \"%s\", \"Address\": \"%s\", \"Port\": 80}"
                                    .formatted(endpoint.id(), endpoint.service(), endpoint.address()));
                    return null;
                })
                .toList());
    }

    @Override
    public void deregister(Endpoint endpoint) throws IOException, InterruptedException {
        put("/v1/agent/service/deregister/" + endpoint.id(), "");
    }

    private void put(String path, String body) throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + consul.port() + path))
                .PUT(BodyPublishers.ofString(body))
                .build();
        var response = http.send(request, BodyHandlers.discarding());
        if (response.statusCode() != 200) {
            throw new IOException("status " + response.statusCode());
        }
    }

    /** Does nothing: the double runs in this process. */
    @Override
    public void kill() {}

    @Override
    public void restart() {}

    @Override
    public List<Endpoint> endpoints() {
        return consul.services().stream()
                .sorted()
                .flatMap(service -> endpoints(service).stream())
                .toList();
    }

    @Override
    public List<Endpoint> endpoints(String service) {
        return consul.addresses(service).stream()
                .map(address -> new Endpoint(service, address))
                .sorted()
                .toList();
    }

    @Override
    public void close() {
        consul.close();
    }
}
