package org.keptnative.configuration.openapi;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.info.Info;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Gives every operation of the OpenAPI document what {@code META-INF/openapi.yaml} says once for all of them. It changes
 * nothing any more when it runs at a request; without that, Quarkus writes the document out at every start, twice.
 */
@OpenApiFilter(stages = {OpenApiFilter.RunStage.BUILD, OpenApiFilter.RunStage.RUNTIME_PER_REQUEST})
public class DocumentFilter implements OASFilter {

    private static final Pattern PARAMETER = Pattern.compile("\\{(\\w+)}");
    private static final Set<String> ONLY_WITH_BODY = Set.of("413", "415");

    @Override
    public void filterOpenAPI(OpenAPI document) {
        document.getPaths()
                .getPathItems()
                .forEach((path, item) -> item.getOperations()
                        .values()
                        .forEach(operation -> complete(path, operation, document.getComponents())));
        // Keptn's Bridge takes what follows the last "version: " for the version of the product.
        Info info = document.getInfo();
        document.setInfo(null);
        document.setInfo(info);
    }

    private static void complete(String path, Operation operation, Components common) {
        Map<String, Parameter> parameters = new LinkedHashMap<>();
        PARAMETER
                .matcher(path)
                .results()
                .map(name -> name.group(1))
                .forEach(name ->
                        parameters.put(name, OASFactory.createParameter().ref(name)));
        if (operation.getParameters() != null) {
            for (Parameter own : operation.getParameters()) {
                String name = own.getRef() == null
                        ? own.getName()
                        : own.getRef().substring(own.getRef().lastIndexOf('/') + 1);
                boolean isCommon = common.getParameters().containsKey(name);
                parameters.putIfAbsent(
                        name, isCommon ? OASFactory.createParameter().ref(name) : own);
            }
        }
        operation.setParameters(parameters.isEmpty() ? null : List.copyOf(parameters.values()));
        APIResponses responses = operation.getResponses();
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.compareTo("400") >= 0) {
                response.setContent(common.getResponses().get("default").getContent());
            } else if (isEmpty(response.getContent())) {
                response.setContent(null);
            }
        });
        common.getResponses().keySet().stream()
                .filter(status -> !responses.hasAPIResponse(status))
                .filter(status -> operation.getRequestBody() != null || !ONLY_WITH_BODY.contains(status))
                .forEach(status -> responses.addAPIResponse(
                        status, OASFactory.createAPIResponse().ref(status)));
    }

    /** What an operation without a result is taken to answer. */
    private static boolean isEmpty(Content content) {
        return content != null
                && content.getMediaTypes().values().stream()
                        .allMatch(type -> type.getSchema() == null
                                || type.getSchema().getType() == null
                                        && type.getSchema().getRef() == null);
    }
}
