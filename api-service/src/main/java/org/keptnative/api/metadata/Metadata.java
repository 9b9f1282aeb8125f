package org.keptnative.api.metadata;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What runs here; absent what is not known.
 *
 * @param namespace the Kubernetes namespace
 * @param keptnlabel always {@code keptn}
 * @param keptnversion the Keptn whose API this is
 * @param keptnnativeversion version of this product
 * @param bridgeversion image of the Bridge without {@code keptn/}
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
record Metadata(
        String namespace, String keptnlabel, String keptnversion, String keptnnativeversion, String bridgeversion) {}
