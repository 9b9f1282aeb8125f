package org.keptnative.configuration.git.mongodb;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import de.bwaldvogel.mongo.MongoServer;
import de.bwaldvogel.mongo.backend.memory.MemoryBackend;
import org.junit.jupiter.api.Test;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Publications;
import org.keptnative.configuration.git.RepositoryStore;

import java.lang.reflect.Proxy;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** The database goes away after it has told the names of the projects. */
class ListWhileAwayTest {

    @Test
    void the_first_project_that_cannot_be_asked_for_ends_the_list() {
        MongoServer server = new MongoServer(new MemoryBackend());
        try (MongoClient client =
                        MongoClients.create(server.bindAndGetConnectionString() + "/?serverSelectionTimeoutMS=500");
                MongoStore store = new MongoStore(client.getDatabase("test"))) {
            new ProjectStore(store, Publications.LOCAL).create("shop", Publications.LOCAL, project -> {});
            ProjectStore projects = new ProjectStore(endingAfterNames(store, server), Publications.LOCAL);

            projects.get("shop"); // so that it is open

            assertThatThrownBy(projects::all).isInstanceOf(MongoException.class);
        } finally {
            server.shutdownNow();
        }
    }

    private static RepositoryStore endingAfterNames(RepositoryStore store, MongoServer server) {
        return (RepositoryStore) Proxy.newProxyInstance(
                RepositoryStore.class.getClassLoader(),
                new Class<?>[] {RepositoryStore.class},
                (proxy, method, arguments) -> {
                    Object answer = method.invoke(store, arguments);
                    if (method.getName().equals("names")) {
                        server.shutdownNow();
                    }
                    return answer;
                });
    }
}
