package org.keptnative.datastore.delivery;

import org.keptnative.datastore.follower.Follower;

import java.util.List;

/** Sends events to one follower. */
interface Sender extends AutoCloseable {

    /** How many events may be sent at once. */
    int most();

    /** Sends events of one project in their order, and returns as many answers. It waits no longer than the timeout. */
    List<Answer> send(List<Waiting.Event> events) throws InterruptedException;

    /** Whether somebody answers, whatever it is; asked without an event. It waits no longer than the timeout. */
    boolean isAnswered() throws InterruptedException;

    @Override
    void close();

    static Sender to(Follower follower) {
        String scheme = follower.url().getScheme();
        return scheme.equals("nats") || scheme.equals("tls") ? new NatsSender(follower) : new HttpSender(follower);
    }
}
