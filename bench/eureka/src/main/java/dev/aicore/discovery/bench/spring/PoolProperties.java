package dev.aicore.discovery.bench.spring;

import org.springframework.boot.context.properties.ConfigurationProperties;

/** Properties of the caller that its configuration may change. */
@ConfigurationProperties("pool")
public class PoolProperties {

    private volatile int size;

    /** Returns the present size. */
    public int getSize() {
        return size;
    }

    /** Binds a size. */
    public void setSize(int size) {
        this.size = size;
    }
}
