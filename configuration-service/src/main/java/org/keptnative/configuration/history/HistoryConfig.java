package org.keptnative.configuration.history;

import io.smallrye.config.ConfigMapping;

/** What may be chosen about what happened to the services. */
@ConfigMapping(prefix = "history")
interface HistoryConfig {

    Derive deriveApprovalsAndRemediations();

    enum Derive {
        /** As long as nobody else follows the event log. */
        AUTOMATIC,
        TRUE,
        FALSE
    }
}
