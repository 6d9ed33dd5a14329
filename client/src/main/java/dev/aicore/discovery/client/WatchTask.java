package dev.aicore.discovery.client;

/** Task that keeps the lists of services current, on a thread of its own. */
interface WatchTask extends Runnable {

    /** Returns true while the registry answers. */
    boolean isConnected();

    /**
     * Stops to watch a service.
     *
     * @return whether the task has no services any more, and has stopped
     */
    boolean remove(ServiceState state);

    /** Ends the task and its thread. */
    void stop();
}
