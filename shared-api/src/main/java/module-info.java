/**
 * Declares the language of the registry: commands, facts and views, by feature. The name permits sealed families to
 * span packages. At run time everything is on the class path, where neither {@code exports} nor missing {@code opens}
 * restrict anyone.
 */
module dev.aicore.discovery.api {
    requires transitive org.axonframework.messaging; // @RoutingKey, @Revision
    requires transitive org.axonframework.modelling; // @TargetAggregateIdentifier
    requires transitive org.jspecify;

    exports dev.aicore.discovery.api;
    exports dev.aicore.discovery.api.access;
    exports dev.aicore.discovery.api.configuration;
    exports dev.aicore.discovery.api.deadletter;
    exports dev.aicore.discovery.api.discovery;
    exports dev.aicore.discovery.api.error;
    exports dev.aicore.discovery.api.health;
    exports dev.aicore.discovery.api.history;
    exports dev.aicore.discovery.api.instance;
    exports dev.aicore.discovery.api.lease;
    exports dev.aicore.discovery.api.restore;
    exports dev.aicore.discovery.api.shard;
    exports dev.aicore.discovery.api.status;
    exports dev.aicore.discovery.api.watching;
    exports dev.aicore.discovery.api.wire;
}
