#include "pages/codes_funnel_views.h"

#include <algorithm>
#include <optional>

#include "core/reports.h"
#include "pages/charts.h"
#include "pages/codes_looks.h"
#include "pages/codes_views.h"
#include "pages/language.h"
#include "pages/words.h"

namespace ostiary::pages {
namespace {

struct Step {
    std::string words;
    std::int64_t number = 0;
    std::string note = {};
    bool is_stayed = false;
};

std::string OfTheStepBefore(std::int64_t number, std::int64_t before) {
    const auto percent = PercentOf(number, before);
    // More may come than were counted: links are opened twice, codes are typed in.
    if (!percent || *percent > 100) return "";
    return T("{} % of them", *percent);
}

std::string StayedNote(const Funnel& funnel) {
    if (funnel.settled == 0) return T("nobody joined so long ago");
    return TN("of {} person who joined a week ago or earlier",
              "of {} people who joined a week ago or earlier", funnel.settled);
}

std::vector<Step> StepsOf(const Funnel& funnel) {
    std::vector<Step> steps;
    if (funnel.mailed > 0) steps.push_back({T("Invited by mail"), funnel.mailed});
    steps.push_back({T("Opened the invitation"), funnel.opened});
    steps.push_back(
        {T("Began to register"), funnel.started, OfTheStepBefore(funnel.started, funnel.opened)});
    steps.push_back({T("Joined"), funnel.joined, OfTheStepBefore(funnel.joined, funnel.started)});
    steps.push_back({T("Still there a week later"), funnel.stayed, StayedNote(funnel), true});
    return steps;
}

std::string NoteOf(const Funnel& funnel) {
    std::string note = T("Browsers are counted, each once, and nobody is named.");
    if (funnel.previewed > 0)
        note += " " + TN("{} look by a program that shows or checks links is not counted.",
                         "{} looks by programs that show or check links are not counted.",
                         funnel.previewed);
    return note;
}

}  // namespace

void SetFunnel(View& view, const Funnel& funnel) {
    const std::vector<Step> steps = StepsOf(funnel);
    const std::int64_t most = std::ranges::max(steps, {}, &Step::number).number;
    view.List("STEPS").Set("FUNNEL_NOTE", NoteOf(funnel));
    for (const Step& step : steps) {
        View& row = view.Add("STEPS")
                        .Set("STEP", step.words)
                        .Set("STEP_NUMBER", InGroups(step.number))
                        .Set("STEP_NOTE", step.note)
                        .Flag("STEP_STAYED", step.is_stayed);
        SetShare(row, step.number, std::max<std::int64_t>(most, 1));
    }
}

View ViewOf(const Scene& scene, const FunnelPage& page) {
    View view("codes/funnel");
    const Portal& portal = *scene.portal;
    view.Set("TITLE", T("From invitation to member"))
        .Set("LIST_URL", portal.codes_path)
        .Set("LIST_TITLE", T(LookOf(portal).codes_title))
        .Set("MEANT_URL", ListAddress(portal, page.query));
    view.List("MEANT");
    for (const std::string& words : FilterWords(scene, page.query))
        view.Add("MEANT").Set("MEANT_WORDS", words);
    view.Set("CODES_WORDS", page.funnel.are_more
                                ? T("the {} oldest of these codes", InGroups(page.funnel.codes))
                                : TN("{} code", "{} codes", page.funnel.codes));
    SetFunnel(view, page.funnel);
    view.List("TEMPLATES");
    for (const auto& [name, funnel] : page.templates) {
        CodeQuery query;
        query.template_name = name;
        view.Add("TEMPLATES")
            .Set("TEMPLATE_NAME", name)
            .Set("TEMPLATE_URL", FunnelAddress(portal, query))
            .Set("CODES", InGroups(funnel.codes))
            .Set("OPENED", InGroups(funnel.opened))
            .Set("STARTED", InGroups(funnel.started))
            .Set("JOINED", InGroups(funnel.joined))
            .Set("STAYED", funnel.settled == 0
                               ? "–"
                               : T("{} of {}", InGroups(funnel.stayed), InGroups(funnel.settled)));
    }
    return view;
}

std::string FunnelAddress(const Portal& portal, const CodeQuery& query) {
    const std::string filters = QueryTextOf(query);
    return std::string(portal.codes_path) + "funnel/" + (filters.empty() ? "" : "?" + filters);
}

}  // namespace ostiary::pages
