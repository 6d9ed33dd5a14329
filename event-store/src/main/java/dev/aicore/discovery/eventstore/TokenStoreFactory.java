package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.wire.TrackingTokenJson;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;

/** Where event processors keep their place: beside the events, in the transaction of what they write. */
public final class TokenStoreFactory {

    private TokenStoreFactory() {}

    /**
     * The tokens, claimed under the owner's name. By its process id, Axon's default, a process started again would wait for its own
     * claims to time out.
     *
     * @param connections those of the transaction around
     */
    public static TokenStore of(ConnectionProvider connections, WriterId writerId) {
        return JdbcTokenStore.builder()
                .connectionProvider(connections)
                .serializer(TrackingTokenJson.serializer())
                .contentType(byte[].class)
                .nodeId(writerId.name())
                .schema(TokenSchema.builder()
                        .setTokenTable("store.tokens")
                        .setProcessorNameColumn("processor_name")
                        .setTokenTypeColumn("token_type")
                        .setTimestampColumn("claimed_at")
                        .build())
                .build();
    }
}
