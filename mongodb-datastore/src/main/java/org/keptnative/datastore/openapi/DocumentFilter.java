package org.keptnative.datastore.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.info.Info;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

/**
 * Gives every operation of the OpenAPI document what {@code META-INF/openapi.yaml} says once for all of them. It changes
 * nothing any more when it runs at a request; without that, Quarkus writes the document out at every start, twice.
 */
@OpenApiFilter(stages = {OpenApiFilter.RunStage.BUILD, OpenApiFilter.RunStage.RUNTIME_PER_REQUEST})
public class DocumentFilter implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths().getPathItems().values().stream()
                .flatMap(path -> path.getOperations().values().stream())
                .forEach(operation -> complete(operation, document.getComponents()));
        // Keptn's Bridge takes what follows the last "version: " for the version of the product.
        Info info = document.getInfo();
        document.setInfo(null);
        document.setInfo(info);
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
            if (status.compareTo("400") >= 0) {
                response.setContent(common.getResponses().get("default").getContent());
            }
        });
        common.getResponses().keySet().stream()
                .filter(status -> !responses.hasAPIResponse(status))
                .forEach(status -> responses.addAPIResponse(
                        status, OASFactory.createAPIResponse().ref(status)));
    }
}
