package org.keptnative.api.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.config.ConfigProvider;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.info.Info;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

import java.util.Set;

/**
 * Gives every operation of the OpenAPI document what {@code META-INF/openapi.yaml} says once for all of them. It changes
 * nothing any more when it runs at a request; without that, Quarkus writes the document out at every start, twice.
 */
@OpenApiFilter(stages = {OpenApiFilter.RunStage.BUILD, OpenApiFilter.RunStage.RUNTIME_PER_REQUEST})
public class DocumentFilter implements OASFilter {

    private static final Set<String> ONLY_WITH_BODY = Set.of("413", "415");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> complete(operation, document.getComponents()));
        // Keptn's Bridge takes what follows the last "version: " for the version of Keptn.
        Info info = document.getInfo();
        info.setVersion(ConfigProvider.getConfig().getValue("keptn.version", String.class));
        document.setInfo(null);
        document.setInfo(info);
    }

    /** An endpoint that answers with nothing, which the document would call JSON of any kind. */
    private static boolean hasNoBody(APIResponse response) {
        return response.getContent() != null
                && response.getContent().getMediaTypes().values().stream()
                        .allMatch(type -> type.getSchema() == null
                                || type.getSchema().getRef() == null
                                        && type.getSchema().getType() == null
                                        && type.getSchema().getAllOf() == null);
    }

    private static void complete(Operation operation, Components common) {
        if (operation.getParameters() != null) {
            operation.setParameters(operation.getParameters().stream()
                    .map(own -> common.getParameters().containsKey(own.getName())
                            ? OASFactory.createParameter().ref(own.getName())
                            : own)
                    .toList());
        }
        APIResponses responses = operation.getResponses();
        responses.getAPIResponses().forEach((status, response) -> {
            if (hasNoBody(response)) {
                response.setContent(null);
            }
            if (status.compareTo("400") >= 0) {
                response.setContent(common.getResponses().get("default").getContent());
            }
        });
        common.getResponses().keySet().stream()
                .filter(status -> !responses.hasAPIResponse(status))
                .filter(status -> operation.getRequestBody() != null || !ONLY_WITH_BODY.contains(status))
                .forEach(status -> responses.addAPIResponse(
                        status, OASFactory.createAPIResponse().ref(status)));
    }
}
