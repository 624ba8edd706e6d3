#include "web/panels/actions.h"
#include "web/panels/inspector_model.h"
#include "web/panels/panels.h"
#include "web/widgets/widgets.h"

namespace kubetab::web {
namespace {

constexpr std::size_t kLatest = 10;

void gap(float pixels) {
    ImGui::Dummy(ImVec2(1, pixels * theme().scale()));
}

void facts(const std::vector<Fact>& rows, Ui& ui) {
    const Palette& palette = theme().palette();
    const float scale = theme().scale();
    int id = 0;
    for (const Fact& fact : rows) {
        const ImVec2 from = ImGui::GetCursorScreenPos();
        text(fact.name, Face::Body, palette.dim);
        ImGui::SetCursorScreenPos({from.x + 88 * scale, from.y});
        ImGui::PushID(id++);
        if (fact.link.kind != nullptr) {
            if (link("fact", fact.value)) ui.select(*fact.link.kind, fact.link.key);
        } else {
            text_within(fact.value, fact.mono ? Face::Mono : Face::Body, palette.text,
                        ImGui::GetContentRegionAvail().x);
        }
        ImGui::PopID();
        ImGui::SetCursorScreenPos({from.x, from.y + 23 * scale});
    }
}

void tabs(const Selection& selection, Ui& ui) {
    const Palette& palette = theme().palette();
    const bool pod = selection.kind == &api::kind_of<api::Pod>();
    const auto one = [&](const char* label, InspectorTab which) {
        if (tab(label, ui.inspector_tab == which)) ui.inspector_tab = which;
        ImGui::SameLine(0, 2);
    };
    one("Why", InspectorTab::Why);
    one("Events", InspectorTab::Events);
    one("YAML", InspectorTab::Yaml);
    if (pod) one("Logs", InspectorTab::Logs);
    if (!pod && ui.inspector_tab == InspectorTab::Logs) ui.inspector_tab = InspectorTab::Why;
    ImGui::NewLine();
    const ImVec2 from = ImGui::GetCursorScreenPos();
    ImGui::GetWindowDrawList()->AddLine(from, {from.x + ImGui::GetContentRegionAvail().x, from.y},
                                        palette.line);
    gap(8);
}

void wrapped(const std::string& words, Face face, ImU32 colour) {
    ImGui::PushTextWrapPos(0);
    text(words, face, colour);
    ImGui::PopTextWrapPos();
}

void why(const session::Session& session, Ui& ui) {
    const Palette& palette = theme().palette();
    const float scale = theme().scale();
    const std::vector<session::WhyStep> steps = session.why(*ui.selection.kind, ui.selection.key);
    if (steps.empty()) wrapped("What led to this is no longer kept.", Face::Body, palette.dim);
    for (std::size_t i = 0; i < steps.size(); ++i) {
        const session::WhyStep& step = steps[i];
        const ImVec2 from = ImGui::GetCursorScreenPos();
        ImGui::Indent(22 * scale);
        ImGui::PushID(static_cast<int>(i));
        ImGui::BeginGroup();
        text(step.actor, Face::Strong, palette.text);
        ImGui::SameLine(0, 5 * scale);
        if (text_width(step.action, Face::Body) > ImGui::GetContentRegionAvail().x) ImGui::NewLine();
        if (link("at", within(step.action, Face::Body, ImGui::GetContentRegionAvail().x)))
            ui.look_at = step.revision;
        const std::string reason = step.reason.empty() ? "" : " · " + step.reason;
        wrapped(clock_text(step.when) + reason, Face::Caption, palette.dim);
        ImGui::EndGroup();
        ImGui::PopID();
        ImGui::Unindent(22 * scale);
        gap(6);
        ImDrawList& list = *ImGui::GetWindowDrawList();
        const ImVec2 dot(from.x + 6 * scale, from.y + 9 * scale);
        if (i + 1 < steps.size())
            list.AddLine(dot, {dot.x, ImGui::GetCursorScreenPos().y + 8 * scale}, palette.line, scale);
        list.AddCircleFilled(dot, 4.5F * scale,
                             step.by_person ? palette.accent : (i == 0 ? palette.ok : palette.bar_filled));
    }
}

void events(const session::Session& session, Ui& ui) {
    const Palette& palette = theme().palette();
    const std::vector<EventRow> rows = events_of(session.view(), ui.selection);
    if (rows.empty()) wrapped("No events.", Face::Body, palette.dim);
    for (const EventRow& row : rows) {
        text(row.reason, Face::Strong, row.warning ? palette.warn : palette.text);
        ImGui::SameLine();
        text(row.age, Face::Caption, palette.dim);
        wrapped(row.message, Face::Caption, palette.dim);
        gap(6);
    }
}

// What is shown while nothing is chosen: what happened lately.
void overview(const session::Session& session, Ui& ui) {
    const Palette& palette = theme().palette();
    const cluster::ClusterSpec& spec = session.spec().cluster;
    const std::vector<LatestEvent> rows = latest_events(session.view(), spec.start + spec.boot, kLatest);
    text(rows.empty() ? "Nothing chosen" : "Lately", Face::Strong, palette.text);
    gap(2);
    wrapped("Click a pod, a node or a service to see what it is, and why.", Face::Body, palette.dim);
    gap(8);
    int id = 0;
    for (const LatestEvent& latest : rows) {
        ImGui::PushID(id++);
        const float room = ImGui::GetContentRegionAvail().x;
        const std::string name = within(latest.about.key.name, Face::Body, room - 60 * theme().scale());
        if (link("about", name)) ui.select(*latest.about.kind, latest.about.key);
        ImGui::SameLine();
        text(latest.row.age, Face::Caption, palette.dim);
        const ImU32 colour = latest.row.warning ? palette.warn : palette.dim;
        wrapped(latest.row.reason + ": " + latest.row.message, Face::Caption, colour);
        ImGui::PopID();
        gap(5);
    }
}

}  // namespace

void draw_inspector_panel(const session::Session& session, Ui& ui) {
    const Palette& palette = theme().palette();
    if (!ui.selection) {
        overview(session, ui);
        return;
    }
    const Inspection inspection = inspect(session.view(), ui.selection);
    const float scale = theme().scale();
    const ImVec2 from = ImGui::GetCursorScreenPos();
    const ImU32 colour = !inspection.found ? palette.faint : (inspection.well ? palette.ok : palette.warn);
    ImGui::GetWindowDrawList()->AddCircleFilled({from.x + 5 * scale, from.y + 9 * scale}, 4 * scale, colour);
    ImGui::SetCursorScreenPos({from.x + 16 * scale, from.y});
    text_within(ui.selection.key.name, Face::Strong, palette.text,
                ImGui::GetContentRegionAvail().x - text_width(inspection.kind, Face::Body) - 10 * scale);
    ImGui::SameLine(0, 8 * scale);
    text(inspection.kind, Face::Body, palette.dim);
    gap(6);
    if (!inspection.found) wrapped("It does not exist at this moment.", Face::Body, palette.dim);
    facts(inspection.facts, ui);
    gap(2);
    action_buttons(session, ui.selection, ui);
    gap(6);
    tabs(ui.selection, ui);
    ImGui::BeginChild("inspector body");
    switch (ui.inspector_tab) {
        case InspectorTab::Why: why(session, ui); break;
        case InspectorTab::Events: events(session, ui); break;
        case InspectorTab::Yaml:
            wrapped(yaml_of(session.view(), ui.selection), Face::Mono, palette.text);
            break;
        case InspectorTab::Logs: {
            const std::string log = session.log_of(ui.selection.key, "", 200);
            wrapped(log.empty() ? "No log." : log, Face::Mono, palette.text);
            break;
        }
    }
    ImGui::EndChild();
}

}  // namespace kubetab::web
