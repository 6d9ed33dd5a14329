package dev.aicore.discovery.server;

/** The executable. */
public final class ServiceDiscovery {
    private ServiceDiscovery() {}

    public static void main(String[] args) {}
}
