package org.keptnative.configuration.service;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.ProjectState;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Snapshot;
import org.keptnative.configuration.paging.Page;
import org.keptnative.configuration.paging.Page.Slice;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

/** Joins the services that Git holds with what happened to them, which is asked once however many they are. */
@Singleton
public class ServiceReader {

    private final ProjectStore projects;
    private final ServiceHistory history;

    ServiceReader(ProjectStore projects, ServiceHistory history) {
        this.projects = projects;
        this.history = history;
    }

    /** A stage as it is in a project at one moment. */
    public record StageOf(String project, Snapshot branch) {

        private Stream<ServiceId> services() {
            return branch.services().stream()
                    .map(service -> new ServiceId(project, branch.branch(), service.name(), service.created()));
        }
    }

    /** The services of each stage, in the order of their creation. */
    public Map<StageOf, List<ExpandedService>> of(Collection<StageOf> stages) {
        Map<StageOf, List<ServiceId>> services = new LinkedHashMap<>();
        stages.forEach(stage -> services.put(stage, stage.services().toList()));
        Map<ServiceId, ServiceState> states =
                history.of(services.values().stream().flatMap(List::stream).toList());
        Map<StageOf, List<ExpandedService>> expanded = new LinkedHashMap<>();
        services.forEach((stage, ids) -> expanded.put(stage, expand(ids, states)));
        return expanded;
    }

    /** @throws ApiException 404, when there is no such project or stage */
    public List<ExpandedService> ofStage(String project, String stage) {
        return expand(find(project, stage));
    }

    Slice<ExpandedService> ofStage(String project, String stage, Page page) {
        Slice<ServiceId> services = page.of(find(project, stage));
        return services.with(expand(services.items()));
    }

    ExpandedService get(String project, String stage, String service) {
        return find(project, stage).stream()
                .filter(id -> id.service().equals(service))
                .findFirst()
                .map(id -> expand(List.of(id)).get(0))
                .orElseThrow(ServiceReader::notFound);
    }

    Slice<ExpandedServiceWithStageInfo> ofProject(String project, Page page) {
        Slice<List<ServiceId>> services = page.of(List.copyOf(byName(project).values()));
        return services.with(withStageInfo(services.items()));
    }

    ExpandedServiceWithStageInfo get(String project, String service) {
        List<ServiceId> found = byName(project).get(service);
        if (found == null) {
            throw notFound();
        }
        return withStageInfo(List.of(found)).get(0);
    }

    /** The services of a project by their names, in the order of the stages. */
    private Map<String, List<ServiceId>> byName(String project) {
        ProjectState state = projects.fresh(project).now();
        Map<String, List<ServiceId>> services = new LinkedHashMap<>();
        state.stages().stream()
                .flatMap(stage -> new StageOf(project, stage).services())
                .forEach(service -> services.computeIfAbsent(service.service(), name -> new ArrayList<>())
                        .add(service));
        return services;
    }

    private List<ExpandedServiceWithStageInfo> withStageInfo(List<List<ServiceId>> services) {
        Map<ServiceId, ServiceState> states =
                history.of(services.stream().flatMap(List::stream).toList());
        return services.stream()
                .map(ids -> new ExpandedServiceWithStageInfo(
                        ids.get(0).service(),
                        states.getOrDefault(ids.get(0), ServiceState.NONE).creationDate(ids.get(0)),
                        ids.stream()
                                .map(id -> new ServiceStageInfo(
                                        id.stage(),
                                        states.getOrDefault(id, ServiceState.NONE)
                                                .happened()))
                                .toList()))
                .toList();
    }

    private List<ServiceId> find(String project, String stage) {
        Snapshot branch =
                projects.fresh(project).stage(stage).orElseThrow(() -> ApiException.notFound("Stage not found"));
        return new StageOf(project, branch).services().toList();
    }

    private List<ExpandedService> expand(List<ServiceId> services) {
        return expand(services, history.of(services));
    }

    private static List<ExpandedService> expand(List<ServiceId> services, Map<ServiceId, ServiceState> states) {
        return services.stream()
                .map(service -> ExpandedService.of(service, states.getOrDefault(service, ServiceState.NONE)))
                .toList();
    }

    private static ApiException notFound() {
        return ApiException.notFound("Service not found");
    }
}
