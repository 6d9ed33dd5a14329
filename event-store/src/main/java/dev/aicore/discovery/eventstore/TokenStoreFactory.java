package dev.aicore.discovery.eventstore;

import dev.aicore.discovery.eventstore.wire.TrackingTokenJson;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.eventhandling.tokenstore.TokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.JdbcTokenStore;
import org.axonframework.eventhandling.tokenstore.jdbc.TokenSchema;

/**
 * Creates the token store of event processors. The tokens are stored beside the events, in the transaction of the rows
 * that a processor writes.
 */
public final class TokenStoreFactory {

    private TokenStoreFactory() {}

    /**
     * Returns a token store that claims tokens under the writer's name. With the process id, which is Axon's default, a
     * restarted process would wait for its own claims to time out.
     *
     * @param connections provider of the connection of the current transaction
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
