package dev.aicore.discovery.server.system;

import dev.aicore.discovery.config.testing.TcpProxy;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.Callable;
import tools.jackson.databind.json.JsonMapper;

/** The installed etcd as the other side of a bridge. */
final class EtcdSide implements BridgedRegistry {

    private static final String PREFIX = "/services/";
    private static final JsonMapper JSON = new JsonMapper();

    private final EtcdGateway etcd;

    EtcdSide(Path directory) throws IOException {
        etcd = EtcdGateway.start(directory);
    }

    @Override
    public String definition(String direction, TcpProxy proxy) {
        return "b etcd " + direction + " lease-ttl=60 endpoint=http://127.0.0.1:" + proxy.port();
    }

    @Override
    public int port() {
        return Integer.parseInt(etcd.endpoint().replaceFirst(".*:", ""));
    }

    @Override
    public void registerAll(Collection<Endpoint> endpoints) throws Exception {
        BridgedRegistry.runAll(endpoints.stream()
                .map(endpoint -> (Callable<Void>) () -> {
                    etcd.register(PREFIX + key(endpoint), endpoint.address());
                    return null;
                })
                .toList());
    }

    @Override
    public void deregister(Endpoint endpoint) throws IOException, InterruptedException {
        etcd.deregister(PREFIX + key(endpoint));
    }

    private static String key(Endpoint endpoint) {
        return endpoint.service() + "/" + endpoint.id();
    }

    @Override
    public List<Endpoint> endpoints() throws IOException, InterruptedException {
        return read("");
    }

    @Override
    public List<Endpoint> endpoints(String service) throws IOException, InterruptedException {
        return read(service + "/");
    }

    private List<Endpoint> read(String below) throws IOException, InterruptedException {
        var found = new ArrayList<Endpoint>();
        etcd.entries(PREFIX + below).forEach((key, entry) -> {
            var value =
                    JSON.readTree(Base64.getDecoder().decode(entry.path("value").asString()));
            var path = below + key;
            found.add(new Endpoint(
                    path.substring(0, path.indexOf('/')), value.path("address").asString()));
        });
        Collections.sort(found);
        return found;
    }

    @Override
    public void kill() {
        etcd.kill();
    }

    @Override
    public void restart() throws IOException {
        etcd.restart();
    }

    @Override
    public void close() {
        etcd.close();
    }
}
