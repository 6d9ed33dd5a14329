package dev.aicore.discovery.client.http;

import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** Nodes of a registry. A random one is in use, and stays in use while it answers. Thread-safe. */
public final class NodePool {

    private final List<URI> nodes;
    private int current;

    /**
     * Creates a pool.
     *
     * @param nodes URLs without path, at least one
     * @throws IllegalArgumentException if one isn't an HTTP URL, or contains a credential
     */
    public NodePool(List<URI> nodes, RandomGenerator random) {
        if (nodes.isEmpty()) {
            throw new IllegalArgumentException("No node is given (expected: at least one URL).");
        }
        this.nodes = nodes.stream().map(NodePool::validated).toList();
        current = random.nextInt(nodes.size());
    }

    private static URI validated(URI node) {
        String scheme = node.getScheme() == null ? "" : node.getScheme().toLowerCase(Locale.ROOT);
        if (node.getRawUserInfo() != null) {
            throw new IllegalArgumentException("The URL of a node contains a credential; use apiKey or token instead.");
        }
        if ((!scheme.equals("http") && !scheme.equals("https")) || node.getHost() == null) {
            throw new IllegalArgumentException(
                    "Invalid node: " + node + " (expected: a URL such as https://registry:8443).");
        }
        String text = node.toString();
        return text.endsWith("/") ? URI.create(text.substring(0, text.length() - 1)) : node;
    }

    /** Returns the node in use. */
    public synchronized URI current() {
        return nodes.get(current);
    }

    /** Changes to the next node, unless another caller has done so already. */
    public synchronized void leave(URI failed) {
        if (nodes.get(current).equals(failed)) {
            current = (current + 1) % nodes.size();
        }
    }

    public int size() {
        return nodes.size();
    }

    /** Returns all nodes in the given order. */
    public List<URI> all() {
        return nodes;
    }
}
