package dev.aicore.discovery.projection.processing;

import dev.aicore.discovery.eventstore.FactMessageSource;
import dev.aicore.discovery.eventstore.StoreReader.StoreHead;
import dev.aicore.discovery.eventstore.TimeoutDataSource;
import dev.aicore.discovery.readmodel.LocalWatermarks;
import java.time.Duration;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.axonframework.common.jdbc.ConnectionProvider;
import org.axonframework.common.transaction.TransactionManager;
import org.axonframework.eventhandling.tokenstore.TokenStore;

/**
 * Access of projections to the event store and its database.
 *
 * @param facts source of facts, with their positions as tokens
 * @param head returns the last known head of the store
 * @param tokens token store in the same database as the read models
 * @param connections provider of the current transaction's connection
 * @param transactions transactions of that database; the rows and the token of a batch commit in one
 * @param timed connections with a timeout, for short work outside of batches
 * @param database connections without a timeout, for long work
 * @param maxPause time after which the database ends a transaction of a batch that stands still
 * @param positions receives the published watermarks
 */
public record StoreAccess(
        FactMessageSource facts,
        Supplier<StoreHead> head,
        TokenStore tokens,
        ConnectionProvider connections,
        TransactionManager transactions,
        TimeoutDataSource timed,
        DataSource database,
        Duration maxPause,
        LocalWatermarks positions) {}
