package dev.aicore.discovery.config.axon;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import javax.sql.DataSource;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.TransactionDefinition;

/** Transactions in which no answer is waited for longer than told: what a projection folds must not wait for a machine that has vanished. */
@SuppressWarnings("serial") // Nobody writes it anywhere.
public final class TimedTransactions extends JdbcTransactionManager {

    private final int timeoutMillis;

    /**
     * Over a pool that sets a connection's timeout back when it is returned.
     *
     * @param timeout for each answer, from 1 ms
     */
    public TimedTransactions(DataSource pool, Duration timeout) {
        super(pool);
        this.timeoutMillis = Math.toIntExact(timeout.toMillis());
    }

    @Override
    protected void prepareTransactionalConnection(Connection connection, TransactionDefinition definition)
            throws SQLException {
        super.prepareTransactionalConnection(connection, definition);
        connection.setNetworkTimeout(Runnable::run, timeoutMillis);
    }
}
