package org.keptnative.configuration.service;

import jakarta.inject.Singleton;
import org.keptnative.configuration.error.ApiException;
import org.keptnative.configuration.git.GitProject;
import org.keptnative.configuration.git.ProjectStore;
import org.keptnative.configuration.git.Snapshot;

import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

/** Joins the services that Git holds with what happened to them, which takes one query however many they are. */
@Singleton
public class ServiceReader {

    private final ProjectStore projects;
    private final ServiceHistory history;

    ServiceReader(ProjectStore projects, ServiceHistory history) {
        this.projects = projects;
        this.history = history;
    }

    /** The services of each project by stage; the stages in their order. */
    public Map<GitProject, Map<String, List<ExpandedService>>> byStage(Collection<GitProject> projects) {
        Map<GitProject, Map<String, List<ServiceId>>> found = new LinkedHashMap<>();
        projects.forEach(project -> found.put(project, find(project)));
        Map<ServiceId, ServiceState> states = history.of(found.values().stream()
                .flatMap(stages -> stages.values().stream())
                .flatMap(List::stream)
                .toList());
        Map<GitProject, Map<String, List<ExpandedService>>> expanded = new LinkedHashMap<>();
        found.forEach((project, stages) -> {
            Map<String, List<ExpandedService>> byStage = new LinkedHashMap<>();
            stages.forEach((stage, services) -> byStage.put(stage, expand(services, states)));
            expanded.put(project, byStage);
        });
        return expanded;
    }

    /** @throws ApiException 404, when there is no such project or stage */
    public List<ExpandedService> ofStage(String project, String stage) {
        return ofStage(project, stage, service -> true);
    }

    ExpandedService get(String project, String stage, String service) {
        return ofStage(project, stage, id -> id.service().equals(service)).stream()
                .findFirst()
                .orElseThrow(ServiceReader::notFound);
    }

    List<ExpandedServiceWithStageInfo> ofProject(String project) {
        GitProject found = projects.fresh(project);
        Map<String, ExpandedServiceWithStageInfo> services = new LinkedHashMap<>();
        byStage(List.of(found))
                .get(found)
                .forEach((stage, ofStage) -> ofStage.forEach(service -> services.computeIfAbsent(
                                service.serviceName(),
                                name -> new ExpandedServiceWithStageInfo(
                                        name, service.creationDate(), new ArrayList<>()))
                        .stageInfo()
                        .add(new ServiceStageInfo(stage, service.deployedImage(), service.lastEventTypes()))));
        return List.copyOf(services.values());
    }

    ExpandedServiceWithStageInfo get(String project, String service) {
        return ofProject(project).stream()
                .filter(candidate -> candidate.serviceName().equals(service))
                .findFirst()
                .orElseThrow(ServiceReader::notFound);
    }

    private List<ExpandedService> ofStage(String project, String stage, Predicate<ServiceId> wanted) {
        Snapshot branch =
                projects.fresh(project).stage(stage).orElseThrow(() -> ApiException.notFound("Stage not found"));
        List<ServiceId> services =
                find(project, stage, branch).stream().filter(wanted).toList();
        return expand(services, history.of(services));
    }

    private static Map<String, List<ServiceId>> find(GitProject project) {
        Map<String, List<ServiceId>> services = new LinkedHashMap<>();
        for (String stage : project.stages()) {
            project.stage(stage).ifPresent(branch -> services.put(stage, find(project.name(), stage, branch)));
        }
        return services;
    }

    private static List<ServiceId> find(String project, String stage, Snapshot branch) {
        return branch.services().stream()
                .map(service -> new ServiceId(project, stage, service.name(), service.created()))
                .toList();
    }

    private static List<ExpandedService> expand(List<ServiceId> services, Map<ServiceId, ServiceState> states) {
        return services.stream()
                .map(service -> expand(service, states.getOrDefault(service, ServiceState.NONE)))
                .toList();
    }

    private static ExpandedService expand(ServiceId service, ServiceState state) {
        return new ExpandedService(
                service.service(),
                service.created() == null ? null : service.created().toString(),
                state.deployedImage(),
                state.lastEventTypes(),
                state.openApprovals(),
                state.openRemediations());
    }

    private static ApiException notFound() {
        return ApiException.notFound("Service not found");
    }
}
