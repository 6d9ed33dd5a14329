package dev.aicore.discovery.client.grpc;

import dev.aicore.discovery.client.RegisteredInstance;
import io.grpc.Attributes;

/** Attributes that each address has, for load balancing policies. */
public final class InstanceAttributes {

    /** Id of the instance. */
    public static final Attributes.Key<String> ID = Attributes.Key.create("dev.aicore.discovery.client.grpc.id");

    /** Zone of the instance; empty if it has none. */
    public static final Attributes.Key<String> ZONE = Attributes.Key.create("dev.aicore.discovery.client.grpc.zone");

    /** Weight of the instance, up to 65,535. */
    public static final Attributes.Key<Integer> WEIGHT =
            Attributes.Key.create("dev.aicore.discovery.client.grpc.weight");

    /** Version of the instance; empty if it has none. */
    public static final Attributes.Key<String> VERSION =
            Attributes.Key.create("dev.aicore.discovery.client.grpc.version");

    private InstanceAttributes() {}

    static Attributes of(RegisteredInstance instance) {
        return Attributes.newBuilder()
                .set(ID, instance.id())
                .set(ZONE, instance.zone())
                .set(WEIGHT, instance.weight())
                .set(VERSION, instance.version())
                .build();
    }
}
