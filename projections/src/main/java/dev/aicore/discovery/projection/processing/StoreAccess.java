package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.eventstore.FactMessageSource;
import dev.aicore.discovery.eventstore.StoreHead;
import dev.aicore.discovery.eventstore.TimeoutDataSource;
import dev.aicore.discovery.readmodel.watermark.LocalWatermarks;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/**
 * What projections need of the event store and its database.
 *
 * @param facts facts only, with their positions as tokens
 * @param head where the store is, as the process last heard
 * @param tokens kept in the same database as the read models
 * @param connections the connection of the current transaction
 * @param transactions of that same database; a batch's rows and token commit in one
 * @param timed for quick work outside of batches
 * @param database for work that takes as long as it takes
 * @param positions is told how far the read models are
 */
public record StoreAccess(
        FactMessageSource facts,
        Supplier<StoreHead> head,
        TokenStore tokens,
        ConnectionProvider connections,
        TransactionManager transactions,
        TimeoutDataSource timed,
        DataSource database,
        LocalWatermarks positions) {}
