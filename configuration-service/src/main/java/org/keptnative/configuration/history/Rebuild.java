package org.keptnative.configuration.history;

import jakarta.inject.Singleton;
import org.jboss.logging.Logger;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.event.EventLog;
import org.keptnative.configuration.event.KeptnEvent;
import org.keptnative.configuration.git.ProjectStore;

import java.util.List;

/**
 * Replays the event log of a project. What the documents know already stays, and events that are taken in meanwhile do
 * not matter, since an event changes the same whenever it comes.
 */
@Singleton
class Rebuild {

    private static final Logger LOG = Logger.getLogger(Rebuild.class);

    private final ProjectStore projects;
    private final EventLog log;
    private final EventIntake intake;
    private final VersionStore versions;

    Rebuild(ProjectStore projects, EventLog log, EventIntake intake, VersionStore versions) {
        this.projects = projects;
        this.log = log;
        this.intake = intake;
        this.versions = versions;
    }

    /** @throws ApiException 404, when there is no such project; 503, when the event log does not answer */
    RebuiltHistory of(String project) {
        List<String> stages = projects.get(project).stages();
        try {
            return replayAll(project);
        } finally {
            stages.forEach(stage -> versions.renew(project, stage));
        }
    }

    private RebuiltHistory replayAll(String project) {
        int events = 0;
        int ignored = 0;
        EventLog.EventPage page = read(project, null);
        while (true) {
            for (KeptnEvent event : page.events()) {
                events++;
                if (!replay(event)) {
                    ignored++;
                }
            }
            if (page.isLast()) {
                LOG.infof("event=history-rebuilt project=%s events=%d ignored=%d", project, events, ignored);
                return new RebuiltHistory(events, ignored);
            }
            page = read(project, page.nextPageKey());
        }
    }

    private EventLog.EventPage read(String project, String key) {
        try {
            return log.events(project, EventLog.MAX_PAGE_SIZE, key);
        } catch (RuntimeException e) {
            throw new ApiException(
                    503, "mongodb-datastore does not answer; what it said so far is taken in, so try again later", e);
        }
    }

    /** @return whether it is an event that concerns a service that exists */
    private boolean replay(KeptnEvent event) {
        try {
            return intake.accept(event, service -> {}).remembered();
        } catch (ApiException e) {
            return false;
        }
    }
}
