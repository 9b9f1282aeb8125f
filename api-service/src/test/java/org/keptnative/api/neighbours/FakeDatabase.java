package org.keptnative.api.neighbours;

import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.message.MongoMessage;

import java.util.concurrent.CountDownLatch;

/** A database that can be made to say nothing when it has stored something. */
public class FakeDatabase extends MemoryBackend {

    private volatile CountDownLatch silence = new CountDownLatch(0);

    public void hang() {
        silence = new CountDownLatch(1);
    }

    public void behave() {
        silence.countDown();
    }

    @Override
    public Document handleMessage(MongoMessage message) {
        Document answer = super.handleMessage(message);
        if (message.getDocument().containsKey("insert")) {
            try {
                silence.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        }
        return answer;
    }
}
