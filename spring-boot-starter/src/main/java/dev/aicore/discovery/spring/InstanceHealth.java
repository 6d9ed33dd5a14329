package dev.aicore.discovery.spring;

/** Health that the heartbeats of this process report. A bean of this type replaces the default. */
@FunctionalInterface
public interface InstanceHealth {

    /** Returns whether this process can serve. May block briefly. */
    boolean isUp();
}
